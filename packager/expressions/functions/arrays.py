"""Arrays, and what works on texts or objects in the same way."""

from collections.abc import Sequence

from packager.expressions.dotnet.casing import cut, units
from packager.expressions.equality import contains_item, key_of, same
from packager.expressions.errors import ARGUMENT_TYPE, ARGUMENT_VALUE, INDEX_OUT_OF_RANGE, ExpressionError
from packager.expressions.function import function
from packager.expressions.jsontext import plain_text
from packager.expressions.kinds import ANY, ARRAY, BOOLEAN, FLOAT, INTEGER, NULL, OBJECT, STRING, VALUE, names_of
from packager.expressions.limits import refuse_items, refuse_text
from packager.expressions.values import KINDS, Undecided, Unknown, Value, kind_of
from packager.source.folding import folded


@function(ANY, gives=ARRAY, example="array('efgh')", result=["efgh"])
def array(value_to_convert: Value) -> list[Value]:
    """An array of one item; an array stays as it is."""
    return value_to_convert if isinstance(value_to_convert, list) else [value_to_convert]


@function(
    VALUE, gives=ARRAY, required=0, names=("value",), example="createArray('a', 'b', 'c')", result=["a", "b", "c"]
)
def create_array(*values: Value) -> list[Value]:
    """An array of the arguments."""
    return list(values)


@function(
    STRING | INTEGER | FLOAT | BOOLEAN | ARRAY,
    gives=STRING | ARRAY,
    follows=True,
    required=1,
    names=("value",),
    example="concat('left', '-', 'right')",
    result="left-right",
)
def concat(*values: Value) -> Value:
    """One text of several, or one array of several; numbers and True or False become text."""
    kinds = 0
    for value in values:
        kinds |= KINDS[type(value)]
    if not kinds & ARRAY:
        texts = [plain_text(value) for value in values]
        refuse_text(sum(map(len, texts)))
        return "".join(texts)
    if kinds != ARRAY:
        hint = "wrap single values in createArray(), or join the array first"
        raise ExpressionError(ARGUMENT_TYPE, "concat takes arrays only or none", None, hint)
    refuse_items(sum(map(len, values)))
    return [item for value in values for item in value]


@function(
    STRING | ARRAY | OBJECT, ANY, gives=BOOLEAN, costly=True, example="contains(createArray(1, 2, 3), 3)", result=True
)
def contains(container: Value, item_to_find: Value) -> bool:
    """Whether a text has another (case counts), an array an item, or an object a key (ignoring case)."""
    if isinstance(container, list):
        return contains_item(container, item_to_find)
    if isinstance(container, str):
        return plain_text(item_to_find) in container
    if kind_of(item_to_find) != STRING:
        raise ExpressionError(ARGUMENT_TYPE, f"the key of an object is a text, not {names_of(kind_of(item_to_find))}")
    wanted = folded(item_to_find)
    return item_to_find in container or any(folded(key) == wanted for key in container)


@function(ARRAY, gives=ARRAY, costly=True, example="distinct(createArray('a', 'b', 'a'))", result=["a", "b"])
def distinct(array: list[Value]) -> list[Value]:
    """The array without repeated items."""
    return merged([array])


@function(ANY, gives=BOOLEAN, example="empty(createArray())", result=True)
def empty(item_to_test: Value) -> bool:
    """Whether a value is null, or a text, array or object without anything in it."""
    return item_to_test is None or (KINDS[type(item_to_test)] & (STRING | ARRAY | OBJECT) > 0 and not item_to_test)


@function(STRING | ARRAY, gives=ANY, example="first(createArray('one', 'two'))", result="one")
def first(value: Value) -> Value:
    """The first item of an array (null without any) or the first character of a text."""
    if isinstance(value, str):
        return cut(value, 0, 1)
    return value[0] if value else None


@function(STRING | ARRAY, gives=ANY, example="last(createArray('one', 'two'))", result="two")
def last(value: Value) -> Value:
    """The last item of an array (null without any) or the last character of a text."""
    if isinstance(value, str):
        return cut(value, max(units(value) - 1, 0), units(value))
    return value[-1] if value else None


@function(ARRAY, gives=ARRAY, example="flatten(createArray(createArray(1), createArray(2, 3)))", result=[1, 2, 3])
def flatten(array_to_flatten: list[Value]) -> list[Value]:
    """The items of the arrays in an array, one level deep."""
    items: list[Value] = []
    for item in array_to_flatten:
        if type(item) is Unknown:
            raise Undecided
        items += item if isinstance(item, list) else [item]
        refuse_items(len(items))
    return items


