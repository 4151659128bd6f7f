"""Follows references to variables to the values that they stand for, as far as names and indexes are literal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
    calls,
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


def _variable(node: Node, template: Template, depth: int) -> Any:
    """The value of a reference with its properties and indexes; ABSENT where it is something else or leads nowhere."""
    if depth > _MAX_STEPS:
        return ABSENT
    steps: list[str | int] = []
    while isinstance(node, (Property, Index)):
        step = node.name if isinstance(node, Property) else _literal(node.index)
        if step is None:
            return ABSENT
        steps.append(step)
        node = node.target
    name = literal_argument(node, 0) if is_call(node, "variables") else None
    if name is None:
        return ABSENT
    value: Any = template.variables
    for step in (name, *reversed(steps)):
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


def depends_on(text: str, template: Template, functions: tuple[str, ...]) -> bool:
    """Whether a value calls one of the functions, itself or through variables; `list*` is any name with that start.

    A variable that leads nowhere, or a name that is computed, counts as a call: nothing can be said of it.
    """
    wanted = tuple(name.lower() for name in functions)
    known = _uses_of_variables(template)
    seen: set[str] = set()
    waiting = [_uses((text,))]
    while waiting:
        uses = waiting.pop()
        if uses.is_open or any(_is_named(called, wanted) for called in uses.functions):
            return True
        for name in uses.variables - seen:
            seen.add(name)
            if name not in known:
                value = template.variables.get(key_of(template.variables, name), ABSENT)
                known[name] = _OPEN if value is ABSENT else _uses(_texts(value))
            waiting.append(known[name])
    return False


@dataclass(frozen=True, slots=True)
class _Uses:
    """What the expressions of a value call, and the variables that they read, by name in lower case."""

    functions: frozenset[str]
    variables: frozenset[str]
    is_open: bool


_OPEN = _Uses(frozenset(), frozenset(), is_open=True)


@lru_cache(maxsize=16)
def _uses_of_variables(_template: Template) -> dict[str, _Uses]:
    """What is known of a template's variables so far: each one is looked at once."""
    return {}


def _uses(texts: Iterable[str]) -> _Uses:
    functions: set[str] = set()
    variables: set[str] = set()
    is_open = False
    for text in texts:
        node = parsed(text)
        for call in calls(node) if node is not None else ():
            name = literal_argument(call, 0)
            if is_call(call, "variables"):
                is_open = is_open or name is None
                variables.add((name or "").lower())
            elif call.namespace is None:
                functions.add(call.name.lower())
    return _Uses(frozenset(functions), frozenset(variables), is_open)


def _is_named(called: str, wanted: tuple[str, ...]) -> bool:
    return any(called.startswith(name[:-1]) if name.endswith("*") else called == name for name in wanted)


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value, wherever they stand."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, (dict, list)):
            stack.extend(one.values() if isinstance(one, dict) else one)
