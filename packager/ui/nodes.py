"""The tree of a portal expression. Offsets count in the JSON string value, its brackets included."""

from collections.abc import Iterator
from typing import NamedTuple

from packager.source.span import Span


class Literal(NamedTuple):
    """A text, a number, true, false or null."""

    value: str | float | bool | None
    span: Span


class Variable(NamedTuple):
    """A bare name: the parameter of a lambda, `$rowIndex` or `$item`."""

    name: str
    span: Span


class Call(NamedTuple):
    """`name(...)`."""

    name: str
    arguments: tuple["Node", ...]
    span: Span

    @property
    def name_span(self) -> Span:
        """The name alone."""
        return Span(self.span.start, self.span.start + len(self.name))


class Member(NamedTuple):
    """`target.name`; names may begin with digits and hold hyphens."""

    target: "Node"
    name: str
    span: Span


class ListLiteral(NamedTuple):
    """`[a, b]`."""

    items: tuple["Node", ...]
    span: Span


class ObjectLiteral(NamedTuple):
    """`{"name": value}`."""

    members: tuple[tuple[str, "Node"], ...]
    span: Span


class Lambda(NamedTuple):
    """`(parameter) => body`."""

    parameter: str
    body: "Node"
    span: Span


Node = Literal | Variable | Call | Member | ListLiteral | ObjectLiteral | Lambda


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in the order of the text."""
    match node:
        case Call():
            return node.arguments
        case Member():
            return (node.target,)
        case ListLiteral():
            return node.items
        case ObjectLiteral():
            return tuple(value for _, value in node.members)
        case Lambda():
            return (node.body,)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, outer ones first, then in the order of the text."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(children(current)))
