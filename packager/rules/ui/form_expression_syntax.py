"""An expression of the form cannot be read.

The portal says nothing: a condition that cannot be read never hides its element, and a text shows the expression
itself.

An expression is the whole text between `[` and `]`; inside a longer text nothing is evaluated. There are no operators
and no indexes: `[greater(steps('a').count, 3)]`, `[first(steps('a').list)]`. A text that is no expression and stands
in brackets begins with two: `[[none]`. A pattern in brackets is written `^[...]$`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.errors import ExpressionError
from packager.source.lazy import lazy_pattern
from packager.source.span import Path, Span
from packager.source.spot import within
from packager.ui.definition import UiDefinition
from packager.ui.flow import OUTPUTS, texts
from packager.ui.nodes import Literal, walk
from packager.ui.parser import has_brackets, parse

CALL = lazy_pattern(r"\s*\[\s*[A-Za-z_$][\w$]*\s*\(")
EMBEDDED = lazy_pattern(r"\[\s*(?:steps|basics|location|resourceGroup|subscription|concat|coalesce|if)\s*\(")
BARE = lazy_pattern(r"(?:steps\('[^']+'\)(?:\.[\w-]+)+|basics\('[^']+'\)(?:\.[\w-]+)*)")
PATTERNS = frozenset({"regex", "customPasswordRegex"})


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every text of the form that stands in brackets, or looks as if something in it should be evaluated."""
    for path, text in texts(form.value):
        if has_brackets(text):
            yield from _in_brackets(form, path, text)
        elif text[:2] != "[[" and path[-1] not in PATTERNS:
            found = EMBEDDED.search(text)
            if found is not None and "]" in text[found.end() :]:
                message = "the portal evaluates nothing inside a longer text; join the parts with concat()"
                spot = within(form.document, path, Span(*found.span()))
                yield Hit(spot, message, sub="embedded", severity=Severity.WARNING)
            elif path[:2] == OUTPUTS and BARE.fullmatch(text):
                message = f"'{text[:60]}' is put out as it is; an expression stands in brackets"
                yield Hit(form.spot(path), message, sub="bare", severity=Severity.WARNING)


def _in_brackets(form: UiDefinition, path: Path, text: str) -> Iterator[Hit]:
    try:
        tree = parse(text)
    except ExpressionError as error:
        if path[-1] in PATTERNS and not CALL.match(text):
            message = "the portal takes a pattern in brackets for an expression; write ^[...]$"
            yield Hit(form.spot(path), message, sub="pattern", severity=Severity.WARNING)
        elif CALL.match(text):
            yield Hit(within(form.document, path, error.span or Span(0, len(text))), str(error))
        else:
            message = "the portal takes a text in brackets for an expression; begin it with two brackets: [["
            yield Hit(form.spot(path), message, sub="literal", severity=Severity.WARNING)
        return
    for node in walk(tree):
        if isinstance(node, Literal) and isinstance(node.value, str) and _has_two_quotes(text, node):
            message = r"two quotes for one are of the template language; the portal's own is \'"
            yield Hit(within(form.document, path, node.span), message, sub="quote", severity=Severity.WARNING)


def _has_two_quotes(text: str, node: Literal) -> bool:
    written = text[node.span.start : node.span.end]
    return written[:1] == "'" and "''" in written[1:-1]
