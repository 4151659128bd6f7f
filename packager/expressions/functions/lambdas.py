"""Functions over arrays and objects that take an expression to apply to each item."""

from packager.expressions.errors import ARGUMENT_COUNT, ARGUMENT_TYPE, UNDEFINED_LAMBDA_VARIABLE, ExpressionError
from packager.expressions.function import Argument, function
from packager.expressions.jsontext import plain_text
from packager.expressions.kinds import ANY, ARRAY, BOOLEAN, INTEGER, LAMBDA, OBJECT, STRING, VALUE, names_of
from packager.expressions.scope import Scope
from packager.expressions.values import Lambda, Value, kind_of
from packager.source.nearest import did_you_mean

# Calling a lambda once takes about as long as copying that many items.
_COST = 100


@function(
    ARRAY,
    LAMBDA,
    gives=ARRAY,
    example="filter(createArray(1, 2, 3), lambda('i', less(lambdaVariables('i'), 3)))",
    result=[1, 2],
)
def filter_(input_array: list[Value], lambda_function: Lambda) -> list[Value]:
    """The items for which the lambda is true."""
    _expect("filter", lambda_function, 1, 2)
    return [item for index, item in enumerate(input_array) if _decision("filter", _call(lambda_function, item, index))]


@function(
    ARRAY,
    LAMBDA,
    gives=ARRAY,
    example="map(createArray('a', 'b'), lambda('x', toUpper(lambdaVariables('x'))))",
    result=["A", "B"],
)
def map_(input_array: list[Value], lambda_function: Lambda) -> list[Value]:
    """What the lambda makes of each item."""
    _expect("map", lambda_function, 1, 2)
    return [_call(lambda_function, item, index) for index, item in enumerate(input_array)]


@function(
    OBJECT,
    LAMBDA,
    gives=OBJECT,
    example="mapValues(createObject('a', 1), lambda('v', mul(lambdaVariables('v'), 2)))",
    result={"a": 2},
)
def map_values(input_object: dict[str, Value], lambda_function: Lambda) -> dict[str, Value]:
    """The object with what the lambda makes of each value."""
    _expect("mapValues", lambda_function, 1, 1)
    return {key: _call(lambda_function, value) for key, value in input_object.items()}


@function(
    ARRAY,
    VALUE,
    LAMBDA,
    gives=ANY,
    example="reduce(createArray(5, 3), 0, lambda('cur', 'next', add(lambdaVariables('cur'), lambdaVariables('next'))))",
    result=8,
)
def reduce(input_array: list[Value], initial_value: Value, lambda_function: Lambda) -> Value:
    """What the lambda makes of the items one after another, beginning with the initial value."""
    _expect("reduce", lambda_function, 2, 3)
    current = initial_value
    for index, item in enumerate(input_array):
        current = _call(lambda_function, current, item, index)
    return current


@function(
    ARRAY,
    LAMBDA,
    gives=ARRAY,
    example="sort(createArray(8, 3), lambda('x', 'y', less(lambdaVariables('x'), lambdaVariables('y'))))",
    result=[3, 8],
)
def sort(input_array: list[Value], lambda_function: Lambda) -> list[Value]:
    """The items in an order in which the lambda is true of each one and those behind it; equal ones keep theirs."""
    _expect("sort", lambda_function, 2, 2)
    runs = [[item] for item in input_array]
    while len(runs) > 1:
        pairs = [runs[start : start + 2] for start in range(0, len(runs), 2)]
        runs = [_merged(*pair, lambda_function) if len(pair) == 2 else pair[0] for pair in pairs]  # type: ignore[call-arg, arg-type]
    return runs[0] if runs else []


def _merged(one: list[Value], other: list[Value], lambda_function: Lambda) -> list[Value]:
    """Two sorted lists as one; items of the first go first unless one of the second must."""
    result: list[Value] = []
    left = right = 0
    while left < len(one) and right < len(other):
        if _decision("sort", _call(lambda_function, other[right], one[left])):
            result.append(other[right])
            right += 1
        else:
            result.append(one[left])
            left += 1
    return result + one[left:] + other[right:]


