"""A form inside the view definition has a defect that the rules on forms know.

`createUIDefinition` of a command or of custom resources is a form like `createUiDefinition.json`: what its outputs give
becomes the request. It is held against the rules on elements and references; the sub-id is the id of the rule, whose
page says what to do (`packager rules tooltip-missing`). What is asked of the form of a package, such as the output
`location` or outputs that fit the template, does not count here.
"""

from collections.abc import Iterator
from dataclasses import replace

from packager.bundle.model import Bundle
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.registry import all_rules
from packager.checks.rule import Hit, Rule, rule
from packager.source.document import Document
from packager.source.span import Path, Span
from packager.source.spot import Spot
from packager.ui.definition import UiDefinition
from packager.ui.views import forms, parts

# What is asked and put out; the frame of such a form is not that of a package's own.
_INSIDE: tuple[Path, ...] = (("parameters", "basics"), ("parameters", "steps"), ("parameters", "outputs"))


@rule(on="view", severity=Severity.WARNING)
def check(document: Document, package: Package) -> Iterator[Hit]:
    """Run the rules over each form as if it were a file of its own, without a template beside it."""
    paths = [path for part in parts(document.value) for path in forms(part)]
    rules = [one for one in all_rules() if one.on == "form"] if paths else []
    for path in paths:
        span = document.span(path)
        form = UiDefinition(Document.from_text(document.name, document.text[span.start : span.end]))
        alone = replace(package, bundle=Bundle(document.name, "file", None, {}), simulations={})
        for one in rules:
            for hit in _hits(one, form, alone):
                if hit.spot.path[:2] in _INSIDE and len(hit.spot.path) > 2 and not hit.strict:
                    spot = _in_view(hit.spot, document, path, span.start)
                    severity = min(hit.severity or one.severity, Severity.WARNING)
                    yield hit._replace(spot=spot, sub=one.id, severity=severity, edits=(), related=())


def _hits(one: Rule, form: UiDefinition, package: Package) -> Iterator[Hit]:
    if one.body.check is not None and "marketplace" in one.profiles:
        yield from one.body.check(form, package)


def _in_view(spot: Spot, document: Document, path: Path, start: int) -> Spot:
    span = None if spot.span is None else Span(spot.span.start + start, spot.span.end + start)
    return Spot(document, path + spot.path, spot.key, span)
