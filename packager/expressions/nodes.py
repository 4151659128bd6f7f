"""The tree of an expression. Offsets count in the JSON string value, its brackets included."""

from collections.abc import Iterator
from typing import NamedTuple

from packager.source.span import Span


class StringLiteral(NamedTuple):
    """Text in single quotes; `value` is without them."""

    value: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The literal with its quotes."""
        return Span(self.start, self.end)


class IntegerLiteral(NamedTuple):
    """A whole number of 32 bits. There are no other literals: true, false and null are functions."""

    value: int
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The digits and the sign."""
        return Span(self.start, self.end)


class Call(NamedTuple):
    """`name(...)`, or `namespace.name(...)` of a user-defined function."""

    namespace: str | None
    name: str
    arguments: tuple["Node", ...]
    start: int
    end: int

    @property
    def span(self) -> Span:
        """From the name to the closing bracket."""
        return Span(self.start, self.end)

    @property
    def full_name(self) -> str:
        """The name as written, with its namespace."""
        return self.name if self.namespace is None else f"{self.namespace}.{self.name}"

    @property
    def name_span(self) -> Span:
        """The name with its namespace."""
        return Span(self.start, self.start + len(self.full_name))


class SecretCall(Call):
    """A call that is left in place of something secret: a secure parameter, or a secret of a key vault."""

    __slots__ = ()


class Property(NamedTuple):
    """`target.name`."""

    target: "Node"
    name: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The target and the name."""
        return Span(self.start, self.end)

    @property
    def name_span(self) -> Span:
        """The name without the dot."""
        return Span(self.end - len(self.name), self.end)


class Index:
    """`target[index]`. No tuple, as those have an `index` of their own."""

    __slots__ = ("end", "index", "start", "target")
    __match_args__ = ("target", "index", "start", "end")

    def __init__(self, target: "Node", index: "Node", start: int, end: int) -> None:
        self.target = target
        self.index = index
        self.start = start
        self.end = end

    def __eq__(self, other: object) -> bool:
        """Nodes are values."""
        return isinstance(other, Index) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Index{self._key()!r}"

    def _key(self) -> tuple["Node", "Node", int, int]:
        return self.target, self.index, self.start, self.end

    @property
    def span(self) -> Span:
        """The target and the index with its brackets."""
        return Span(self.start, self.end)


Node = StringLiteral | IntegerLiteral | Call | Property | Index


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in the order of the text."""
    match node:
        case Call():
            return node.arguments
        case Property():
            return (node.target,)
        case Index():
            return (node.target, node.index)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, outer ones first, then in the order of the text."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(children(current)))


def is_call(node: Node, *names: str) -> bool:
    """Whether the node calls one of these built-in functions; names are compared ignoring case."""
    if not isinstance(node, Call) or node.namespace is not None:
        return False
    called = node.name.lower()
    return any(called == name.lower() for name in names)


def literal_argument(node: Node, position: int) -> str | None:
    """The text literal that a call has at `position`; None for anything else."""
    if isinstance(node, Call) and position < len(node.arguments):
        argument = node.arguments[position]
        if isinstance(argument, StringLiteral):
            return argument.value
    return None


def calls(node: Node, *names: str) -> Iterator[Call]:
    """All calls in the tree of these built-in functions, or of any function when no name is given."""
    for found in walk(node):
        if isinstance(found, Call) and (not names or is_call(found, *names)):
            yield found


def is_runtime(call: Call) -> bool:
    """Whether a call is answered by resources during the deployment: reference(), references() or list*()."""
    name = call.name.lower()
    return call.namespace is None and (name in ("reference", "references") or name.startswith("list"))
