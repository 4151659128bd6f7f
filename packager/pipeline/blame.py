"""Findings in rendered objects, led back to the values, or else to the template, that they come from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from packager.checks.finding import Finding, Related, Severity, SourcePlace
from packager.checks.literalsecrets import decoded
from packager.helm.alignment import template_line
from packager.helm.coalesce import GLOBAL, coalesced
from packager.helm.probe import Candidate, Probe, candidates, leaves, overlay, probes
from packager.helm.tree import VALUES, ChartTree
from packager.pipeline.releases import Made, Runs
from packager.pipeline.told import chart_document, chart_file, scope_of
from packager.source.document import ABSENT, Document
from packager.source.span import Path, from_pointer

MOST_RENDERS = 12  # of one release, to tell which values are to blame


class Faulty(NamedTuple):
    """A finding with the text that it is about: at `path` of its document, or all of a line where that is no YAML."""

    finding: Finding
    document: Document
    path: Path
    text: str
    found: tuple[Candidate, ...]


class Grounds(NamedTuple):
    """What there is to find out with: the values that the templates see, and how often helm may still be asked."""

    runs: Runs
    made: Made
    values: dict[str, Any]
    renders: Iterator[int]

    def rendered_with(self, chosen: Iterable[Probe], *, broken: bool) -> dict[str, Document]:
        """What the release becomes with other values; nothing where helm refuses them, or was asked too often."""
        if self.made.task is None or next(self.renders, None) is None:
            return {}
        documents = self.runs.probe(self.made.task, overlay(self.values, chosen), broken=broken)
        return {document.name: document for document in documents}


def led_back(
    runs: Runs,
    made: Made,
    findings: Iterable[Finding],
    documents: Mapping[str, Document],
    severity: Callable[[Finding, Candidate], Severity] = lambda finding, _: finding.severity,
) -> list[Finding]:
    """The findings with the sources that they come from; those that are not in `documents` are left as they are.

    `severity` says how bad a finding is that a value is to blame for.
    """
    values = _values(made)
    every, listed = _leaves(made, values), list(findings)
    seen = {name: [one for one in every if _may_see(scope, one)] for name, scope in _scopes(made, documents).items()}
    faulty = [_faulty(one, documents[one.file], seen[one.file]) for one in listed if one.file in documents]
    blamed = _blamed(Grounds(runs, made, values, iter(range(MOST_RENDERS))), faulty)
    sources = {id(one.finding): _with_source(made, one, blamed.get(id(one), []), severity) for one in faulty}
    return [sources.get(id(finding), finding) for finding in listed]


def _values(made: Made) -> dict[str, Any]:
    given = made.release.values.value if made.release.values is not None else None
    own = given if isinstance(given, dict) else {}
    return coalesced(made.release.tree, own) if made.release.tree is not None else own


def _leaves(made: Made, values: dict[str, Any]) -> list[Candidate]:
    """Every value that templates see, those that the release gives first."""
    return sorted(leaves(values), key=lambda one: not _given(made, one))


def _scopes(made: Made, documents: Mapping[str, Document]) -> dict[str, Path]:
    """Where the values of the chart are that each document comes from."""
    tree = made.release.tree
    found: dict[str, Path] = {}
    for name, document in documents.items():
        located = chart_file(tree, made.file_of(document)) if tree is not None else None
        found[name] = scope_of(tree, located[0]) if tree is not None and located is not None else ()
    return found


def _may_see(scope: Path, one: Candidate) -> bool:
    """Whether templates of a chart in the chart see a value: it is theirs, or one of all charts."""
    return one.path[: len(scope)] == scope or one.path[0] == GLOBAL


def _faulty(finding: Finding, document: Document, every: list[Candidate]) -> Faulty:
    if document.problem is not None:
        text = document.lines.line_text(finding.line)
        return Faulty(finding, document, (), text, tuple(candidates(text, every)))
    path = _meant(document, from_pointer(finding.pointer), finding.message)
    written = _text_at(document, path)
    key = str(path[-1]) if path else ""
    return Faulty(finding, document, path, written or "", tuple(candidates(written, every, key)) if written else ())


def _meant(document: Document, path: Path, message: str) -> Path:
    """The place that a finding is about; of a mapping, what is in it and the message quotes."""
    value = document.at(path)
    inside = leaves(value) if isinstance(value, dict) else ()
    return next(((*path, *one.path) for one in inside if f"'{one.text}'" in message), path)


def _text_at(document: Document, path: Path) -> str | None:
    """The text, number or truth value at a place as templates print it; None for anything else.

    In the `data` of a Secret it is what the base64 there says.
    """
    if document.problem is not None:
        return document.text
    value = document.at(path)
    text = next((one.text for one in leaves(value)), None) if isinstance(value, str | int | float) else None
    is_encoded = path[-2:-1] == ("data",) and document.at((*path[:-2], "kind")) == "Secret"
    return decoded(text) if is_encoded and text is not None else text


def _blamed(grounds: Grounds, faulty: list[Faulty]) -> dict[int, list[Candidate]]:
    """The candidates that helm confirms, by the `id` of what they are to blame for.

    Most are told apart by one more rendering, with all of them changed at once; the rest, one by one.
    """
    confirmed: dict[int, list[Candidate]] = {}
    wanted = [one for one in faulty if one.found]
    every = probes(found for one in wanted for found in one.found)
    together = [probe for probe in every if not isinstance(probe.value, bool)]
    broken = any(one.document.problem is not None for one in wanted)
    made = grounds.rendered_with(together, broken=broken) if together else {}
    for one in wanted:
        confirmed[id(one)] = [probe.candidate for probe in together if _shows(probe, one, made)]
    for probe in every:
        open_ = [one for one in wanted if probe.candidate in one.found and not confirmed[id(one)]]
        if open_:
            alone = grounds.rendered_with([probe], broken=broken)
            for one in open_:
                confirmed[id(one)] += [probe.candidate] if _shows(probe, one, alone) else []
    return confirmed


def _shows(probe: Probe, one: Faulty, made: Mapping[str, Document]) -> bool:
    """Whether what a finding is about changed with the value."""
    document = made.get(one.document.name)
    text = _text_at(document, one.path) if document is not None and probe.candidate in one.found else None
    return text is not None and probe.shows_as in text and text != one.text


def _with_source(
    made: Made, one: Faulty, blamed: list[Candidate], severity: Callable[[Finding, Candidate], Severity]
) -> Finding:
    """The finding at the values that are to blame, the first of them, with the others and the template beside it."""
    quoted = [found for found in blamed if f"'{found.text}'" in one.finding.message]
    given = [found for found in blamed if _given(made, found)]
    chosen = next(iter([*quoted, *given, *blamed]), None)
    template = _template_source(made, one)
    if chosen is None:
        return one.finding._replace(source=template)
    others = [_value_source(made, found) for found in blamed if found is not chosen]
    places = dict.fromkeys(place for place in (*others, template) if place is not None)
    source = _value_source(made, chosen)
    related = tuple(Related(place.file, place.line, 1) for place in places if place != source)
    return one.finding._replace(
        severity=severity(one.finding, chosen),
        source=source or template,
        related=(*one.finding.related, *related),
    )


def _given(made: Made, found: Candidate) -> bool:
    return made.release.values is not None and made.release.values.at(found.path) is not ABSENT


def _value_source(made: Made, found: Candidate) -> SourcePlace | None:
    """The line of the values file, or of the chart's own values, that a value stands in."""
    values = made.release.values
    if values is not None and _given(made, found):
        origin = values.origin(values.span(found.path).start)
        return SourcePlace(origin.file, origin.line) if origin is not None else None
    tree = made.release.tree
    owner = _owner(tree, found.path) if tree is not None else None
    document = chart_document(made, owner[0], VALUES) if owner is not None else None
    if document is None or owner is None:
        return None
    line = owner[0].values.place(owner[1]).line
    return SourcePlace(document.name, line) if document.source_map is None else _chart_place(made)


def _owner(tree: ChartTree, path: Path) -> tuple[ChartTree, Path] | None:
    """The chart whose own values have what is at `path`, and where; a chart's win over those of the charts in it."""
    if tree.values.problem is None and tree.values.at(path) is not ABSENT:
        return tree, path
    inner = next((one for one in tree.charts if path and one.key == path[0]), None)
    return _owner(inner, path[1:]) if inner is not None else None


def _template_source(made: Made, one: Faulty) -> SourcePlace | None:
    """The line of the template that a finding comes from; for a chart in an archive, where offer.yaml names that."""
    located = chart_file(made.release.tree, made.file_of(one.document)) if made.release.tree is not None else None
    template = chart_document(made, *located) if located is not None else None
    if template is None or template.source_map is not None:
        return _chart_place(made)
    return SourcePlace(template.name, template_line(template.text, one.document.text, one.finding.line))


def _chart_place(made: Made) -> SourcePlace:
    return SourcePlace(made.written.document.name, made.written.place().line)
