"""The reference page of the portal's functions, made from their table."""

import json
from collections.abc import Iterator
from itertools import groupby

from packager.ui.function import Function, names_of
from packager.ui.table import functions

_TITLES = {
    "context": "The form and its place",
    "collections": "Texts, arrays and objects",
    "conversions": "Conversion",
    "dates": "Time",
    "logic": "Decisions and comparison",
    "maths": "Numbers",
    "strings": "Texts",
}
_STANDINGS = {
    "portal": "Documented only for the portal's own forms in Form view; a marketplace form cannot rely on it.",
    "observed": "Documented nowhere, but met in offers; packager warns about it.",
}
_INTRODUCTION = """\
# Functions of the portal form

Expressions of a `createUiDefinition.json` are no template expressions: the browser evaluates them, with functions of
their own and the rules of JavaScript. This page is made from the table that evaluates them here;
`packager simulate --evaluate "[...]"` tries one.

An argument that is undefined, as the value of a hidden element is, makes the result undefined, unless the description
says otherwise. Square brackets mark what can be left out, three dots what can be repeated. What of this is documented,
what inferred and what unknown, says [How true the simulation is](../explanation/portal-fidelity.md).
"""


def page() -> str:
    """The whole page."""
    lines = [_INTRODUCTION]
    for family, found in groupby(functions(), key=lambda one: one.family):
        lines.append(f"## {_TITLES[family]}\n")
        for one in found:
            lines += _entry(one)
    return "\n".join(lines)


def signature(function: Function) -> str:
    """`concat(values, ...)`; three dots where arguments repeat, square brackets around what can be left out."""
    least = function.required
    shown = [one.name if place < least else f"[{one.name}]" for place, one in enumerate(function.parameters)]
    return f"{function.name}({', '.join([*shown, '...'] if function.repeats else shown)})"


def _entry(one: Function) -> Iterator[str]:
    yield f"### {one.name}\n"
    yield f"`{signature(one)}`\n"
    yield f"{one.summary}\n"
    if one.standing in _STANDINGS:
        yield f"{_STANDINGS[one.standing]}\n"
    for parameter in one.parameters:
        yield f"- `{parameter.name}`: {names_of(parameter.kinds)}"
    yield f"- gives {names_of(one.gives)}\n"
    yield f"`[{one.example}]` gives `{json.dumps(one.result, ensure_ascii=False)}`\n"
