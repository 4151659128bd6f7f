"""Values as JSON documents show them: an unknown is `{"$unknown": "<residual expression>"}`."""

from typing import Any

from packager.expressions.errors import LIMIT, TOO_DEEP, ExpressionError
from packager.expressions.limits import MAX_ITEMS, MAX_NESTING
from packager.expressions.residual import unknown_text
from packager.expressions.values import Unknown, Value

_PLAIN = frozenset({str, int, float, bool, type(None)})


def plain(value: Value) -> Any:
    """The value without unknowns. Raises ExpressionError when it is deeper or larger than a document can be."""
    if type(value) in _PLAIN:
        return value
    if type(value) is Unknown:
        return {"$unknown": unknown_text(value)}
    measure(value)
    return _plain(value)


def measure(value: Value) -> int:
    """How many values there are in a value, itself included. Lists that occur twice count twice, as in print."""
    level, count, depth = [value], 1, 0
    while level:
        level = [
            item
            for container in level
            if type(container) is list or type(container) is dict
            for item in (container.values() if type(container) is dict else container)
        ]
        count += len(level)
        depth += 1
        if count > MAX_ITEMS:
            raise ExpressionError(LIMIT, f"the value has more than {MAX_ITEMS:,} parts")
        if depth > MAX_NESTING:
            raise ExpressionError(TOO_DEEP, f"the value is nested more than {MAX_NESTING} levels deep")
    return count


def _plain(value: Value) -> Any:
    kind = type(value)
    if kind is list:
        return [item if type(item) in _PLAIN else _plain(item) for item in value]
    if kind is dict:
        return {key: item if type(item) in _PLAIN else _plain(item) for key, item in value.items()}
    return {"$unknown": unknown_text(value)} if kind is Unknown else value
