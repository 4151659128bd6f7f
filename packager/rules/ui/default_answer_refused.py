"""The form refuses a value that it proposes itself.

The form is run as it opens, before anybody touches it. A default that an `isValid` or a pattern refuses, also one that
an expression computes, shows an error that the customer did not make. What depends on answers of the customer or of
Azure is left alone.

Propose another value, or let the rule pass for it.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition
from packager.ui.parser import has_brackets
from packager.ui.simulation.form import Control
from packager.ui.simulation.state import Simulation


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Errors of elements whose value is decided, as far as the form's own rules say them."""
    simulation = package.simulation(form)
    for state in simulation.states:
        control = state.control
        is_empty = state.output is False or state.output in ("", [])
        if state.is_open or is_empty or not simulation.errors_of(control):
            continue
        own = _own_messages(simulation, control)
        refused = next((message for message in simulation.errors_of(control) if message in own), None)
        if refused is not None:
            path = (*control.at, "defaultValue") if "defaultValue" in control.value else control.at
            message = f"element '{control.name}' opens with an error, because its default is refused: {refused}"
            yield Hit(form.spot(path), message)


def _own_messages(simulation: Simulation, control: Control) -> set[str]:
    """The messages of the form's rules; a written default on written patterns is for another rule to judge."""
    constraints = simulation.shown(control).get("constraints")
    if not isinstance(constraints, dict):
        return set()
    default = control.value.get("defaultValue")
    is_written = control.kind == "TextBox" and isinstance(default, str) and not has_brackets(default)
    entries = constraints.get("validations")
    entries = [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
    found = [one.get("message") for one in entries if not is_written or "isValid" in one]
    return {
        one for one in (*found, None if is_written else constraints.get("validationMessage")) if isinstance(one, str)
    }
