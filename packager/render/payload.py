"""A plan's Helm releases -> the flat `helm/` folder of the package: chart archives, values, releases.json."""

from collections.abc import Iterator
from dataclasses import dataclass

from packager.errors import PackagerError
from packager.helm.archive import digest_of, pack, read_metadata
from packager.helm.charts import check_metadata, read_chart
from packager.helm.model import PayloadRelease
from packager.helm.names import FOLDER, RELEASES
from packager.helm.payload import releases_document, values_name
from packager.helm.values import merged, to_yaml
from packager.offer.lock import differences
from packager.offer.model import ChartReference, HelmRelease, Offer, Plan, SourceFile
from packager.render.composed import Layer
from packager.render.model import RenderProblem
from packager.render.pieces import (
    Piece,
    Pieces,
    composed_document,
    data_piece,
    read_source,
    syntax_problems,
    text_piece,
)
from packager.render.template import RenderedText, Renderer
from packager.source.document import Document
from packager.source.sourcemap import Origin, SourceMap
from packager.source.span import Path
from packager.source.writer import to_json


@dataclass(frozen=True, slots=True)
class ReadyChart:
    """A chart as releases.json names it; `piece` is its archive when it is in the package."""

    name: str
    version: str
    digest: str | None
    repository: str | None = None
    piece: Piece | None = None


def add_payload(pieces: Pieces, offer: Offer, plan: Plan, renderer: Renderer) -> None:
    """Add what the plan's releases need; releases.json names them in their order."""
    releases = []
    for release in plan.helm:
        values = _values(pieces, release, renderer)
        chart = _chart(pieces, offer, release.chart, renderer)
        if chart is None:
            continue
        _compare_with_lock(pieces, offer, plan, release, chart)
        archive = chart.piece.name.removeprefix(FOLDER) if chart.piece else None
        line = PayloadRelease(
            release=release.release,
            namespace=release.namespace,
            chart=chart.name,
            version=chart.version,
            archive=archive,
            repository=chart.repository,
            digest=chart.digest,
            values=values,
        )
        releases.append((release, line))
        if chart.piece and all(piece.name != chart.piece.name for piece in pieces.made):
            pieces.made.append(chart.piece)
    if plan.helm:
        text = to_json(releases_document([release for _, release in releases]))
        lines = SourceMap(_lines(Document.from_text(RELEASES, text), offer, plan, [at for at, _ in releases]))
        document = Document.from_text(RELEASES, text, source_map=lines)
        pieces.made.append(text_piece(RELEASES, document, (offer.name,)))


def _lines(written: Document, offer: Offer, plan: Plan, releases: list[HelmRelease]) -> Iterator[tuple[int, Origin]]:
    """Where in offer.yaml each release of releases.json, and each of its keys, comes from."""

    def line(at: Path, *, key: bool = False) -> Origin:
        return Origin(offer.name, offer.document.place(at, key=key).line)

    yield 0, line((*plan.at, "helm"), key=True)
    for index, release in enumerate(releases):
        here: Path = ("releases", index)
        yield written.span(here).start, line(release.at)
        yield written.span((*here, "chart"), key=True).start, line(release.chart.at)
        for key in sorted(written.at((*here, "chart")), key=lambda key: written.span((*here, "chart", key)).start):
            yield written.span((*here, "chart", key), key=True).start, line((*release.chart.at, key))
        yield written.span((*here, "values"), key=True).start, line((*release.at, "values"))


def _compare_with_lock(pieces: Pieces, offer: Offer, plan: Plan, release: HelmRelease, chart: ReadyChart) -> None:
    """Report where the release is another one than the lock has."""
    if offer.lock is not None:
        for at, message in differences(offer.lock, plan.id, release, chart.version, chart.digest):
            place = offer.document.place(at)
            pieces.problems.append(
                RenderProblem(message, offer.name, place.line, place.column, "lock-stale", severity="warning")
            )


