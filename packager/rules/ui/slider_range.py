"""A slider has no range, or begins outside of it.

The portal shows an error, or moves the default to the nearer end without a word.

Let `min` be less than `max`, and `defaultValue` between them.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition
from packager.ui.settings import elements_of


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """The ends and the default, as far as they are numbers."""
    for element in elements_of(form, "Microsoft.Common.Slider"):
        low, high, default = (_number(element.value.get(name)) for name in ("min", "max", "defaultValue"))
        if low is not None and high is not None and low >= high:
            message = f"slider '{element.name}' goes from {low} to {high}; 'min' must be less than 'max'"
            yield Hit(form.spot((*element.path, "max")), message)
        elif default is not None and ((low is not None and default < low) or (high is not None and default > high)):
            message = f"slider '{element.name}' begins at {default}, outside of its range"
            yield Hit(form.spot((*element.path, "defaultValue")), message, sub="default")


def _number(value: Any) -> float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None
