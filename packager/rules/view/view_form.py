"""A form inside the view definition has a defect that the rules on forms know.

`createUIDefinition` of a command or of custom resources is a form like `createUiDefinition.json`: what its outputs give
becomes the request. It is held against the rules on elements and references; the sub-id is the id of the rule, whose
page says what to do (`packager rules tooltip-missing`). What only certification asks of a package's form, such as the
output `location`, does not count here.
"""

import re
from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.registry import all_rules
from packager.checks.rule import Hit, Rule, rule
from packager.source.document import Document
from packager.source.span import Path
from packager.source.spot import Spot
from packager.ui.definition import UiDefinition
from packager.ui.views import forms, parts

# Rules on what stands inside a form, whatever it is for.
_RULES = frozenset(
    {
        "output-reference-unknown",
        "password-length",
        "reference-unknown",
        "textbox-constraints",
        "tooltip-missing",
        "username-default",
        "validation-message-missing",
    }
)
_NOT_A_LINE_END = re.compile(r"[^\r\n]")


@rule(on="view", severity=Severity.WARNING)
def check(document: Document, package: Package) -> Iterator[Hit]:
    """Run the rules over each form as if it were a file of its own."""
    paths = [path for part in parts(document.value) for path in forms(part)]
    rules = [one for one in all_rules() if one.id in _RULES] if paths else []
    for path in paths:
        form = UiDefinition(_alone(document, path))
        for one in rules:
            for hit in _hits(one, form, package):
                yield hit._replace(spot=_in_view(hit.spot, document, path), sub=one.id, edits=(), related=())


def _hits(one: Rule, form: UiDefinition, package: Package) -> Iterator[Hit]:
    if one.body.check is not None:
        yield from one.body.check(form, package)


def _alone(document: Document, path: Path) -> Document:
    """A document of the form alone, every character of it where it stands in the view definition."""
    span = document.span(path)
    before, after = document.text[: span.start], document.text[span.end :]
    text = _NOT_A_LINE_END.sub(" ", before) + document.text[span.start : span.end] + _NOT_A_LINE_END.sub(" ", after)
    return Document.from_text(document.name, text, source_map=document.source_map)


def _in_view(spot: Spot, document: Document, path: Path) -> Spot:
    return Spot(document, path + spot.path, spot.key, spot.span)
