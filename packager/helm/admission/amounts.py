"""Amounts of resources (`500m`, `2`, `1Gi`), and which of two is more."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from packager.helm.admission.refusal import Refusal
from packager.helm.objects import Part, inside
from packager.source.lazy import lazy_pattern

_AMOUNT = lazy_pattern(
    r"([+-]?(?:[0-9]{1,30}\.?[0-9]{0,30}|\.[0-9]{1,30}))([KMGTPE]i|[numkMGTPE])?(?:[eE]([+-]?[0-9]{1,2}))?"
)
_BINARY = {name: Fraction(1024**power) for power, name in enumerate(("Ki", "Mi", "Gi", "Ti", "Pi", "Ei"), 1)}
_DECIMAL = {name: Fraction(1000**power) for power, name in enumerate(("k", "M", "G", "T", "P", "E"), 1)}
_SMALL = {name: 1 / Fraction(1000**power) for power, name in enumerate(("m", "u", "n"), 1)}
_UNITS = {**_BINARY, **_DECIMAL, **_SMALL}


def amount(value: Any) -> Fraction | None:
    """The number that an amount is; None for what is none, or is filled in later."""
    found = _AMOUNT.fullmatch(str(value)) if isinstance(value, str | int | float) else None
    if found is None or isinstance(value, bool) or (found[2] and found[3]):
        return None
    return Fraction(found[1]) * _UNITS.get(found[2] or "", 1) * Fraction(10) ** int(found[3] or 0)


def refused_amounts(container: Part, title: str) -> Iterator[Refusal]:
    """What a container asks for that is less than nothing, or more than its limit."""
    for member in ("requests", "limits"):
        found = inside(container.value, "resources", member)
        for name, written in found.items() if isinstance(found, dict) else ():
            number, most = amount(written), amount(inside(container.value, "resources", "limits", name))
            spot = container.spot("resources", member, name)
            if number is not None and number < 0:
                yield Refusal(spot, f"{title} has {written} as its {name}, which is less than nothing")
            elif member == "requests" and number is not None and most is not None and number > most:
                limit = inside(container.value, "resources", "limits", name)
                yield Refusal(spot, f"{title} asks for {written} of {name}, which is more than its limit, {limit}")
