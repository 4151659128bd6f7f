"""Which arguments a function of the portal takes: how many, and of which types."""

import math

from packager.expressions.errors import ARGUMENT_TYPE, ExpressionError
from packager.ui.function import ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, STRING, Function, Parameter, names_of
from packager.ui.nodes import Node
from packager.ui.numbers import number_of
from packager.ui.values import UNDEFINED, Value, kind_name

_KINDS = {"string": STRING, "number": NUMBER, "boolean": BOOLEAN, "array": ARRAY, "object": OBJECT, "null": NULL}


def count_problem(function: Function, given: int) -> str | None:
    """What is wrong with that many arguments; None where the function takes them."""
    most = function.most
    if given >= function.required and (most is None or given <= most):
        return None
    wanted = f"{function.required}" if most == function.required else f"at least {function.required}"
    if most is not None and most != function.required:
        wanted = f"{function.required} to {most}"
    plural = "" if wanted in {"1", "at least 1"} else "s"
    return f"{function.name} takes {wanted} argument{plural}, not {given}"


def taken(function: Function, parameter: Parameter, value: Value, node: Node) -> Value:
    """The argument as the function takes it: null that it cannot take is undefined, a numeric text is a number.

    Raises ExpressionError with the place of `node` for one of a wrong type.
    """
    if value is UNDEFINED or (isinstance(value, float) and not math.isfinite(value)):
        return UNDEFINED
    kinds, name = parameter.kinds, kind_name(value)
    if _KINDS[name] & kinds:
        return value
    if value is None:
        return UNDEFINED
    if kinds == NUMBER and isinstance(value, str):
        found = number_of(value)
        if math.isfinite(found):
            return found
    message = f"{function.name} takes {names_of(kinds)} as '{parameter.name}', not {name}"
    raise ExpressionError(ARGUMENT_TYPE, message, node.span)
