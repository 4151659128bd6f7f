"""What is left of an expression when only Azure can know its value: known parts become literals, the rest stays."""

from collections.abc import Iterable
from typing import Any

from packager.expressions.errors import LIMIT, ExpressionError
from packager.expressions.jsontext import number_text
from packager.expressions.kinds import ANY
from packager.expressions.nodes import Call, Index, IntegerLiteral, Node, Property, StringLiteral
from packager.expressions.printing import print_expression
from packager.expressions.scope import Scope
from packager.expressions.values import KINDS, Lambda, Unknown, Value

# In characters, about. Without a limit an unknown that is doubled sixty times would fill the memory when printed.
MAX_SIZE = 250_000
_LEAST, _MOST = -(2**31), 2**31 - 1


def residual(name: str, arguments: Iterable[Value], kinds: int = ANY, namespace: str | None = None) -> Unknown:
    """The unknown result of a call whose arguments are values or nodes."""
    nodes: list[Node] = []
    size = len(name) + 2
    for argument in arguments:
        kind = type(argument)
        if kind is Unknown:
            nodes.append(argument.node)
            size += argument.size + 2
        elif kind is str:
            nodes.append(StringLiteral(argument, 0, 0))
            size += len(argument) + 4
        else:
            node, length = _node(argument)
            nodes.append(node)
            size += length + 2
    return _bounded(Call(namespace, name, tuple(nodes), 0, 0), kinds, size)


def property_of(target: Unknown, name: str) -> Unknown:
    """An unknown's property."""
    if name.isidentifier() and name.isascii():
        return _bounded(Property(target.node, name, 0, 0), ANY, target.size + len(name) + 1)
    return _bounded(Index(target.node, StringLiteral(name, 0, 0), 0, 0), ANY, target.size + len(name) + 4)


def element_of(target: Value, index: Value) -> Unknown:
    """The element or property of a value at an index, one of which is unknown."""
    (node, size), (at, more) = _node(target), _node(index)
    return _bounded(Index(node, at, 0, 0), ANY, size + more + 2)


def unknown_text(unknown: Unknown) -> str:
    """The residual expression with its brackets."""
    return print_expression(unknown.node)


def to_node(value: Value) -> Node:
    """An expression that gives the value."""
    return _node(value)[0]


def _bounded(node: Node, kinds: int, size: int) -> Unknown:
    if size > MAX_SIZE:
        message = f"what is left of the expression has more than {MAX_SIZE:,} characters"
        raise ExpressionError(LIMIT, message, hint="give the values that it waits for, or make it smaller")
    return Unknown(node, kinds, size)


def _node(value: Any) -> tuple[Node, int]:
    """The node of a value, and about how long it is in print."""
    match value:
        case Unknown():
            return value.node, value.size
        case str():
            return StringLiteral(value, 0, 0), len(value) + 2
        case bool() | None:
            return Call(None, {True: "true", False: "false", None: "null"}[value], (), 0, 0), 6
        case int() if _LEAST <= value <= _MOST:
            return IntegerLiteral(value, 0, 0), 10
        case int() | float():
            text = number_text(value)
            return Call(None, "json", (StringLiteral(text, 0, 0),), 0, 0), len(text) + 8
        case list():
            return _container("createArray", value)
        case dict():
            return _container("createObject", [item for pair in value.items() for item in pair])
        case StringLiteral() | IntegerLiteral() | Call() | Property() | Index():
            return value, max(value.end - value.start, 1)
    return _lambda(value)


def _lambda(value: Lambda) -> tuple[Node, int]:
    """The lambda with everything in its body replaced that does not depend on its parameters."""
    names = [StringLiteral(name, 0, 0) for name in value.parameters]
    unknown = {name.value.lower(): Unknown(Call(None, "lambdaVariables", (name,), 0, 0)) for name in names}
    scope: Scope = value.scope
    try:
        body = value.body(Scope(scope.world, scope.copies, {**scope.lambdas, **unknown}))
    except ExpressionError:
        return value.node, value.node.end - value.node.start
    made = residual("lambda", [*names, body])
    return made.node, made.size


def narrowed(gives: int, values: Iterable[Value]) -> int:
    """The types of a result that has the type of the arguments: those of `gives` that all of them allow."""
    for value in values:
        kinds = gives & (value.kinds if type(value) is Unknown else KINDS[type(value)])
        gives = kinds or gives
    return gives


def _container(name: str, items: list[Value]) -> tuple[Node, int]:
    made = residual(name, items)
    return made.node, made.size
