"""A recommended size of a SizeSelector cannot be chosen.

The first recommended size that the region has is the default; one that `allowedSizes` leaves out, or `excludedSizes`
names, is passed over without a word.

Bring the lists in line.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import Element, UiDefinition
from packager.ui.parser import has_brackets
from packager.ui.settings import elements_of, value_at

# How many of the sizes a message names.
SHOWN = 3


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Sizes that are written out, compared ignoring case."""
    for element in elements_of(form, "Microsoft.Compute.SizeSelector"):
        allowed = _sizes(value_at(element.value, "constraints", "allowedSizes"))
        excluded = _sizes(value_at(element.value, "constraints", "excludedSizes"))
        if any(map(has_brackets, (*allowed, *excluded))):
            continue
        sizes = element.value.get("recommendedSizes")
        wrong = [
            (number, size)
            for number, size in enumerate(sizes if isinstance(sizes, list) else ())
            if isinstance(size, str) and not has_brackets(size) and not _can_be_chosen(size, allowed, excluded)
        ]
        if wrong:
            spot = form.spot((*element.path, "recommendedSizes", wrong[0][0]))
            yield Hit(spot, _message(element, [size for _, size in wrong]))


def _can_be_chosen(size: str, allowed: list[str], excluded: list[str]) -> bool:
    return size.lower() not in excluded and (not allowed or size.lower() in allowed)


def _message(element: Element, sizes: list[str]) -> str:
    more = f" and {len(sizes) - SHOWN} more" if len(sizes) > SHOWN else ""
    shown = ", ".join(f"'{size}'" for size in sizes[:SHOWN])
    return f"element '{element.name}' recommends {shown}{more}, which its constraints do not let through"


def _sizes(value: Any) -> list[str]:
    return [size.lower() for size in value if isinstance(size, str)] if isinstance(value, list) else []
