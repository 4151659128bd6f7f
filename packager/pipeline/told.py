"""What helm says of a release -> where it belongs: a line of the chart, of the values, or of offer.yaml."""

from collections.abc import Iterator
from typing import NamedTuple

from packager.helm.messages import Level, Message, lint_messages, mentioned, template_messages
from packager.helm.program import NOWHERE
from packager.helm.template import manifests, template
from packager.helm.tree import ChartTree
from packager.pipeline.releases import Made, Runs
from packager.source.document import ABSENT, Document
from packager.source.sourcemap import Origin, SourceMap
from packager.source.span import Path, Span
from packager.source.spot import Spot

REFUSED, LINTED, ABSENT_CHART = "helm-error", "helm-lint", "chart-not-at-hand"


class Said(NamedTuple):
    """One thing that helm says: the rule that it is reported as, where, and how bad helm finds it.

    `of_schema` tells that a schema refuses values.
    """

    rule: str
    spot: Spot
    message: str
    level: Level = "error"
    related: tuple[Spot, ...] = ()
    of_schema: bool = False


def said_of(runs: Runs, made: Made) -> list[Said]:
    """Everything that helm says of a release, each thing once."""
    if made.status == "not-at-hand":
        return [_not_at_hand(made)]
    found = list(_refusal(runs, made)) if made.status == "failed" else []
    places = {(one.spot.document.name, one.spot.extent()) for one in found}
    found += [one for one in _linted(runs, made) if (one.spot.document.name, one.spot.extent()) not in places]
    return [*found, *_emptiness(made)]


def _not_at_hand(made: Made) -> Said:
    release = made.release
    where = f" of {release.repository}" if release.repository else ""
    looked = f"is not at hand, so nothing of release '{release.name}' was looked at"
    message = f"{release.title}{where} {looked}: {release.absence}"
    return Said(ABSENT_CHART, made.written, message, "info")


def _refusal(runs: Runs, made: Made) -> Iterator[Said]:
    """Why `helm template` failed."""
    answer = made.answer
    if answer is None or answer.failure:
        yield Said(REFUSED, made.written, f"helm template gives no answer: {answer and answer.failure}")
        return
    for message in template_messages(answer.err):
        if message.kind == "yaml" and message.file is not None:
            yield _no_yaml(runs, made, message)
        elif message.kind == "schema" and message.path is not None:
            yield _schema(made, message)
        else:
            yield _placed(made, message, REFUSED)


def _emptiness(made: Made) -> Iterator[Said]:
    """That nothing at all comes of the templates of a chart."""
    if made.is_empty:
        message = (
            f"no object comes of {made.release.title}, though it has templates; look at what its values switch off"
        )
        yield Said(LINTED, made.written, message, "warning")


def _linted(runs: Runs, made: Made) -> Iterator[Said]:
    """What `helm lint` says besides; that templates fail or values are refused was said by `helm template`."""
    if made.task is None or (made.answer is not None and made.answer.failure):
        return
    answer = runs.lint(made.task)
    if answer.failure is not None:
        yield Said(REFUSED, made.written, f"helm lint gives no answer: {answer.failure}")
        return
    for message in lint_messages(answer.out):
        repeated = message.kind != "other" or message.line is not None or made.status == "failed"
        # Helm 3 wants to fetch schemas whatever it is told; what they would say is not known, and said elsewhere.
        repeated = repeated or NOWHERE in message.text
        if not (message.level == "error" and repeated):
            yield _placed(made, message, LINTED)


def _schema(made: Made, message: Message) -> Said:
    """A complaint of the schema at the values that it is about, or at what they are missing from."""
    release, path = made.release, message.path or ()
    spot = Spot(release.values, path) if release.values is not None else made.written
    text = f"the schema of {release.title} refuses '{'.'.join(map(str, path))}': {message.text}"
    return Said(REFUSED, spot, text, of_schema=True)


