"""Comparing values: in depth for equals, by size or by the alphabet for the others."""

from packager.expressions.dotnet.collation import collation_key
from packager.expressions.equality import same
from packager.expressions.errors import ARGUMENT_TYPE, ExpressionError
from packager.expressions.function import function
from packager.expressions.kinds import ANY, BOOLEAN, FLOAT, INTEGER, STRING
from packager.expressions.values import Value

_COMPARED = INTEGER | FLOAT | STRING


@function(ANY, ANY, gives=BOOLEAN, costly=True, example="equals(createArray('a'), createArray('a'))", result=True)
def equals(arg1: Value, arg2: Value) -> bool:
    """Whether two values are the same, with their types, in depth; case counts."""
    return same(arg1, arg2)


@function(_COMPARED, _COMPARED, gives=BOOLEAN, example="greater('A', 'a')", result=True)
def greater(arg1: Value, arg2: Value) -> bool:
    """Whether the first is larger, or comes later in the alphabet."""
    return _order(arg1, arg2) > 0


@function(_COMPARED, _COMPARED, gives=BOOLEAN, example="greaterOrEquals(2, 2)", result=True)
def greater_or_equals(arg1: Value, arg2: Value) -> bool:
    """Whether the first is as large as the second or larger."""
    return _order(arg1, arg2) >= 0


@function(_COMPARED, _COMPARED, gives=BOOLEAN, example="less(1, 2)", result=True)
def less(arg1: Value, arg2: Value) -> bool:
    """Whether the first is smaller, or comes earlier in the alphabet."""
    return _order(arg1, arg2) < 0


@function(_COMPARED, _COMPARED, gives=BOOLEAN, example="lessOrEquals('a', 'b')", result=True)
def less_or_equals(arg1: Value, arg2: Value) -> bool:
    """Whether the first is as small as the second or smaller."""
    return _order(arg1, arg2) <= 0


def _order(one: Value, other: Value) -> int:
    if isinstance(one, str) != isinstance(other, str):
        raise ExpressionError(ARGUMENT_TYPE, "two numbers or two texts can be compared", None, "use int() or string()")
    if not isinstance(one, str):
        return int(one > other) - int(one < other)
    first, second = collation_key(one), collation_key(other)
    return int(first > second) - int(first < second)