@function(
    ARRAY,
    LAMBDA,
    LAMBDA,
    gives=OBJECT,
    example="toObject(createArray('a', 'b'), lambda('x', lambdaVariables('x')))",
    result={"a": "a", "b": "b"},
)
def to_object(
    input_array: list[Value], lambda_for_keys: Lambda, lambda_for_values: Lambda | None = None
) -> dict[str, Value]:
    """An object of the items, by the keys that the lambda makes of them."""
    return {
        _key("toObject", lambda_for_keys, item): _value("toObject", lambda_for_values, item) for item in input_array
    }


@function(
    ARRAY,
    LAMBDA,
    LAMBDA,
    gives=OBJECT,
    example="groupBy(createArray('foo', 'bar', 'baz'), lambda('x', substring(lambdaVariables('x'), 0, 1)))",
    result={"f": ["foo"], "b": ["bar", "baz"]},
)
def group_by(
    input_array: list[Value], lambda_for_keys: Lambda, lambda_for_values: Lambda | None = None
) -> dict[str, Value]:
    """The items in arrays, by the keys that the lambda makes of them."""
    groups: dict[str, Value] = {}
    for item in input_array:
        groups.setdefault(_key("groupBy", lambda_for_keys, item), []).append(_value("groupBy", lambda_for_values, item))
    return groups


@function(
    STRING,
    VALUE,
    gives=LAMBDA,
    form="lazy",
    required=2,
    names=("variable", "body"),
    example="map(createArray(1), lambda('x', lambdaVariables('x')))",
    result=[1],
)
def lambda_(scope: Scope, *arguments: Argument) -> Value:
    """An expression to apply to items: the names of its variables, then the expression. Only as an argument."""
    raise AssertionError(f"the binder makes lambdas itself: {scope} {arguments}")


@function(
    STRING, gives=ANY, form="scoped", example="map(createArray(1), lambda('x', lambdaVariables('x')))", result=[1]
)
def lambda_variables(scope: Scope, variable_name: str) -> Value:
    """The value of a variable of the lambda around."""
    found = scope.lambdas
    name = variable_name.lower()
    if name not in found:
        hint = "it can be used inside lambda() only" if not found else None
        message = f"there is no lambda variable '{variable_name[:80]}'{did_you_mean(variable_name, found)}"
        raise ExpressionError(UNDEFINED_LAMBDA_VARIABLE, message, None, hint)
    return found[name]


def _call(function: Lambda, *values: Value) -> Value:
    scope: Scope = function.scope
    scope.world.budget.spend(_COST)
    named = zip(function.parameters, values, strict=False)
    return function.body(
        Scope(scope.world, scope.copies, {**scope.lambdas, **{name.lower(): value for name, value in named}})
    )


def _expect(name: str, function: Lambda, least: int, most: int) -> None:
    count = len(function.parameters)
    if not least <= count <= most:
        wanted = str(least) if least == most else f"{least} or {most}"
        message = f"the lambda of {name} has {wanted} variable{'' if most == 1 else 's'}, not {count}"
        raise ExpressionError(ARGUMENT_COUNT, message, function.node.span)


def _decision(name: str, value: Value) -> bool:
    if kind_of(value) != BOOLEAN:
        message = f"the lambda of {name} gives bool, not {names_of(kind_of(value))}"
        raise ExpressionError(ARGUMENT_TYPE, message)
    return bool(value)


def _key(name: str, function: Lambda, item: Value) -> str:
    _expect(name, function, 1, 1)
    value = _call(function, item)
    if not kind_of(value) & (STRING | INTEGER):
        raise ExpressionError(
            ARGUMENT_TYPE, f"the lambda of {name} gives a text as key, not {names_of(kind_of(value))}"
        )
    return plain_text(value)


def _value(name: str, function: Lambda | None, item: Value) -> Value:
    if function is None:
        return item
    _expect(name, function, 1, 1)
    return _call(function, item)