def _no_yaml(runs: Runs, made: Made, message: Message) -> Said:
    """What a template became and is no YAML, at the line that is wrong in it."""
    text = f"what {message.file} becomes is no YAML: {message.text}"
    if made.task is not None:
        for document in manifests(made.task, template(runs.helm, made.task, debug=True).out):
            if made.file_of(document) == message.file and document.problem is not None:
                return Said(REFUSED, Spot(document, span=document.problem.span), text)
    return _placed(made, message._replace(text=text, line=1), REFUSED)


def _placed(made: Made, message: Message, rule: str) -> Said:
    """A message at the values that it names, else at its line of the chart, else at the chart in offer.yaml."""
    release = made.release
    template_spot = chart_spot(made, message)
    blamed = _blamed(made, message) if rule == REFUSED else None
    if blamed is not None:
        related = (template_spot,) if template_spot is not None else ()
        return Said(rule, blamed, f"helm refuses {release.title}: {message.text}", message.level, related)
    spot = template_spot or made.written
    said = f"helm refuses {release.title}: {message.text}" if rule == REFUSED else f"helm lint: {message.text}"
    return Said(rule, spot, said, message.level)


def _blamed(made: Made, message: Message) -> Spot | None:
    """The values that a message names, or what the missing ones would stand in."""
    values, tree = made.release.values, made.release.tree
    if values is None or tree is None:
        return None
    located = chart_file(tree, message.file) if message.file else None
    before = scope_of(tree, located[0]) if located else ()
    for path in mentioned(message.text):
        whole = (*before, *path)
        if values.at(whole) is not ABSENT:
            return Spot(values, whole)
        if len(path) > 1 and isinstance(values.at(whole[:-1]), dict):
            return Spot(values, whole[:-1], key=True)
    return None


def scope_of(tree: ChartTree, chart: ChartTree) -> Path:
    """Where the values of a chart in the chart stand."""
    return tuple(chart.title.split("/")[1:]) if chart is not tree else ()


def chart_spot(made: Made, message: Message) -> Spot | None:
    """The line of a file of the chart that a message names; None where it names none that is there."""
    tree = made.release.tree
    located = chart_file(tree, message.file) if tree is not None and message.file else None
    document = chart_document(made, *located) if located else None
    if document is None:
        return None
    return Spot(document, span=_line_span(document, message.line or 1, message.column or 1))


def _line_span(document: Document, line: int, column: int) -> Span:
    """From a column of a line to its end; the start of the text where there is no such line."""
    if not document.lines.line_text(line):
        return Span(0, 0)
    start, end = document.lines.extent(line)
    return Span(min(start + column - 1, end), end)


def chart_document(made: Made, chart: ChartTree, name: str) -> Document | None:
    """A file of a chart as a document: named by its path in the repository, or inside the archive."""
    data = chart.files.get(name)
    if data is None:
        return None
    text = data.decode("utf-8", "replace")
    if made.folder is not None and ".tgz/" not in chart.folder:
        return Document.from_text(f"{made.folder}/{chart.folder}{name}", text, kind="text")
    release = made.release
    lines = SourceMap([(0, Origin(made.written.document.name, made.written.place().line))])
    file = f"helm/{release.chart}-{release.version}.tgz/{chart.folder}{name}"
    return Document.from_text(file, text, kind="text", source_map=lines)


def chart_file(tree: ChartTree, named: str) -> tuple[ChartTree, str] | None:
    """The chart and the file in it that helm names, as `acme/charts/db/templates/x.yaml` or `templates/x.yaml`."""
    chart, name = tree, named.removeprefix(f"{tree.name}/")
    while name.startswith("charts/"):
        key, _, inside = name.removeprefix("charts/").partition("/")
        found = next((one for one in chart.charts if key in {one.key, one.name}), None)
        if found is None:
            return None
        chart, name = found, inside
    return (chart, name) if name in chart.files else None
