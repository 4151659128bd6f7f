"""What a parameter file gives: values as they stand, secrets of key vaults, and expressions over external inputs."""

from collections.abc import Mapping, Sequence
from typing import Any

from packager.arm.template import key_of, member
from packager.arm.world import unknown_parameter
from packager.expressions.errors import SYNTAX, ExpressionError
from packager.expressions.kinds import ANY
from packager.expressions.scope import Facts, Scope, World
from packager.expressions.structure import evaluate_value
from packager.expressions.values import Value

_KINDS = ("value", "reference", "expression")


class InputWorld(World):
    """What the expressions of a parameter file see: the external inputs that have values."""

    def __init__(self, facts: Facts, inputs: Any) -> None:
        super().__init__(facts, strict=False)
        self._inputs = inputs if isinstance(inputs, dict) else {}

    def runtime(self, name: str, arguments: Sequence[Value]) -> Value | None:
        """The value of an external input; None when it is not given."""
        found = member(self._inputs, str(arguments[0])) if name == "externalinputs" else None
        return member(found, "value") if isinstance(found, dict) else None


def given(content: Mapping[str, Any], facts: Facts) -> dict[str, Value]:
    """The values of a parameter file by name in lower case; what is null is not given.

    It has its full form, that without `$schema` and `contentVersion`, or plain values by name. A secret of a key vault
    is unknown. Raises ExpressionError, with a path, for an entry that has two values, or whose expression has none.
    """
    entries = member(content, "parameters")
    is_full = isinstance(entries, dict) and _is_full(content)
    world = InputWorld(facts, member(content, "externalInputs"))
    values = {}
    for name, entry in entries.items() if is_full and isinstance(entries, dict) else content.items():
        if is_full and isinstance(entry, dict) and any(kind in {key.lower() for key in entry} for kind in _KINDS):
            values[name.lower()] = value_of(name, entry, world, (key_of(content, "parameters"), name))
        else:
            values[name.lower()] = entry
    return {name: value for name, value in values.items() if value is not None}


def _is_full(content: Mapping[str, Any]) -> bool:
    around = {"parameters", "contentversion", "externalinputs", "externalinputdefinitions"}
    return "$schema" in content or {key.lower() for key in content} <= around


def value_of(name: str, entry: Mapping[str, Any], world: World, path: tuple[str | int, ...]) -> Value:
    """What one entry gives. Raises ExpressionError unless it has a value in one way."""
    present = [key for key in entry if key.lower() in _KINDS]
    if len(present) > 1:
        message = f"the parameter '{name}' has both {' and '.join(present)}; it takes one of them"
        raise ExpressionError(SYNTAX, message).within(path)
    (key,) = present
    if key.lower() == "value":
        return entry[key]
    if key.lower() == "reference":
        return unknown_parameter(name, ANY, secret=True)
    return evaluate_value(entry[key], Scope(world), (*path, key))
