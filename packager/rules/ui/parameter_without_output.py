"""A template parameter without a default gets no value from the form.

The deployment then fails in the customer's subscription, because nobody is asked for the value.

Add an output of that name to `parameters.outputs`, or give the parameter a `defaultValue`.
"""

from collections.abc import Iterator

from packager.arm.template import member
from packager.checks.finding import Basis, Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule
from packager.ui.definition import UiDefinition


@rule(
    on="form",
    severity=Severity.ERROR,
    profiles=EVERY_PROFILE,
    arm_ttk="Parameters-Without-Default-Must-Exist-In-CreateUIDefinition",
)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Compare names, ignoring case; a nullable parameter needs no value."""
    if package.main is None:
        return
    put_out = {name.lower() for name, value in form.outputs.items() if value is not None}
    for name, declaration in package.main.parameters.items():
        needed = isinstance(declaration, dict) and member(declaration, "defaultValue") is None
        if not needed or name.lower() in put_out:
            continue
        basis = Basis.ARM_TTK if member(declaration, "nullable") is True else Basis.BOTH
        message = f"the form has no output '{name}', and that parameter of the main template has no default"
        yield Hit(form.spot(("parameters", "outputs"), key=True), message, basis=basis)
