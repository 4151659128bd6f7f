"""Outputs of a template: values, loops and conditions."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from packager.arm.expansion import OUTPUT_TYPE, Output
from packager.arm.parameters import problems, resolve
from packager.arm.template import key_of, member
from packager.arm.world import TemplateWorld
from packager.expressions.copying import checked_count, unknown_loop
from packager.expressions.errors import ExpressionError
from packager.expressions.limits import measure
from packager.expressions.scope import Scope
from packager.expressions.structure import bind_value, evaluate_value
from packager.expressions.values import Unknown, Value
from packager.source.span import Path

Report = Callable[[ExpressionError, Path], None]


def evaluate_outputs(
    template: Mapping[str, Any], base: Path, scope: Scope, report: Report, world: TemplateWorld
) -> Iterator[tuple[str, Output, Path]]:
    """Name, value and place of the value of each output.

    One that cannot be evaluated is reported, one with a false condition left out.
    """
    section = key_of(template, "outputs")
    outputs = template.get(section)
    for name, declared in outputs.items() if isinstance(outputs, dict) else ():
        if not isinstance(declared, dict):
            continue
        path = (*base, section, name)
        try:
            if _value(declared, "condition", scope, path) is False:
                continue
            value = _output(declared, scope, path)
            measure(value)
            resolved = resolve(declared, world.definitions())
            _check(value, declared, name, path, world)
        except ExpressionError as error:
            report(error, path)
            continue
        yield name, Output(str(member(resolved, "type") or ""), value), _place(declared, path)


def _place(declared: Mapping[str, Any], path: Path) -> Path:
    """Where the value of an output stands; of a loop, what each of its items is made from."""
    loop = member(declared, "copy")
    if isinstance(loop, dict):
        return (*path, key_of(declared, "copy"), key_of(loop, "input"))
    return (*path, key_of(declared, "value"))


def _value(declared: Mapping[str, Any], name: str, scope: Scope, path: Path) -> Value:
    key = key_of(declared, name)
    return evaluate_value(declared.get(key), scope, (*path, key), copies=False)


def _output(declared: Mapping[str, Any], scope: Scope, path: Path) -> Value:
    loop = member(declared, "copy")
    if not isinstance(loop, dict):
        return _value(declared, "value", scope, path)
    place = (*path, key_of(declared, "copy"))
    count = _value(loop, "count", scope, place)
    key = key_of(loop, "input")
    code = bind_value(loop.get(key), (*place, key), copies=False)
    if type(count) is Unknown:
        return unknown_loop("", count, loop.get(key), code, scope)
    times = checked_count(count, (*place, key_of(loop, "count")))
    scopes = (Scope(scope.world, {**scope.copies, "": index}, scope.lambdas) for index in range(times))
    return [loop.get(key) if code is None else code(one) for one in scopes]


def _check(value: Value, declared: Mapping[str, Any], name: str, path: Path, world: TemplateWorld) -> None:
    for message in problems(value, declared, world.definitions(), f"the output '{name}'"):
        raise ExpressionError(OUTPUT_TYPE, message).within((*path, key_of(declared, "value")))
