"""What must be true for an element to be shown, and which expressions cope with one that is not."""

from functools import lru_cache

from packager.source.span import Span
from packager.ui.definition import Element, UiDefinition
from packager.ui.nodes import Call, Node, children
from packager.ui.parser import parse

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


@lru_cache(maxsize=256)
def unguarded(text: str) -> frozenset[Span]:
    """The places in an expression that can be read around which no function does something with undefined."""
    found: set[Span] = set()
    todo: list[Node] = [parse(text)]
    while todo:
        node = todo.pop()
        found.add(node.span)
        if not (isinstance(node, Call) and node.name.lower() in GUARDS):
            todo += children(node)
    return frozenset(found)