@function(ARRAY, INTEGER, gives=ANY, example="indexFromEnd(createArray('one', 'two'), 1)", result="two")
def index_from_end(array: list[Value], reverse_index: int) -> Value:
    """The item that many places from the end; 1 is the last one."""
    if not 1 <= reverse_index <= len(array):
        message = f"there is no item {reverse_index} from the end of an array of {len(array)}"
        raise ExpressionError(INDEX_OUT_OF_RANGE, message)
    return array[-reverse_index]


@function(STRING | ARRAY | OBJECT, gives=INTEGER, example="length('One Two')", result=7)
def length(value: Value) -> int:
    """The number of items, of UTF-16 characters or of keys."""
    return units(value) if isinstance(value, str) else len(value)


@function(INTEGER, INTEGER, gives=ARRAY, example="range(5, 3)", result=[5, 6, 7])
def range_(start_index: int, count: int) -> list[int]:
    """That many whole numbers from a start, 10,000 at most."""
    if not 0 <= count <= 10_000:
        raise ExpressionError(ARGUMENT_VALUE, f"range makes 0 to 10,000 numbers, not {count}")
    if start_index + count > 2**31 - 1 or start_index < -(2**31):
        raise ExpressionError(ARGUMENT_VALUE, "the numbers of a range have 32 bits")
    return list(range(start_index, start_index + count))


@function(STRING | ARRAY, INTEGER, gives=STRING | ARRAY, follows=True, example="skip('one two', 4)", result="two")
def skip(original_value: Value, number_to_skip: int) -> Value:
    """What follows after that many items or characters."""
    start = max(number_to_skip, 0)
    return (
        cut(original_value, start, units(original_value)) if isinstance(original_value, str) else original_value[start:]
    )


@function(STRING | ARRAY, INTEGER, gives=STRING | ARRAY, follows=True, example="take('one two', 3)", result="one")
def take(original_value: Value, number_to_take: int) -> Value:
    """The first so many items or characters."""
    end = max(number_to_take, 0)
    return cut(original_value, 0, end) if isinstance(original_value, str) else original_value[:end]


@function(
    ARRAY | OBJECT,
    ARRAY | OBJECT,
    ARRAY | OBJECT,
    gives=ARRAY | OBJECT,
    follows=True,
    names=("arg1", "arg2", "arg"),
    required=2,
    costly=True,
    example="intersection(createArray(1, 2, 3), createArray(3, 2))",
    result=[2, 3],
)
def intersection(first: Value, second: Value, *more: Value) -> Value:
    """The items or properties that all arguments have, in the order of the first."""
    others = (second, *more)
    _alike("intersection", (first, *others))
    if isinstance(first, list):
        keys = [frozenset(map(key_of, other)) for other in others]
        return merged([[item for item in first if all(key_of(item) in found for found in keys)]])
    folds = [{folded(key): value for key, value in other.items()} for other in others]
    return {
        key: value
        for key, value in first.items()
        if all(folded(key) in fold and same(value, fold[folded(key)]) for fold in folds)
    }


@function(
    ARRAY | OBJECT | NULL,
    ARRAY | OBJECT | NULL,
    ARRAY | OBJECT | NULL,
    gives=ARRAY | OBJECT,
    follows=True,
    names=("arg1", "arg2", "arg"),
    required=2,
    costly=True,
    example="union(createArray('one', 'two'), createArray('two', 'three'))",
    result=["one", "two", "three"],
)
def union(first: Value, second: Value, *more: Value) -> Value:
    """All items once, or all properties: objects in them are merged, anything else is replaced by the later one."""
    given = [value for value in (first, second, *more) if value is not None]
    _alike("union", given)
    if not given:
        return None
    if isinstance(given[0], list):
        return merged(given)
    result = given[0]
    for value in given[1:]:
        result = _united(result, value)
    return result


def _united(first: dict[str, Value], second: dict[str, Value]) -> dict[str, Value]:
    """Deep merge; a key keeps the spelling that came first."""
    result = dict(first)
    spellings: dict[str, str] | None = None
    for key, value in second.items():
        if key not in result:
            if spellings is None:
                spellings = {folded(known): known for known in first}
            key = spellings.get(folded(key), key)
        old = result.get(key)
        result[key] = _united(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def merged(arrays: Sequence[list[Value]]) -> list[Value]:
    """The different items of all arrays, in the order in which they first come. Raises Undecided for unknown ones."""
    items: dict[object, Value] = {}
    for item in (item for array in arrays for item in array):
        items.setdefault(key_of(item), item)
    refuse_items(len(items))
    return list(items.values())


def _alike(name: str, values: Sequence[Value]) -> None:
    if len({type(value) for value in values}) > 1:
        raise ExpressionError(ARGUMENT_TYPE, f"{name} takes arrays only or objects only")
