"""What portal expressions evaluate to: JSON values with JavaScript's rules, and `undefined` among them."""

import math
from collections.abc import Mapping
from typing import Any, Final, final

# UNDEFINED, None, bool, int, float, str, list or a mapping; lists and mappings are never changed.
Value = Any
Number = int | float
# A double holds every whole number up to this one.
EXACT = 2**53
_MOST_INDEX = 2**32 - 1


@final
class Undefined:
    """The type of `UNDEFINED`: the value of what is hidden, has no answer yet, or does not exist."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "undefined"

    def __bool__(self) -> bool:
        return False

    def __reduce__(self) -> str:
        return "UNDEFINED"


UNDEFINED: Final = Undefined()


def is_missing(value: Value) -> bool:
    """Whether a value is null or undefined."""
    return value is None or value is UNDEFINED


def is_true(value: Value) -> bool:
    """Truth as JavaScript has it: empty lists and objects are true, empty texts, 0 and NaN are not."""
    if isinstance(value, (list, Mapping)):
        return True
    return bool(value) and value == value


def is_number(value: Value) -> bool:
    """Whether a value is a number; true and false are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def number(value: Number) -> Number:
    """A number as a double has it: whole ones are int where they are exact, so that 2.0 is 2 and -0 is 0."""
    if isinstance(value, int):
        if -EXACT <= value <= EXACT:
            return value
        try:
            value = float(value)
        except OverflowError:
            return math.inf if value > 0 else -math.inf
    return int(value) if value.is_integer() and abs(value) <= EXACT else value


def same(first: Value, second: Value) -> bool:
    """Strict equality, in depth: types count, the order of an object's members does not."""
    stack = [(first, second)]
    while stack:
        one, other = stack.pop()
        if isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                return False
            stack += zip(one, other, strict=True)
        elif isinstance(one, Mapping) and isinstance(other, Mapping):
            if one.keys() != other.keys():
                return False
            stack += [(one[key], other[key]) for key in one]
        elif not _same_scalar(one, other):
            return False
    return True


def _same_scalar(one: Value, other: Value) -> bool:
    if is_number(one) and is_number(other):
        return bool(one == other)
    return type(one) is type(other) and bool(one == other)


def members_of(value: Mapping[str, Value]) -> list[tuple[str, Value]]:
    """An object's members as JavaScript orders them: names that are array indexes first, the rest as written."""
    indexes = sorted((name for name in value if _is_index(name)), key=int)
    if not indexes:
        return list(value.items())
    return [(name, value[name]) for name in (*indexes, *(name for name in value if not _is_index(name)))]


def _is_index(name: str) -> bool:
    is_plain = name.isascii() and name.isdigit() and (name[0] != "0" or name == "0")
    return is_plain and len(name) <= 10 and int(name) < _MOST_INDEX


def json_form(value: Value) -> Value:
    """The value as JSON can hold it: without undefined members, null for undefined items and for endless numbers.

    `undefined` alone is null: whoever prints it says so beside it.
    """
    if isinstance(value, list):
        return [json_form(item) for item in value]
    if isinstance(value, Mapping):
        return {name: json_form(item) for name, item in members_of(value) if item is not UNDEFINED}
    if isinstance(value, float):
        return number(value) if math.isfinite(value) else None
    return None if value is UNDEFINED else value


def kind_name(value: Value) -> str:
    """The type of a value in a word, for messages."""
    if value is UNDEFINED:
        return "undefined"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object" if isinstance(value, Mapping) else "number"