def _chart(pieces: Pieces, offer: Offer, chart: ChartReference, renderer: Renderer) -> ReadyChart | None:
    if chart.kind == "repository":
        return ReadyChart(chart.name or "", chart.version or "", chart.digest, repository=chart.location)
    if chart.kind == "archive":
        return _archive(pieces, offer, chart, renderer)
    packed, problems = read_chart(renderer.repository, chart.location)
    for problem in problems:
        pieces.problems.append(
            RenderProblem(problem.message, problem.file, problem.line, problem.column, "chart-error", problem.severity)
        )
    if packed is None:
        return None
    try:
        data = pack(packed)
    except PackagerError as error:
        _report(pieces, offer, (*chart.at, "path"), f"chart '{chart.location}' cannot be packed: {error.message}")
        return None
    sources = tuple(f"{chart.location}/{file.name}" for file in packed.files)
    piece = data_piece(FOLDER + packed.archive_name, data, sources)
    return ReadyChart(packed.name, packed.version, digest_of(data), piece=piece)


def _archive(pieces: Pieces, offer: Offer, chart: ChartReference, renderer: Renderer) -> ReadyChart | None:
    at: Path = (*chart.at, "archive")
    try:
        data = renderer.repository.data(chart.location)
        metadata = Document.from_bytes(f"{chart.location}/Chart.yaml", read_metadata(data))
    except PackagerError as error:
        hint = f"; {error.hint}" if error.hint else ""
        _report(pieces, offer, at, f"chart archive '{chart.location}' cannot be used: {error.message}{hint}")
        return None
    problems = check_metadata(metadata)
    for problem in problems:
        _report(pieces, offer, at, f"Chart.yaml of '{chart.location}', line {problem.line}: {problem.message}")
    digest = digest_of(data)
    if chart.digest not in {None, digest}:
        message = f"chart archive '{chart.location}' is not the one that was meant: its digest is {digest}"
        _report(pieces, offer, (*chart.at, "digest"), message)
    elif not problems:
        name, version = metadata.value["name"], metadata.value["version"]
        piece = data_piece(f"{FOLDER}{name}-{version}.tgz", data, (chart.location,))
        return ReadyChart(name, version, digest, piece=piece)
    return None


def _values(pieces: Pieces, release: HelmRelease, renderer: Renderer) -> str | None:
    """The base name of the release's values file, which is added to the pieces; None without values."""
    texts = [(source, renderer.render(source)) for source in release.values]
    read = [_read_values(pieces, source, rendered) for source, rendered in texts]
    name = values_name(release.release)
    if not texts or any(layer is None for layer in read):
        return name if texts else None
    source, rendered = texts[0]
    if len(texts) == 1 and rendered.text is not None and source.path.removesuffix(".j2").endswith((".yaml", ".yml")):
        pieces.add_text(FOLDER + name, rendered)
        return name
    layers = tuple(layer for layer in read if layer is not None)
    text = to_yaml(merged([layer.document.value or {} for layer in layers]))
    files = tuple(dict.fromkeys(file for _, rendered in texts for file in rendered.files))
    pieces.made.append(text_piece(FOLDER + name, composed_document(FOLDER + name, text, layers), files))
    return name


def _read_values(pieces: Pieces, source: SourceFile, rendered: RenderedText) -> Layer | None:
    if rendered.problem is not None:
        pieces.problems.append(rendered.problem)
    if rendered.text is None:
        return None
    document = read_source(source, rendered.text)
    problems = syntax_problems(document, source.path, rendered.text)
    if not problems and not isinstance(document.value, (dict, type(None))):
        problems = [
            RenderProblem("Helm values are a mapping, not a list or a scalar", source.path, 1, code="values-error")
        ]
    pieces.problems += problems
    return None if problems else Layer(document, rendered.text.runs)


def _report(pieces: Pieces, offer: Offer, at: Path, message: str) -> None:
    place = offer.document.place(at)
    pieces.problems.append(RenderProblem(message, offer.name, place.line, place.column, "chart-error"))
