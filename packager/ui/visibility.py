"""What must be true for an element to be shown, and which expressions cope with one that is not."""

from packager.source.span import Span
from packager.ui.definition import Element, UiDefinition
from packager.ui.nodes import Call, Node, children

# Functions that do something with undefined.
GUARDS = frozenset({"coalesce", "empty", "if", "equals", "contains", "not", "and", "or", "length"})


def conditions_of(form: UiDefinition, element: Element) -> frozenset[str]:
    """What must be true for an element to be shown: its own `visible`, and those of the sections around it."""
    found: set[str] = set()
    path = element.path
    while path:
        visible = form.document.at((*path, "visible"))
        if visible is False or (isinstance(visible, str) and visible.strip().lower() != "true"):
            found.add(str(visible))
        path = path[:-2] if path[-2:-1] == ("elements",) else ()
    return frozenset(found)


def is_unguarded(tree: Node, span: Span) -> bool:
    """Whether the reference at `span` stands in no function that does something with undefined."""
    node = tree
    while node.span != span:
        if isinstance(node, Call) and node.name.lower() in GUARDS:
            return False
        inner = next((one for one in children(node) if one.span.start <= span.start and span.end <= one.span.end), None)
        if inner is None:
            return False
        node = inner
    return True
