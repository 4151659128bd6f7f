"""Writes the tree of a portal expression as text, in one fixed style."""

from decimal import Decimal

from packager.expressions.printing import written
from packager.ui.nodes import Call, Lambda, ListLiteral, Literal, Member, Node, ObjectLiteral, Variable


def print_expression(node: Node) -> str:
    """The expression with its brackets; reading it again gives the same tree but for the spans."""
    text = print_node(node)
    # Two brackets at the start would make a text of it.
    return f"[ {text}]" if text[:1] == "[" else f"[{text}]"


def print_node(root: Node) -> str:
    """The text of a node, without brackets around it."""
    return written(root, lambda node, _, stack: stack.extend(reversed(_pieces(node))))


def _pieces(node: Node) -> list[Node | str]:
    match node:
        case Literal():
            return [_literal(node.value)]
        case Variable():
            return [node.name]
        case Member():
            return [node.target, f".{node.name}"]
        case Call():
            return [f"{node.name}(", *_separated(node.arguments), ")"]
        case ListLiteral():
            return ["[", *_separated(node.items), "]"]
        case ObjectLiteral():
            members = [piece for name, value in node.members for piece in (", ", f"{_quoted(name)}: ", value)]
            return ["{", *members[1:], "}"]
        case Lambda():
            return [f"({node.parameter}) => ", node.body]


def _separated(nodes: tuple[Node, ...]) -> list[Node | str]:
    pieces: list[Node | str] = []
    for place, node in enumerate(nodes):
        pieces += (", ", node) if place else (node,)
    return pieces


def _literal(value: str | float | bool | None) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    # The language has no exponents.
    return format(Decimal(repr(value)), "f")


def _quoted(text: str) -> str:
    r"""The text as a literal: a quote is `\'`, which is also what a backslash before a quote reads as.

    So a text in which a backslash stands before a quote or at the end has no literal of its own; double quotes help
    where there are none inside.
    """
    if "\\'" in text or text.endswith("\\"):
        return '"' + text.replace('"', '\\"') + '"'
    return "'" + text.replace("'", "\\'") + "'"
