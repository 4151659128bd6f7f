"""Whole numbers of 64 bits, and the one way to a fraction."""

import math

from packager.expressions.errors import ARGUMENT_TYPE, DIVISION_BY_ZERO, OVERFLOW, ExpressionError
from packager.expressions.function import function
from packager.expressions.kinds import ARRAY, FLOAT, INTEGER, NULL, STRING, names_of
from packager.expressions.values import Value, kind_of

# Compared, not looked up in a range: that would be a walk through it for numbers of a class of their own.
_LEAST, _MOST = -(2**63), 2**63 - 1
_DIGITS = 20
# The service is said to take digits in a text as a number here; nothing documents it, so it is no error.
_OPERAND = INTEGER | STRING


@function(_OPERAND, _OPERAND, gives=INTEGER, example="add(5, 3)", result=8)
def add(operand1: int, operand2: int) -> int:
    """The sum."""
    return _checked(_whole(operand1) + _whole(operand2), "add")


@function(_OPERAND, _OPERAND, gives=INTEGER, example="sub(7, 3)", result=4)
def sub(operand1: int, operand2: int) -> int:
    """The difference."""
    return _checked(_whole(operand1) - _whole(operand2), "sub")


@function(_OPERAND, _OPERAND, gives=INTEGER, example="mul(5, 3)", result=15)
def mul(operand1: int, operand2: int) -> int:
    """The product."""
    return _checked(_whole(operand1) * _whole(operand2), "mul")


@function(_OPERAND, _OPERAND, gives=INTEGER, example="div(8, 3)", result=2)
def div(operand1: int, operand2: int) -> int:
    """The quotient without its fraction."""
    dividend, divisor = _whole(operand1), _divisor(operand2)
    quotient = abs(dividend) // abs(divisor)
    return _checked(quotient if (dividend < 0) == (divisor < 0) else -quotient, "div")


@function(_OPERAND, _OPERAND, gives=INTEGER, example="mod(7, 3)", result=1)
def mod(operand1: int, operand2: int) -> int:
    """The remainder, with the sign of the dividend."""
    dividend, divisor = _whole(operand1), _divisor(operand2)
    remainder = abs(dividend) % abs(divisor)
    return -remainder if dividend < 0 else remainder


@function(STRING | INTEGER | FLOAT, gives=INTEGER, example="int('4')", result=4)
def int_(value_to_convert: Value) -> int:
    """A whole number of a text that consists of digits."""
    if isinstance(value_to_convert, float) and value_to_convert.is_integer():
        return _checked(int(value_to_convert), "int")
    return _whole(value_to_convert)


@function(STRING | INTEGER | FLOAT, gives=FLOAT, example="float('3.5')", result=3.5)
def float_(value: Value) -> float:
    """A number that may have a fraction."""
    try:
        found = float(value if not isinstance(value, str) else value.strip().replace("_", "x"))
    except (ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found):
        raise ExpressionError(ARGUMENT_TYPE, f"'{str(value)[:40]}' is no number")
    return found


@function(
    INTEGER | ARRAY,
    INTEGER,
    gives=INTEGER | NULL,
    required=1,
    names=("value", "more"),
    example="max(0, 3, 2)",
    result=3,
)
def max_(value: Value, *more: int) -> int | None:
    """The largest of the numbers, or of those in an array."""
    return max(_numbers("max", value, more), default=None)


@function(
    INTEGER | ARRAY,
    INTEGER,
    gives=INTEGER | NULL,
    required=1,
    names=("value", "more"),
    example="min(createArray(5, 3, 2))",
    result=2,
)
def min_(value: Value, *more: int) -> int | None:
    """The smallest of the numbers, or of those in an array."""
    return min(_numbers("min", value, more), default=None)


def _numbers(name: str, value: Value, more: tuple[int, ...]) -> list[int]:
    items = value if isinstance(value, list) and not more else [value, *more]
    for item in items:
        if kind_of(item) != INTEGER:
            raise ExpressionError(ARGUMENT_TYPE, f"{name} compares whole numbers, not {names_of(kind_of(item))}")
    return items


def _whole(value: Value) -> int:
    if isinstance(value, int):
        return _checked(value, "the number")
    text = value.strip() if isinstance(value, str) else ""
    digits = text.removeprefix("-").removeprefix("+") if text[:2] not in ("-+", "+-") else ""
    if not (digits.isascii() and digits.isdigit()):
        raise ExpressionError(ARGUMENT_TYPE, f"'{str(value)[:40]}' is no whole number")
    if len(digits.lstrip("0")) > _DIGITS:
        raise _overflow(text[:40])
    return _checked(int(digits.lstrip("0") or 0) * (-1 if text[0] == "-" else 1), "int")


def _divisor(value: Value) -> int:
    divisor = _whole(value)
    if divisor == 0:
        raise ExpressionError(DIVISION_BY_ZERO, "a number is divided by zero")
    return divisor


def _checked(value: int, name: str) -> int:
    if not _LEAST <= value <= _MOST:
        raise _overflow(name)
    return value


def _overflow(name: str) -> ExpressionError:
    return ExpressionError(OVERFLOW, f"the result of {name} does not fit into 64 bits")
