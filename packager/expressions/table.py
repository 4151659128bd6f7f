"""The table of all functions: by name for the evaluator, by family for people."""

from dataclasses import replace
from functools import cache

from packager.expressions.function import Function
from packager.expressions.functions import (
    arrays,
    cidr,
    comparison,
    dates,
    deployment,
    encodings,
    identifiers,
    lambdas,
    logic,
    numbers,
    objects,
    resources,
    strings,
    uris,
)

FAMILIES = (
    strings,
    encodings,
    uris,
    identifiers,
    arrays,
    objects,
    lambdas,
    numbers,
    dates,
    logic,
    comparison,
    cidr,
    deployment,
    resources,
)


@cache
def functions() -> dict[str, Function]:
    """Every function by its name in lower case, family by family, but those whose names begin with list."""
    found = [value for family in FAMILIES for value in vars(family).values() if isinstance(value, Function)]
    return {one.name.lower(): one for one in found if one is not resources.list_any}


def described() -> list[Function]:
    """Every function for people, in families; all whose names begin with list are one, `list*`."""
    return [*functions().values(), replace(resources.list_any, name="list*")]


@cache
def find(name: str) -> Function | None:
    """The function of that name, ignoring case; None when there is none."""
    lowered = name.lower()
    known = functions().get(lowered)
    if known is None and lowered.startswith("list") and lowered != "list":
        return resources.list_function(name)
    return known
