"""Functions of numbers; they are doubles, and a text that is a number counts as one."""

import math

from packager.expressions.errors import ARGUMENT_VALUE, DIVISION_BY_ZERO, ExpressionError
from packager.ui.function import ARRAY, NUMBER, Frame, function
from packager.ui.numbers import whole
from packager.ui.values import Number, Value, number

MAX_RANGE = 10_000


@function(NUMBER, NUMBER, gives=NUMBER, example="add(1, 2)", result=3)
def add(first: Number, second: Number) -> Value:
    """The sum of two numbers."""
    return float(first) + float(second)


@function(NUMBER, NUMBER, gives=NUMBER, example="sub(3, 2)", result=1)
def sub(first: Number, second: Number) -> Value:
    """The first number less the second."""
    return float(first) - float(second)


@function(NUMBER, NUMBER, gives=NUMBER, example="mul(2, '3')", result=6)
def mul(first: Number, second: Number) -> Value:
    """The product of two numbers."""
    return float(first) * float(second)


@function(NUMBER, NUMBER, gives=NUMBER, example="div(7, 2)", result=3)
def div(first: Number, second: Number) -> Value:
    """The quotient without its fraction."""
    _refuse_zero(second)
    return float(whole(first / second))


@function(NUMBER, NUMBER, gives=NUMBER, example="mod(6, 4)", result=2)
def mod(first: Number, second: Number) -> Value:
    """What is left of a division, with the sign of the first number."""
    _refuse_zero(second)
    return math.fmod(first, second)


def _refuse_zero(divisor: Number) -> None:
    if divisor == 0:
        raise ExpressionError(DIVISION_BY_ZERO, "the divisor is 0")


@function(NUMBER, NUMBER, gives=NUMBER, example="min(1, 2)", result=1)
def min_(first: Number, *more: Number) -> Value:
    """The smallest number."""
    return min(first, *more) if more else first


@function(NUMBER, NUMBER, gives=NUMBER, example="max(1, 2)", result=2)
def max_(first: Number, *more: Number) -> Value:
    """The largest number."""
    return max(first, *more) if more else first


@function(NUMBER, gives=NUMBER, example="floor(3.14)", result=3)
def floor(value: Number) -> Value:
    """The largest whole number that is not above."""
    return math.floor(value)


@function(NUMBER, gives=NUMBER, example="ceil(3.14)", result=4)
def ceil(value: Number) -> Value:
    """The smallest whole number that is not below."""
    return math.ceil(value)


@function(NUMBER, NUMBER, gives=NUMBER, example="rand(7, 7)", result=7, form="framed")
def rand(frame: Frame, lowest: Number, highest: Number) -> Value:
    """A random whole number between two, both included; not for secrets."""
    low, high = math.ceil(lowest), math.floor(highest)
    if low > high:
        raise ExpressionError(ARGUMENT_VALUE, f"there is no whole number from {lowest} to {highest}")
    return frame.chance.randint(low, high)


@function(NUMBER, NUMBER, gives=ARRAY, example="range(1, 3)", result=[1, 2, 3])
def range_(start: Number, count: Number) -> Value:
    """So many whole numbers one after the other."""
    first, many = whole(start), whole(count)
    if not 0 <= many <= MAX_RANGE:
        raise ExpressionError(ARGUMENT_VALUE, f"range gives up to {MAX_RANGE:,} numbers, not {many}")
    return [number(first + step) for step in range(many)]
