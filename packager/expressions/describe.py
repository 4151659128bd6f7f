"""Functions described in words: signatures for lists and pages, and the JSON form."""

from typing import Any

from packager.expressions.function import DEPLOYED, Function
from packager.expressions.kinds import ANY, LAMBDA, names_of


def signature(function: Function) -> str:
    """`padLeft(valueToPad, totalLength, [paddingCharacter])`; three dots where arguments repeat."""
    count = len(function.parameters)
    shown = [
        one.name if index < function.required else f"[{one.name}]" for index, one in enumerate(function.parameters)
    ]
    if function.repeats and count:
        shown.append("...")
    return f"{function.name}({', '.join(shown)})"


def types(kinds: int) -> str:
    """The types of a parameter or result."""
    return names_of(kinds & (ANY | LAMBDA))


def as_json(function: Function) -> dict[str, Any]:
    """The function as machines read it."""
    return {
        "name": function.name,
        "family": function.family,
        "signature": signature(function),
        "parameters": [{"name": one.name, "type": types(one.kinds)} for one in function.parameters],
        "minimum": function.required,
        "maximum": function.most,
        "returns": types(function.gives),
        "pure": function.pure,
        "runtime": function.runtime,
        "summary": function.summary,
        "example": function.example,
        "result": None if function.result is DEPLOYED else function.result,
    }
