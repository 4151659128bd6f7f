"""Writes a tree as the text of an expression, in one fixed style."""

from collections.abc import Callable
from typing import Any

from packager.expressions.nodes import Call, IntegerLiteral, Node, Property, StringLiteral


def print_expression(node: Node) -> str:
    """The expression with its brackets; reading it again gives the same tree but for the spans."""
    return f"[{print_node(node)}]"


def quoted(text: str) -> str:
    """Text as a literal of the language."""
    return "'" + text.replace("'", "''") + "'"


def written(root: Any, take: Callable[[Any, list[str], list[Any]], None]) -> str:
    """The text of a tree of any depth.

    `take` adds what a node begins with to the parts, and puts the rest of it, texts and nodes, on the stack: the last
    one comes first.
    """
    parts: list[str] = []
    stack = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        else:
            take(item, parts, stack)
    return "".join(parts)


def print_node(root: Node) -> str:
    """The text of a node, without brackets around it."""
    return written(root, _take)


def _take(node: Node, parts: list[str], stack: list[Node | str]) -> None:
    if isinstance(node, StringLiteral):
        parts.append(quoted(node.value))
    elif isinstance(node, Call):
        _open(node, parts, stack)
    elif isinstance(node, IntegerLiteral):
        parts.append(str(node.value))
    elif isinstance(node, Property):
        stack += (f".{node.name}", node.target)
    else:
        stack += ("]", node.index, "[", node.target)


def _open(call: Call, parts: list[str], stack: list[Node | str]) -> None:
    """The name, and literal arguments up to the first other one; the rest is left for later."""
    parts.append(f"{call.full_name}(")
    arguments = call.arguments
    for position, argument in enumerate(arguments):
        between = ", " if position else ""
        if isinstance(argument, StringLiteral):
            parts.append(f"{between}{quoted(argument.value)}")
        elif isinstance(argument, IntegerLiteral):
            parts.append(f"{between}{argument.value}")
        else:
            stack.append(")")
            for later in arguments[:position:-1]:
                stack += (later, ", ")
            stack += (argument, between)
            return
    parts.append(")")
