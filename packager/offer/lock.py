"""`releases.lock.yaml` beside an offer: which chart each release was resolved to. `packager helm lock` writes it."""

import json
import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from packager.offer.model import ChartReference, HelmRelease
from packager.offer.reading import OfferProblem, Reading
from packager.offer.repository import Repository
from packager.source.document import Document
from packager.source.span import Path

NAME = "releases.lock.yaml"
RENEW = "run 'packager helm lock'"
WAYS: dict[str, Literal["folder", "archive", "repository"]] = {
    "path": "folder",
    "archive": "archive",
    "repository": "repository",
}


@dataclass(frozen=True, slots=True)
class LockedChart:
    """The chart of a release as it was resolved; `reason` is why it has no digest."""

    kind: Literal["folder", "archive", "repository"]
    location: str
    name: str
    version: str
    digest: str | None
    reason: str | None
    at: Path

    def stands_for(self, chart: ChartReference) -> bool:
        """Whether a chart in offer.yaml is the one that was resolved, as far as offer.yaml says."""
        same = (self.kind, self.location) == (chart.kind, chart.location)
        return same and (chart.kind != "repository" or (self.name, self.version) == (chart.name, chart.version))


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock as read: charts by plan and release."""

    document: Document = field(repr=False, compare=False)
    charts: Mapping[tuple[str, str], LockedChart]

    def chart(self, plan: str, release: str, chart: ChartReference) -> LockedChart | None:
        """The locked chart of a release, when it is the one in offer.yaml."""
        found = self.charts.get((plan, release))
        return found if found is not None and found.stands_for(chart) else None


def lock_document(offer_file: pathlib.Path, root: pathlib.Path) -> Document | None:
    """The lock beside an offer file; None when there is none."""
    file = offer_file.with_name(NAME)
    try:
        return Document.from_bytes(file.relative_to(root).as_posix(), file.read_bytes()) if file.is_file() else None
    except OSError:
        return None


def read_lock(document: Document, repository: Repository) -> tuple[Lock | None, list[OfferProblem]]:
    """The lock in a document, and what is wrong with it."""
    reading = Reading(document, repository)
    if not reading.accepts(_schema()):
        return None, reading.problems
    charts = {
        (plan, line["release"]): _chart(line["chart"], ("releases", index, "chart"))
        for index, line in enumerate(document.value["releases"])
        for plan in line["plans"]
    }
    return Lock(document, charts), reading.problems


def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(pathlib.Path(__file__).with_name("lock.schema.json").read_text("utf-8"))
    return schema


def _chart(value: Mapping[str, Any], at: Path) -> LockedChart:
    way = next(way for way in WAYS if way in value)
    return LockedChart(
        kind=WAYS[way],
        location=value[way],
        name=value["name"],
        version=value["version"],
        digest=value["digest"],
        reason=value.get("reason"),
        at=at,
    )


def stale_entries(lock: Lock, releases: Mapping[str, frozenset[str]]) -> Iterator[OfferProblem]:
    """Entries for what the offer does not have; `releases` are the names of each plan's releases."""
    for (plan, release), chart in lock.charts.items():
        if release not in releases.get(plan, frozenset()):
            message = f"the offer has no release '{release}' in a plan '{plan}'; {RENEW}"
            yield OfferProblem(chart.at[:-1], message, lock.document, "lock-stale", "warning")


def differences(
    lock: Lock, plan: str, release: HelmRelease, version: str, digest: str | None
) -> Iterator[tuple[Path, str]]:
    """Where a release is another one than was locked: a place in offer.yaml and what is different there.

    `version` and `digest` are those of the chart as it is now.
    """
    chart, locked = release.chart, lock.charts.get((plan, release.release))
    if locked is None:
        yield release.at, f"release '{release.release}' of plan '{plan}' is not in {NAME}; {RENEW}"
    elif (locked.kind, locked.location) != (chart.kind, chart.location):
        yield chart.at, f"{NAME} has the chart of release '{release.release}' from '{locked.location}'; {RENEW}"
    elif chart.name not in {None, locked.name}:
        yield (*chart.at, "name"), f"{NAME} has chart '{locked.name}' for release '{release.release}'; {RENEW}"
    elif locked.version != version:
        message = f"{NAME} has version {locked.version} of chart '{locked.name}', not {version}; {RENEW}"
        yield (*chart.at, "version"), message
    elif digest is not None and locked.digest not in {None, digest}:
        message = f"{NAME} has digest {locked.digest} for chart '{locked.name}' {version}, not {digest}; {RENEW}"
        yield (*chart.at, "digest"), message
