"""The table of all functions of portal expressions: by name for the evaluator, by family for people.

The names stand here so that evaluating loads only the families that it needs; a test compares them with the modules.
"""

import importlib
from functools import cache

from packager.ui.function import Function

FAMILIES = {
    "context": "basics steps location resourceGroup subscription resources parameters dataSources",
    "collections": "contains empty filter map first last length skip take split createArray",
    "conversions": ("bool int float string parse encodeBase64 decodeBase64 encodeUriComponent decodeUriComponent"),
    "dates": ("utcNow addHours addMinutes addSeconds getYear getMonth getDate toUtc duration durationFormat"),
    "logic": "and or not if coalesce equals less lessOrEquals greater greaterOrEquals",
    "maths": "add sub mul div mod min max floor ceil rand range",
    "strings": (
        "concat endsWith startsWith indexOf lastIndexOf replace substring toLower toUpper guid trim format regex"
    ),
}


@cache
def _spellings() -> dict[str, tuple[str, str]]:
    """The family and the spelling of each function, by its name in lower case."""
    return {name.lower(): (family, name) for family, names in FAMILIES.items() for name in names.split()}


@cache
def members(family: str) -> dict[str, Function]:
    """The functions of a family by name, as its module has them."""
    module = importlib.import_module(f"packager.ui.functions.{family}")
    return {value.name: value for value in vars(module).values() if isinstance(value, Function)}


def names() -> list[str]:
    """The names of all functions, family by family."""
    return [name for names in FAMILIES.values() for name in names.split()]


def find(name: str) -> Function | None:
    """The function of that name, ignoring case; None when there is none."""
    found = _spellings().get(name.lower())
    return None if found is None else members(found[0])[found[1]]


def functions() -> list[Function]:
    """Every function, family by family."""
    return [one for name in names() if (one := find(name)) is not None]
