"""The `helm:` section of a plan -> HelmRelease."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from packager.offer.lock import Lock
from packager.offer.model import ChartReference, HelmRelease, SourceFile
from packager.offer.reading import Reading
from packager.offer.repository import root_relative
from packager.source.span import Path

SourceReader = Callable[[Reading, str | dict[str, Any], Path], SourceFile]
_KEYS = {
    "path": frozenset[str](),
    "archive": frozenset({"digest"}),
    "repository": frozenset({"name", "version", "digest"}),
}


def read_releases(
    reading: Reading, plan: dict[str, Any], at: Path, read_source: SourceReader, lock: Lock | None
) -> tuple[HelmRelease, ...]:
    """The releases of the plan at `at`, in the order in which they are installed."""
    found = []
    for index, value in enumerate(plan.get("helm", ())):
        release = _release(reading, value, (*at, "helm", index), read_source)
        found.append(replace(release, chart=_locked(reading, plan["id"], release, lock)))
    return tuple(found)


def _locked(reading: Reading, plan: str, release: HelmRelease, lock: Lock | None) -> ChartReference:
    """The chart of a release with the digest that the lock knows, where offer.yaml says none."""
    chart = release.chart
    if chart.kind != "repository" or chart.digest is not None:
        return chart
    locked = lock.chart(plan, release.release, chart) if lock is not None else None
    if locked is not None and locked.digest is not None:
        return replace(chart, digest=locked.digest)
    why = f": it could not be locked ({locked.reason})" if locked is not None and locked.reason else ""
    again = " again where its repository can be reached" if why else ""
    message = (
        f"chart '{chart.name or ''}' has no digest{why}, so what customers install cannot be compared with what was "
        f"tested; add 'digest: sha256:...' of its archive, or run 'packager helm lock'{again}"
    )
    reading.report(chart.at, message, "chart-digest-missing", "warning")
    return chart


def _release(reading: Reading, value: dict[str, Any], at: Path, read_source: SourceReader) -> HelmRelease:
    sources = [
        read_source(reading, source, (*at, "values", index)) for index, source in enumerate(value.get("values", ()))
    ]
    for source in sources:
        if not source.path.removesuffix(".j2").endswith((".yaml", ".yml", ".json")):
            reading.report(
                source.at, f"'{source.path}' is no values file; values are .yaml, .yml or .json", "offer-path"
            )
    chart = _chart(reading, value["chart"], (*at, "chart"))
    return HelmRelease(value["release"], value["namespace"], chart, tuple(sources), at)


def _chart(reading: Reading, value: dict[str, Any], at: Path) -> ChartReference:
    ways = [way for way in ("path", "archive", "repository") if way in value]
    if len(ways) != 1:
        reading.report(at, "a chart has exactly one of 'path', 'archive' and 'repository'", "offer-chart")
        return ChartReference("folder", "", None, None, None, at)
    way = ways[0]
    for key in value.keys() - {way} - _KEYS[way]:
        reading.report((*at, key), f"'{key}' does not go with '{way}'; remove it", "offer-chart")
    if way == "path":
        return ChartReference("folder", _folder(reading, value[way], (*at, way)), None, None, None, at)
    if way == "archive":
        return ChartReference("archive", reading.file(value[way], (*at, way)), None, None, value.get("digest"), at)
    return _from_repository(reading, value, at)


def _folder(reading: Reading, written: str, at: Path) -> str:
    def find() -> str:
        name = root_relative(written, reading.folder).rstrip("/")
        reading.repository.folder(name)
        return name

    return reading.attempt(at, find, written)


def _from_repository(reading: Reading, value: dict[str, Any], at: Path) -> ChartReference:
    for key in ("name", "version"):
        if key not in value:
            reading.report(at, f"a chart of a repository needs '{key}'", "offer-chart")
    location, digest = value["repository"], value.get("digest")
    return ChartReference("repository", location, value.get("name"), value.get("version"), digest, at)
