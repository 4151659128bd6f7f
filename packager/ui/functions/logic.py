"""Functions that decide and compare. Arguments are looked at one after the other, and only as far as needed."""

from packager.ui.function import ANY, BOOLEAN, NULL, NUMBER, STRING, VALUE, Code, Frame, function
from packager.ui.numbers import number_of
from packager.ui.texts import units
from packager.ui.values import UNDEFINED, Value, is_missing, is_true, same

_ORDERED = STRING | NUMBER | BOOLEAN | NULL


@function(VALUE, VALUE, gives=BOOLEAN, example="and(equals(0, 0), less(1, 2))", result=True, form="lazy", required=2)
def and_(frame: Frame, first: Code, *more: Code) -> Value:
    """Whether all are true; undefined is not."""
    return all(is_true(code(frame)) for code in (first, *more))


@function(VALUE, VALUE, gives=BOOLEAN, example="or(equals(0, 0), less(2, 1))", result=True, form="lazy", required=2)
def or_(frame: Frame, first: Code, *more: Code) -> Value:
    """Whether one is true; undefined is not."""
    return any(is_true(code(frame)) for code in (first, *more))


@function(VALUE, gives=BOOLEAN, example="not(equals(0, 0))", result=False)
def not_(value: Value) -> Value:
    """The contrary; true for undefined."""
    return not is_true(value)


@function(VALUE, VALUE, VALUE, gives=ANY, example="if(equals(42, mul(6, 7)), 'yes', 'no')", result="yes", form="lazy")
def if_(frame: Frame, condition: Code, when_true: Code, when_false: Code) -> Value:
    """The second argument when the first is true, else the third; undefined is not true."""
    return (when_true if is_true(condition(frame)) else when_false)(frame)


@function(VALUE, gives=ANY, example="coalesce(parse('null'), 'Contoso')", result="Contoso", form="lazy", required=1)
def coalesce(frame: Frame, *values: Code) -> Value:
    """The first value that is neither null nor undefined; an empty text, 0 and false are values."""
    value: Value = UNDEFINED
    for code in values:
        value = code(frame)
        if not is_missing(value):
            return value
    return value


@function(VALUE, VALUE, gives=BOOLEAN, example="equals('1', 1)", result=False)
def equals(first: Value, second: Value) -> Value:
    """Whether both are the same, with type and case; arrays and objects in depth."""
    return same(first, second)


@function(_ORDERED, _ORDERED, gives=BOOLEAN, example="less('9', '10')", result=False)
def less(first: Value, second: Value) -> Value:
    """Whether the first is smaller: two texts letter by letter, anything else as numbers."""
    left, right = _ordered(first, second)
    return left < right


@function(_ORDERED, _ORDERED, gives=BOOLEAN, example="lessOrEquals(2, 2)", result=True)
def less_or_equals(first: Value, second: Value) -> Value:
    """Whether the first is smaller or the same, compared as in less()."""
    left, right = _ordered(first, second)
    return left <= right


@function(_ORDERED, _ORDERED, gives=BOOLEAN, example="greater('24', 16)", result=True)
def greater(first: Value, second: Value) -> Value:
    """Whether the first is larger, compared as in less()."""
    left, right = _ordered(first, second)
    return left > right


@function(_ORDERED, _ORDERED, gives=BOOLEAN, example="greaterOrEquals(2, 2)", result=True)
def greater_or_equals(first: Value, second: Value) -> Value:
    """Whether the first is larger or the same, compared as in less()."""
    left, right = _ordered(first, second)
    return left >= right


def _ordered(first: Value, second: Value) -> tuple[Value, Value]:
    """Both sides in a form that Python compares as JavaScript does; what is no number is NaN and never in order."""
    if isinstance(first, str) and isinstance(second, str):
        return units(first), units(second)
    return number_of(first), number_of(second)
