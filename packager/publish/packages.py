"""What is to be published: finished zips, opened read-only, verified against their records and judged once more."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packager.assemble.verify import read_record, record_differences, record_of
from packager.checks.config import Config, names_of
from packager.checks.finding import Severity
from packager.checks.registry import all_rules
from packager.errors import RefusedError, UsageError
from packager.offer.load import load_offer, select_plans
from packager.offer.model import Offer
from packager.pipeline.check import check_path
from packager.pipeline.opening import OFFER, OFFER_ENDINGS

RECORD = ".record.json"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Finished:
    """A zip with its record."""

    offer: str
    plan: str
    version: str
    archive: Path
    record: Path
    size: int
    sha256: str

    def blocks(self, size: int) -> Iterator[bytes]:
        """The zip in blocks of `size` bytes. Raises RefusedError when it is no longer what was verified."""
        digest = hashlib.sha256()
        with self.archive.open("rb") as stream:
            while block := stream.read(size):
                digest.update(block)
                yield block
        if digest.hexdigest() != self.sha256:
            raise RefusedError(f"'{self.archive}' changed while it was read", hint="build it again, then publish it")


@dataclass(frozen=True, slots=True)
class Request:
    """Packages of one offer, and the offer itself where it was named."""

    packages: tuple[Finished, ...]
    offer: Offer | None
    folder: Path

    @property
    def offer_id(self) -> str:
        """The id of the offer in Partner Center."""
        return self.packages[0].offer


def read_request(paths: Sequence[str], out: Path, plans: tuple[str, ...]) -> Request:
    """The packages that PATHs name: an offer (whose packages lie in `out`), or build records.

    Raises UsageError when one is not there, RefusedError for a zip that is not that of its record.
    """
    offer = _offer(paths)
    if offer is not None:
        stems = [f"{offer.id}-{plan.id}-{plan.version}" for plan in select_plans(offer, plans)]
        records = [out / f"{stem}{RECORD}" for stem in stems]
    else:
        records = [_record(path) for path in paths]
    found = [_finished(record, paths[0]) for record in records]
    if offer is None and plans:
        found = [one for one in found if one.plan in plans]
    if not found:
        raise UsageError("no package is left to publish", hint="see --plan")
    _refuse_mixture(found)
    return Request(tuple(found), offer, found[0].record.parent)


def offer_id_of(paths: Sequence[str]) -> str:
    """The id of the offer that PATHs name; its packages need not be there. Raises UsageError, RefusedError."""
    offer = _offer(paths)
    return offer.id if offer is not None else str(read_record(_record(paths[0]))["offer"])


def _offer(paths: Sequence[str]) -> Offer | None:
    """The offer that the only PATH names; None when PATHs are records."""
    place = Path(paths[0])
    file = place / OFFER if place.is_dir() else place
    if not str(file).lower().endswith(OFFER_ENDINGS):
        return None
    if len(paths) > 1:
        raise UsageError("one offer is published at a time", hint="name one offer.yaml, or records of its packages")
    offer = load_offer(file).offer
    if offer is None:
        raise RefusedError(f"'{file}' cannot be read", hint=f"packager check {file} tells why")
    return offer


def _record(path: str) -> Path:
    if path.endswith(RECORD):
        return Path(path)
    if path.lower().endswith(".zip"):
        return record_of(Path(path))
    raise UsageError(f"'{path}' is no offer, build record or zip", hint="name an offer.yaml or a .record.json")


def _finished(record: Path, named: str) -> Finished:
    if not record.is_file():
        raise UsageError(f"'{record}' is not there", hint=f"packager build {named} writes it; see --dist")
    value = read_record(record)
    archive = record.with_name(str(value["archive"].get("name") or ""))
    if archive.parent != record.parent or not archive.is_file():
        raise UsageError(f"the zip of '{record}' is not beside it", hint=f"put '{archive.name}' there")
    different = next(record_differences(archive, value), None)
    if different is not None:
        message = f"'{archive}' is not what was built: {different}"
        raise RefusedError(message, hint=f"packager verify {archive} tells more")
    size = archive.stat().st_size
    names = (value["offer"], value["plan"], value["version"])
    return Finished(*names, archive, record, size, value["archive"]["sha256"])


def _refuse_mixture(found: Sequence[Finished]) -> None:
    offers = sorted({one.offer for one in found})
    if len(offers) > 1:
        raise UsageError(f"these are packages of several offers: {', '.join(offers)}", hint="publish them one by one")
    plans = [one.plan for one in found]
    twice = next((plan for plan in plans if plans.count(plan) > 1), None)
    if twice is not None:
        raise UsageError(f"there are two packages of the plan '{twice}'", hint="name one of them")


def refuse_findings(packages: Iterable[Finished], allowed: Iterable[str], today: datetime.date) -> None:
    """Raise RefusedError for a zip with an error of a rule that is not `allowed` by its id or arm-ttk name."""
    accepted = {name.lower() for name in allowed}
    known = {name: rule for rule in all_rules() for name in names_of(rule)}
    unknown = sorted(accepted - {name.lower() for name in known})
    if unknown:
        raise UsageError(f"--allow-findings: there is no rule '{unknown[0]}'", hint="packager rules lists them")
    for one in packages:
        report = check_path(str(one.archive), Config(), today, {}).report
        errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
        refused = sorted({error.rule_id for error in errors} - _ids(accepted, known))
        if refused or report.crashed:
            message = (
                f"'{one.archive}' has errors that certification would find: {', '.join(refused) or 'a rule failed'}"
            )
            raise RefusedError(message, hint=f"mend them, or accept them: --allow-findings {','.join(refused)}")


def _ids(accepted: set[str], known: Mapping[str, Any]) -> set[str]:
    return {rule.id for name, rule in known.items() if name.lower() in accepted}
