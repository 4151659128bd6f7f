"""The values of the form never come to rest.

Elements whose values or visibility depend on each other are evaluated again and again until nothing changes. Here
something always does: the page flickers, and what goes out is a matter of chance.

Break the circle: let one of the elements stand for itself.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition

_MOST_NAMES = 8


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Cycles that do not settle in as many rounds as the engine takes, at their first member."""
    for cycle in package.simulation(form).cycles:
        if cycle.is_settled:
            continue
        names = ", ".join(control.path for control in cycle.members[:_MOST_NAMES])
        more = ", ..." if len(cycle.members) > _MOST_NAMES else ""
        if len(cycle.members) == 1:
            message = f"the value of {names} never settles, because it depends on itself"
        else:
            message = f"the values of {names}{more} never settle, because they depend on each other"
        yield Hit(
            form.spot(cycle.members[0].at), message, related=tuple(form.spot(one.at) for one in cycle.members[1:9])
        )
