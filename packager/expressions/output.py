"""Values as JSON documents show them: an unknown is `{"$unknown": "<residual expression>"}`."""

from typing import Any

from packager.expressions.limits import measure
from packager.expressions.residual import unknown_text
from packager.expressions.values import Unknown, Value

# Types that are what they are in print.
PLAIN = frozenset({str, int, bool, type(None)})


def plain(value: Value) -> Any:
    """The value without unknowns. Raises ExpressionError when it is deeper or larger than a document can be."""
    if type(value) in PLAIN:
        return value
    if type(value) is Unknown:
        return {"$unknown": unknown_text(value)}
    measure(value)
    return unmeasured(value)


def unmeasured(value: Value) -> Any:
    """The same for a value that was measured before."""
    return value if type(value) in PLAIN else _plain(value)


def _plain(value: Value) -> Any:
    kind = type(value)
    if kind is float:
        return value
    if kind is list:
        return [item if type(item) in PLAIN else _plain(item) for item in value]
    if kind is dict:
        return {key: item if type(item) in PLAIN else _plain(item) for key, item in value.items()}
    return {"$unknown": unknown_text(value)} if kind is Unknown else value
