"""The values of the form never come to rest.

Elements that depend on each other, as two sliders that bound each other do, are evaluated again and again until nothing
changes. Here something always does: the page flickers, and what goes out is a matter of chance. Circles that can never
settle, through `visible` and `defaultValue`, are for `form-cycle` to report.

Break the circle: let one of the elements stand for itself.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.rules.ui.form_cycle import circles
from packager.ui.definition import UiDefinition

_MOST_NAMES = 8


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Cycles that do not settle in as many rounds as the engine takes, at their first member."""
    cycles = [cycle for cycle in package.simulation(form).cycles if not cycle.is_settled]
    known = {form.elements[number].path for group in circles(form) for number in group} if cycles else set()
    for cycle in cycles:
        if any(control.at in known for control in cycle.members):
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
