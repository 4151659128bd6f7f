"""Copy loops that make a property or a variable: `{"name", "count", "input"}`."""

from collections.abc import Callable
from typing import Any

from packager.expressions.binding import Code
from packager.expressions.errors import ARGUMENT_TYPE, ARGUMENT_VALUE, NOT_ALLOWED_HERE, SYNTAX, ExpressionError
from packager.expressions.kinds import ARRAY, INTEGER, names_of
from packager.expressions.nodes import Call, StringLiteral, calls, is_runtime
from packager.expressions.residual import residual
from packager.expressions.scope import Scope
from packager.expressions.values import KINDS, Unknown, Value
from packager.source.span import Path

MAX_COUNT = 800
# A million turns in all are more than a template of 4 MB can show.
_TURN_COST = 50

Bind = Callable[[Any, Path], Code | None]


def property_copies(loops: list[Any], path: Path, bind: Bind) -> list[tuple[str, Code]]:
    """The name and code of each loop of a `copy` list."""
    return [_loop(loop, (*path, index), bind) for index, loop in enumerate(loops)]


def _loop(loop: Any, path: Path, bind: Bind) -> tuple[str, Code]:
    members = {key.lower(): (key, item) for key, item in loop.items()} if isinstance(loop, dict) else {}
    name = members.get("name", ("", None))[1]
    if not isinstance(name, str) or "count" not in members or "input" not in members:
        message = "a copy loop of properties has a name, a count and an input"
        raise ExpressionError(SYNTAX, message).within(path)
    (count_key, count), (input_key, value) = members["count"], members["input"]
    count_code, code = bind(count, (*path, count_key)), bind(value, (*path, input_key))

    def evaluate(scope: Scope) -> Value:
        times = count if count_code is None else count_code(scope)
        if type(times) is Unknown:
            try:
                return unknown_loop(name, times, value, code, scope)
            except ExpressionError as error:
                raise error.within((*path, count_key)) from None
        times = checked_count(times, (*path, count_key))
        scope.world.budget.spend(_TURN_COST * times)
        inner = [Scope(scope.world, {**scope.copies, name.lower(): index}, scope.lambdas) for index in range(times)]
        return [value if code is None else code(one) for one in inner]

    return name, evaluate


def checked_count(count: Value, path: Path) -> int:
    """A loop's count. Raises ExpressionError unless it is a whole number from 0 to 800."""
    if type(count) is not int:
        message = f"the count of a copy loop is int, not {names_of(KINDS[type(count)])}"
        raise ExpressionError(ARGUMENT_TYPE, message).within(path)
    if not 0 <= count <= MAX_COUNT:
        raise ExpressionError(ARGUMENT_VALUE, f"a copy loop runs 0 to {MAX_COUNT} times, not {count}").within(path)
    return count


def unknown_loop(name: str, times: Unknown, value: Any, code: Code | None, scope: Scope) -> Value:
    """A loop of unknown length as the map() that it is; that of an output has no name."""
    if not times.kinds & INTEGER:
        raise ExpressionError(ARGUMENT_TYPE, f"the count of a copy loop is int, not {names_of(times.kinds)}")
    if any(is_runtime(call) for call in calls(times.node)):
        message = "the count of a copy loop must be known before the deployment, and cannot use reference() or list*()"
        raise ExpressionError(NOT_ALLOWED_HERE, message)
    called = name or "index"
    variable = Unknown(Call(None, "lambdaVariables", (StringLiteral(called, 0, 0),), 0, 0), INTEGER, len(called) + 20)
    copies = {**scope.copies, name.lower(): variable}
    body = value if code is None else code(Scope(scope.world, copies, scope.lambdas))
    made = residual("lambda", [called, body])
    return residual("map", [residual("range", [0, times]), made], ARRAY)
