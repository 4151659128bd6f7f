"""The form does not hand the customer's region to the template.

Certification wants an output `location` with exactly `[location()]`, so that the package deploys where the customer
said in Basics.

Add `"location": "[location()]"` to `parameters.outputs`, and a parameter `location` to the template.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule
from packager.ui.definition import UiDefinition


@rule(on="form", severity=Severity.ERROR, profiles=EVERY_PROFILE, arm_ttk="Location-Should-Be-In-Outputs")
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Report the first of: no outputs, no location among them, another expression."""
    outputs = form.parameters.get("outputs")
    location = outputs.get("location") if isinstance(outputs, dict) else None
    if not outputs:
        yield Hit(form.spot(("parameters",)), "the form has no 'parameters.outputs'", sub="no-outputs")
    elif not location:
        spot = form.spot(("parameters", "outputs"), key=True)
        yield Hit(spot, 'the outputs have no \'location\'; add "location": "[location()]"', sub="missing")
    elif not isinstance(location, str) or location.strip().lower() != "[location()]":
        yield Hit(
            form.spot(("parameters", "outputs", "location")), "the output 'location' must be [location()]", sub="other"
        )
