"""A plan of offer.yaml -> Plan, with its sources, artifacts and Helm releases."""

from typing import Any

from packager.offer.artifacts import FORM, TEMPLATE, VIEW, clash_of, expand
from packager.offer.lock import Lock
from packager.offer.model import Artifact, ArtifactFile, Delimiters, Kind, Plan, SourceFile
from packager.offer.reading import Reading
from packager.offer.releases import read_releases
from packager.offer.repository import root_relative
from packager.source.filenames import FileNames
from packager.source.span import Path

JSON_SOURCES = (".json", ".jsonc", ".yaml", ".yml")


def read_plan(
    reading: Reading, value: dict[str, Any], at: Path, *, kind: Kind, version: str, lock: Lock | None
) -> Plan:
    """The plan at `at`; `kind` and `version` are the offer's, used where the plan has none of its own."""
    plan = Plan(
        id=value["id"],
        kind=value.get("kind", kind),
        version=value.get("version", version),
        ui=_json_source(reading, value["ui"], (*at, "ui")),
        template=_json_source(reading, value["template"], (*at, "template"), bicep=True),
        view=_json_source(reading, value["view"], (*at, "view")) if "view" in value else None,
        variables=value.get("variables") or {},
        artifacts=_artifacts(reading, value.get("artifacts", ()), (*at, "artifacts")),
        helm=read_releases(reading, value, at, read_source, lock),
        at=at,
    )
    _check_names(reading, plan)
    return plan


def read_source(reading: Reading, value: str | dict[str, Any], at: Path) -> SourceFile:
    """A source: a path, or a mapping of `from` and `delimiters`."""
    if isinstance(value, str):
        return SourceFile(reading.file(value, at), Delimiters(), at)
    path = reading.file(value["from"], (*at, "from"))
    return SourceFile(path, _delimiters(reading, value, at, path), at)


def _json_source(reading: Reading, value: str | dict[str, Any], at: Path, *, bicep: bool = False) -> SourceFile:
    source = read_source(reading, value, at)
    suffixes = (*JSON_SOURCES, ".bicep") if bicep else JSON_SOURCES
    if source.path.endswith(".bicep.j2"):
        reading.report(
            at, f"'{source.path}' is a Bicep file as a Jinja template; name the Bicep file itself", "offer-path"
        )
    elif not source.path.removesuffix(".j2").endswith(suffixes):
        reading.report(at, f"'{source.path}' is none of {', '.join(suffixes)} (each may end in .j2)", "offer-path")
    return source


def _delimiters(reading: Reading, holder: dict[str, Any], at: Path, path: str) -> Delimiters:
    written = holder.get("delimiters")
    if written is None:
        return Delimiters()
    given = Delimiters(**{name: (pair[0], pair[1]) for name, pair in written.items()})
    if len({given.block[0], given.variable[0], given.comment[0]}) < 3:
        message = "block, variable and comment must start differently"
        reading.report((*at, "delimiters"), message, "offer-schema")
    if not path.endswith((".j2", "/")) and "*" not in path:
        message = f"'{path}' is not rendered, so its delimiters mean nothing; end its name in .j2"
        reading.report((*at, "delimiters"), message, "delimiters-unused", "warning")
    return given


def _artifacts(reading: Reading, values: list[dict[str, Any]], at: Path) -> tuple[Artifact, ...]:
    return tuple(_artifact(reading, value, (*at, index)) for index, value in enumerate(values))


def _artifact(reading: Reading, value: dict[str, Any], at: Path) -> Artifact:
    written, to = value["from"], value["to"]

    def find() -> tuple[str, tuple[ArtifactFile, ...]]:
        source = root_relative(written, reading.folder)
        return source, expand(reading.repository, source, to)

    nothing: tuple[str, tuple[ArtifactFile, ...]] = (written, ())
    source, files = reading.attempt((*at, "from"), find, nothing)
    return Artifact(source, to, _delimiters(reading, value, at, source), files, at)


def _check_names(reading: Reading, plan: Plan) -> None:
    """Report names that two parts of the plan would both give to a file of the zip."""
    names = FileNames()
    for fixed in (FORM, TEMPLATE, VIEW) if plan.view else (FORM, TEMPLATE):
        names.add(fixed)
    for index, release in enumerate(plan.helm):
        if index == 0:
            names.add("helm/releases.json")
        if names.add(f"helm/{release.release}-values.yaml"):
            message = f"release '{release.release}' is there already; release names are unique in a plan"
            reading.report((*release.at, "release"), message, "offer-name")
    for artifact in plan.artifacts:
        for file in artifact.files:
            if reason := clash_of(names, file.name):
                message = f"'{file.source}' cannot go into the package: {reason}; change 'from' or 'to'"
                reading.report(artifact.at, message, "offer-name")
