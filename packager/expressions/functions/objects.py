"""Objects. Keys are compared without regard to case, and keep the spelling in which they came first."""

from packager.expressions.access import reach
from packager.expressions.errors import ARGUMENT_COUNT, ARGUMENT_TYPE, ExpressionError
from packager.expressions.function import function
from packager.expressions.kinds import ANY, ARRAY, INTEGER, NULL, OBJECT, STRING, VALUE, names_of
from packager.expressions.values import Value, kind_of
from packager.source.folding import folded


@function(
    STRING,
    VALUE,
    gives=OBJECT,
    repeats=2,
    required=0,
    names=("key", "value"),
    example="createObject('a', 1, 'b', true())",
    result={"a": 1, "b": True},
)
def create_object(*pairs: Value) -> dict[str, Value]:
    """An object of keys and values in turn."""
    if len(pairs) % 2:
        raise ExpressionError(ARGUMENT_COUNT, "createObject takes keys and values in turn; the last key has no value")
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


@function(
    OBJECT,
    gives=ARRAY,
    example="items(createObject('b', 2, 'a', 1))",
    result=[{"key": "a", "value": 1}, {"key": "b", "value": 2}],
)
def items(inner_object: dict[str, Value]) -> list[Value]:
    """The keys and values as an array, in the order of the keys."""
    return [{"key": key, "value": inner_object[key]} for key in sorted(inner_object, key=folded)]


@function(OBJECT, gives=ARRAY, example="objectKeys(createObject('b', 2, 'a', 1))", result=["a", "b"])
def object_keys(inner_object: dict[str, Value]) -> list[Value]:
    """The keys, in their order."""
    return sorted(inner_object, key=folded)


@function(
    ARRAY,
    gives=OBJECT,
    example="shallowMerge(createArray(createObject('a', 1), createObject('a', 2, 'b', 3)))",
    result={"a": 2, "b": 3},
)
def shallow_merge(input_array: list[Value]) -> dict[str, Value]:
    """One object of several: a later property replaces an earlier one, objects in them too."""
    result: dict[str, Value] = {}
    spellings: dict[str, str] = {}
    for entry in input_array:
        if kind_of(entry) != OBJECT:
            raise ExpressionError(ARGUMENT_TYPE, f"shallowMerge merges objects, not {names_of(kind_of(entry))}")
        for key, value in entry.items():
            result[spellings.setdefault(folded(key), key)] = value
    return result


@function(
    NULL | OBJECT | ARRAY,
    STRING | INTEGER,
    VALUE,
    gives=ANY,
    names=("itemToTest", "keyOrIndex", "more"),
    required=2,
    example="tryGet(createObject('a', 1), 'b')",
    result=None,
)
def try_get(item: Value, key: Value, *more: Value) -> Value:
    """A property or item, and what is below it; null when it is absent."""
    return reach(item, (key, *more))


@function(
    NULL | ARRAY,
    INTEGER,
    VALUE,
    gives=ANY,
    names=("array", "reverseIndex", "more"),
    required=2,
    example="tryIndexFromEnd(createArray('one', 'two'), 3)",
    result=None,
)
def try_index_from_end(item: Value, reverse_index: int, *more: Value) -> Value:
    """The item that many places from the end, and what is below it; null when it is absent."""
    if item is None or not 1 <= reverse_index <= len(item):
        return None
    return reach(item[-reverse_index], more)
