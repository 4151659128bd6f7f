"""Rendered plans -> zips and build records in a folder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from packager.assemble.archive import Archive, write_archive
from packager.assemble.attest import statement, statement_of
from packager.assemble.record import build_record
from packager.errors import UsageError
from packager.offer.model import Offer, Plan
from packager.render.model import Rendered
from packager.source.atomic import write_atomically
from packager.source.writer import to_json


@dataclass(frozen=True, slots=True)
class Target:
    """Where a plan's package goes: the zip, and its record beside it."""

    archive: Path
    record: Path


def target(out: Path, offer: Offer, plan: Plan) -> Target:
    """`<offer>-<plan>-<version>.zip` and `.record.json` in `out`."""
    stem = f"{offer.id}-{plan.id}-{plan.version}"
    return Target(out / f"{stem}.zip", out / f"{stem}.record.json")


def plan_of(offer: Offer, rendered: Rendered) -> Plan:
    """The plan that was rendered."""
    return next(plan for plan in offer.plans if plan.id == rendered.bundle.plan)


def write_zip(path: Path, rendered: Rendered, seconds: int) -> Archive:
    """The zip of a rendered plan at `path`; entries are dated `seconds` since 1970."""
    contents = {name: entry.read for name, entry in rendered.bundle.entries.items()}
    return write_archive(path, contents, seconds)


def write_package(
    place: Target, offer: Offer, rendered: Rendered, seconds: int, checks: Mapping[str, int], *, attest: bool = False
) -> Archive:
    """The zip of a rendered plan and then its record, which says what the checks counted; its statement, to `attest`.

    Whoever is interrupted between the two has a zip that its old record does not fit, which `verify` tells.
    """
    plan = plan_of(offer, rendered)
    archive = write_zip(place.archive, rendered, seconds)
    record = build_record(offer.id, plan.id, plan.version, archive, rendered.sources, checks)
    write_atomically(place.record, to_json(record).encode("utf-8"))
    if attest:
        write_atomically(statement_of(place.archive), to_json(statement(record)).encode("utf-8"))
    return archive


def refuse_same_names(places: Iterable[Target]) -> None:
    """Raise UsageError when two plans would write the same zip: ids have hyphens, and so do the names of zips."""
    seen: set[Path] = set()
    for place in places:
        if place.archive in seen:
            message = f"two plans would both be written to '{place.archive}'"
            raise UsageError(message, hint="build them into folders of their own with --out, or rename a plan")
        seen.add(place.archive)
