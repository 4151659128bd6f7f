"""Follows references to variables to the values that they stand for, as far as names and indexes are literal."""

from functools import lru_cache
from typing import Any

from packager.arm.template import Template, key_of
from packager.expressions.errors import ExpressionError
from packager.expressions.nodes import (
    Index,
    IntegerLiteral,
    Node,
    Property,
    StringLiteral,
    is_call,
    literal_argument,
)
from packager.expressions.parser import is_expression, parse
from packager.source.reading import ABSENT

# A variable may refer to another one; a chain of more is a circle, which Azure refuses.
_MAX_STEPS = 32


@lru_cache(maxsize=4096)
def parsed(text: str) -> Node | None:
    """The tree of an expression; None for other text, and where it cannot be read."""
    try:
        return parse(text) if is_expression(text) else None
    except ExpressionError:
        return None


def followed(value: Any, template: Template) -> Any:
    """The value behind `[variables('x').y[0]]`, again and again; anything else, or the last that leads on, as it is."""
    for _ in range(_MAX_STEPS):
        node = parsed(value) if isinstance(value, str) else None
        found = ABSENT if node is None else _variable(node, template, 0)
        if found is ABSENT:
            return value
        value = found
    return value


def variable_steps(node: Node) -> tuple[str | int, ...] | None:
    """The name of a variable and the steps into it that `variables('x').y[0]` takes; None unless all are literal."""
    steps: list[str | int] = []
    while isinstance(node, (Property, Index)):
        step = node.name if isinstance(node, Property) else _literal(node.index)
        if step is None:
            return None
        steps.append(step)
        node = node.target
    name = literal_argument(node, 0) if is_call(node, "variables") else None
    return None if name is None else (name, *reversed(steps))


def _variable(node: Node, template: Template, depth: int) -> Any:
    """The value of a reference with its properties and indexes; ABSENT where it is something else or leads nowhere."""
    steps = None if depth > _MAX_STEPS else variable_steps(node)
    if steps is None:
        return ABSENT
    value: Any = template.variables
    for step in steps:
        value = _inside(value, step, template, depth)
    return value


def _literal(node: Node) -> str | int | None:
    return node.value if isinstance(node, (StringLiteral, IntegerLiteral)) else None


def _inside(value: Any, step: str | int, template: Template, depth: int) -> Any:
    if isinstance(value, str):
        # A property of a variable that is itself an expression: follow that one first.
        inner = parsed(value)
        value = ABSENT if inner is None else _variable(inner, template, depth + 1)
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(key_of(value, step), ABSENT)
    if isinstance(value, list) and isinstance(step, int):
        return value[step] if 0 <= step < len(value) else ABSENT
    return ABSENT
