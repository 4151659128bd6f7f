"""What OLD and NEW of a comparison name: an offer, a package in a folder or zip, or a build record beside its zip."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from packager.assemble.compare import digest
from packager.assemble.verify import read_record, record_of
from packager.checks.config import Config
from packager.checks.package import Package
from packager.errors import PackagerError, RefusedError, UsageError
from packager.offer.load import load_offer
from packager.pipeline.forms import FORMS, TEMPLATES, refuse_broken
from packager.pipeline.opening import existing_place, offer_at, packages_of

RECORD = ".record.json"


@dataclass(frozen=True, slots=True)
class Side:
    """One package with what is known of it."""

    package: Package
    plan: str | None
    version: str | None


def read_side(path: str, today: datetime.date, overrides: Mapping[str, str]) -> list[Side]:
    """The packages at a PATH.

    Raises UsageError for what holds none, RefusedError for a zip unlike its record and for a broken template or form.
    """
    if path.endswith(RECORD):
        return _recorded(Path(path), today)
    place = existing_place(path)
    versions: Mapping[str | None, str] = {}
    offer = offer_at(place)
    if offer is not None:
        loaded = load_offer(offer).offer
        versions = {plan.id: plan.version for plan in loaded.plans} if loaded else {}
    elif place.suffix.lower() == ".zip" and place.is_file():
        return [_zipped(place, today)]
    elif place.is_file():
        hint = "name the folder of its package, its zip or an offer.yaml"
        raise UsageError(f"'{path}' is a single file: packages and offers are compared", hint=hint)
    found = list(packages_of(path, Config(), today, overrides))
    for package in found:
        refuse_unreadable(package, path)
    return [Side(package, package.bundle.plan, versions.get(package.bundle.plan)) for package in found]


def refuse_unreadable(package: Package, path: str) -> None:
    """Raise RefusedError when the package as a whole, an entry of it, or its template or form cannot be read."""
    for problem in package.bundle.problems:
        if not problem.name or problem.name not in package.bundle.entries:
            raise RefusedError(problem.message, where=path, hint=f"packager check {path} tells more")
    for name in package.bundle.entries:
        if name.lower() in {*FORMS, *TEMPLATES}:
            refuse_broken(package.bundle.document(name), f"{path.rstrip('/')}/{name}")


def _recorded(path: Path, today: datetime.date) -> list[Side]:
    record = read_record(path)
    archive = path.with_name(str(record["archive"].get("name", "")))
    if not archive.is_file() or archive.parent != path.parent:
        raise UsageError(f"'{path}' stands alone: its zip is not beside it", hint=f"put '{archive.name}' there")
    if digest(archive) != record["archive"]["sha256"]:
        raise RefusedError(f"'{archive}' is not the zip of its record", hint=f"packager verify {archive} tells more")
    return [_opened(archive, today, record["plan"], record["version"])]


def _zipped(path: Path, today: datetime.date) -> Side:
    """A zip with the names in its record, where that is the record of these bytes; else the version in its own name."""
    try:
        record = read_record(record_of(path))
        if digest(path) == record["archive"]["sha256"]:
            return _opened(path, today, record["plan"], record["version"])
    except PackagerError:  # no record, or one of something else
        pass
    named = re.search(r"-(\d{1,9}\.\d{1,9}\.\d{1,9})\Z", path.stem)
    return _opened(path, today, None, named[1] if named else None)


def _opened(path: Path, today: datetime.date, plan: str | None, version: str | None) -> Side:
    (package,) = packages_of(str(path), Config(), today, {})
    refuse_unreadable(package, str(path))
    return Side(package, plan, version)
