"""JSON is put together around what the customer types.

A quote or a backslash in the text breaks the JSON, and `parse` then gives nothing.

Let `string()` write the quotes: `[parse(concat('{"name":', string(steps('s').name), '}'))]`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.spot import within
from packager.ui.definition import UiDefinition
from packager.ui.nodes import Literal, Node
from packager.ui.references import reference_of, resolve

FREE_TEXT = frozenset({"microsoft.common.textbox", "microsoft.common.passwordbox"})


@rule(on="form", severity=Severity.INFO)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Text boxes between texts that end and begin with a double quote, in a concat."""
    for path, call in form.flow.calls:
        parts = call.arguments if call.name.lower() == "concat" else ()
        for before, argument, behind in zip(parts, parts[1:], parts[2:], strict=False):
            name = _text_box(form, argument) if _ends(before, -1) and _ends(behind, 0) else None
            if name:
                message = f"a quote in the text of element '{name}' breaks the JSON around it; use string()"
                yield Hit(within(form.document, path, argument.span), message)


def _ends(node: Node, at: int) -> bool:
    return isinstance(node, Literal) and isinstance(node.value, str) and node.value.strip()[at:][:1] == '"'


def _text_box(form: UiDefinition, node: Node) -> str | None:
    reference = reference_of(node)
    element = resolve(form, reference).element if reference is not None else None
    return element.name if element is not None and element.type.lower() in FREE_TEXT else None
