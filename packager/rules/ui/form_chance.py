"""Chance or the clock decides whether something is shown, valid or to be chosen.

The portal evaluates such expressions whenever anything changes, each time with another result.

Use `guid()`, `rand()` and `utcNow()` in defaults and outputs.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.spot import within
from packager.ui.definition import UiDefinition

CHANCE = frozenset({"guid", "rand", "utcnow"})
UNSTABLE = frozenset({"visible", "isValid", "allowedValues", "required", "condition"})


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Calls in properties that must not change by themselves."""
    for path, call in form.flow.calls:
        place = next((str(key) for key in path if key in UNSTABLE), None)
        if place and call.name.lower() in CHANCE:
            message = f"'{place}' changes with every evaluation because of {call.name}()"
            yield Hit(within(form.document, path, call.span), message)
