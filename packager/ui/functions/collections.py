"""Functions of texts, arrays and objects as collections; texts are counted as JavaScript counts them."""

from collections.abc import Callable, Mapping
from typing import Any

from packager.expressions.limits import refuse_items
from packager.ui.function import (
    ANY,
    ARRAY,
    BOOLEAN,
    LAMBDA,
    NULL,
    NUMBER,
    OBJECT,
    STRING,
    UNDEFINED_KIND,
    VALUE,
    function,
)
from packager.ui.numbers import whole
from packager.ui.texts import joined, text_of, units
from packager.ui.values import UNDEFINED, Number, Value, is_missing, is_true, members_of, same

COLLECTION = STRING | ARRAY | OBJECT
_OPEN = COLLECTION | NULL | UNDEFINED_KIND


@function(_OPEN, VALUE, gives=BOOLEAN, example="contains('webapp', 'web')", result=True)
def contains(collection: Value, value: Value) -> Value:
    """Whether a text holds a text, an array an equal item, or an object a member of that name; false for undefined."""
    if isinstance(collection, list):
        return any(same(item, value) for item in collection)
    if is_missing(collection) or isinstance(value, (list, Mapping)) or is_missing(value):
        return False
    return text_of(value) in collection


@function(VALUE, gives=BOOLEAN, example="empty('')", result=True)
def empty(value: Value) -> Value:
    """Whether the value is null, undefined, or a text, array or object with nothing in it."""
    return is_missing(value) or (isinstance(value, (str, list, Mapping)) and not value)


@function(
    ARRAY,
    LAMBDA,
    gives=ARRAY,
    example="filter(parse('[1, 5, 7]'), (item) => greater(item, 3))",
    result=[5, 7],
)
def filter_(array: list[Value], predicate: Callable[[Value], Value]) -> Value:
    """The items for which the lambda is true."""
    return [item for item in array if is_true(predicate(item))]


@function(ARRAY, LAMBDA, gives=ARRAY, example="map(parse('[1, 2, 3]'), (item) => mul(2, item))", result=[2, 4, 6])
def map_(array: list[Value], mapping: Callable[[Value], Value]) -> Value:
    """What the lambda makes of each item."""
    return [mapping(item) for item in array]


@function(COLLECTION, gives=ANY, example="first('contoso')", result="c")
def first(collection: Any) -> Value:
    """The first character, item, or an object with the first member; undefined when there is none."""
    return _one(collection, slice(0, 1))


@function(COLLECTION, gives=ANY, example="last(parse('[1, 2, 3]'))", result=3)
def last(collection: Any) -> Value:
    """The last character, item, or an object with the last member; undefined when there is none."""
    return _one(collection, slice(-1, None))


def _one(collection: Any, part: slice) -> Value:
    if not collection:
        return UNDEFINED
    found = _sliced(collection, part)
    return found[0] if isinstance(found, list) else found


def _sliced(collection: Any, part: slice) -> Value:
    if isinstance(collection, str):
        return joined(units(collection)[part])
    return collection[part] if isinstance(collection, list) else dict(members_of(collection)[part])


@function(_OPEN, gives=NUMBER, example="length('Contoso')", result=7)
def length(collection: Any) -> Value:
    """The number of characters, items or members; 0 for undefined."""
    if is_missing(collection):
        return 0
    return len(units(collection)) if isinstance(collection, str) else len(collection)


@function(COLLECTION, NUMBER, gives=COLLECTION, example="skip('webapp', 3)", result="app")
def skip(collection: Any, count: Number) -> Value:
    """What is left after so many characters, items or members."""
    return _sliced(collection, slice(max(0, whole(count)), None))


@function(COLLECTION, NUMBER, gives=COLLECTION, example="take('webapp', 3)", result="web")
def take(collection: Any, count: Number) -> Value:
    """The first so many characters, items or members, or all when there are fewer."""
    return _sliced(collection, slice(0, max(0, whole(count))))


@function(STRING, STRING, gives=ARRAY, example="split('555-867-5309', '-')", result=["555", "867", "5309"])
def split(text: str, delimiter: str) -> Value:
    """The parts of a text between delimiters; each character when the delimiter is empty."""
    parts = text.split(delimiter) if delimiter else list(units(text))
    refuse_items(len(parts))
    return parts


@function(ANY, gives=ARRAY, example="createArray('a', 1)", result=["a", 1], standing="observed", required=0)
def create_array(*items: Value) -> Value:
    """An array of the arguments."""
    return list(items)
