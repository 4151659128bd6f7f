"""Properties and items: how `.name` and `[index]` read a value."""

from collections.abc import Sequence

from packager.expressions.errors import (
    ARGUMENT_TYPE,
    INDEX_OUT_OF_RANGE,
    NULL_ACCESS,
    PROPERTY_NOT_FOUND,
    ExpressionError,
)
from packager.expressions.kinds import ARRAY, INTEGER, OBJECT, STRING, UNKNOWN, names_of
from packager.expressions.residual import element_of, property_of
from packager.expressions.values import KINDS, Unknown, Value, kind_of
from packager.source.folding import folded
from packager.source.nearest import did_you_mean

_MISSING = object()
_SHOWN = 12


def access(value: Value, key: Value) -> Value:
    """The property or item of a value. Raises ExpressionError when there is none."""
    if type(value) is dict and type(key) is str:
        found = value.get(key, _MISSING)
        return found if found is not _MISSING else _in_any_case(value, key)
    kind = KINDS[type(value)]
    if type(key) is Unknown or kind == UNKNOWN:
        return _unknown(value, key)
    if kind == ARRAY and type(key) is int:
        if not 0 <= key < len(value):
            message = f"there is no item {key} in an array of {len(value)}"
            raise ExpressionError(INDEX_OUT_OF_RANGE, message, None, "counting starts at 0")
        return value[key]
    raise _mismatch(value, key)


def find(value: dict[str, Value], key: str) -> Value:
    """The property in the exact spelling, else in any case; a private mark when there is none."""
    if key in value:
        return value[key]
    wanted = folded(key)
    return next((found for name, found in value.items() if folded(name) == wanted), _MISSING)


def reach(value: Value, keys: Sequence[Value]) -> Value:
    """What lies below a value along keys; null as soon as something is absent."""
    for key in keys:
        if type(key) is dict:
            value, key = _from_end(value, key)
        if value is None:
            return None
        if type(value) is Unknown or type(key) is Unknown:
            value = _unknown(value, key)
        elif type(value) is dict and type(key) is str:
            found = find(value, key)
            if found is _MISSING:
                return None
            value = found
        elif type(value) is list and type(key) is int:
            if not 0 <= key < len(value):
                return None
            value = value[key]
        else:
            raise _mismatch(value, key)
    return value


def _from_end(value: Value, key: dict[str, Value]) -> tuple[Value, Value]:
    """An index counted from the end, `{value, fromEnd}`, as one from the start."""
    index, from_end = key.get("value"), key.get("fromEnd")
    if type(value) is list and type(index) is int and from_end is True:
        return value, len(value) - index
    return value, index


def _in_any_case(value: dict[str, Value], key: str) -> Value:
    found = find(value, key)
    if found is not _MISSING:
        return found
    known = ", ".join(list(value)[:_SHOWN]) + (", ..." if len(value) > _SHOWN else "")
    message = f"the object has no property '{key[:80]}'{did_you_mean(key, value)}"
    raise ExpressionError(PROPERTY_NOT_FOUND, message, None, f"it has: {known}" if known else "it is empty")


def _unknown(value: Value, key: Value) -> Value:
    """What can be said of a property or item when the value or the key is unknown."""
    if type(value) is not Unknown:
        if not KINDS[type(value)] & (OBJECT | ARRAY):
            raise _mismatch(value, key)
        return element_of(value, key)
    if not value.kinds & (OBJECT | ARRAY):
        raise _mismatch(value, key)
    if type(key) is not str:
        return _hinted(element_of(value, key), value, None)
    if value.members is not None:
        found = find(dict(value.members), key)
        if found is not _MISSING:
            return found
        if value.closed:
            return _in_any_case(dict(value.members), key)
    return _hinted(property_of(value, key), value, key)


def _hinted(part: Unknown, whole: Unknown, key: str | None) -> Unknown:
    """A part of an unknown value with what the hint of the whole says of it."""
    hint = None if whole.hint is None else whole.hint.inside(key)
    return part if hint is None else part._replace(kinds=hint.kinds, hint=hint)


def _mismatch(value: Value, key: Value) -> ExpressionError:
    if value is None:
        return ExpressionError(NULL_ACCESS, "null has no properties or items", None, "guard it with tryGet()")
    kind = value.kinds if type(value) is Unknown else KINDS[type(value)]
    if kind == ARRAY:
        return ExpressionError(ARGUMENT_TYPE, f"an array is indexed with a whole number, not {_shown(key)}")
    if kind == OBJECT:
        return ExpressionError(ARGUMENT_TYPE, f"an object is read with the name of a property, not {_shown(key)}")
    return ExpressionError(ARGUMENT_TYPE, f"{names_of(kind)} has no properties or items")


def _shown(key: Value) -> str:
    kind = kind_of(key)
    return f"'{key[:40]}'" if kind == STRING else str(key) if kind == INTEGER else names_of(kind)
