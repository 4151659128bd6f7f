"""The managed application gets a name that nobody chose.

Without an output `applicationResourceName` the portal names the resource with a random id, unless the customer fills
in its own field.

Put a name out: `"applicationResourceName": "[steps('app').name]"`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition

OUTPUT = "applicationResourceName"


@rule(on="form", severity=Severity.INFO)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Forms of plans that are managed applications, where that is known."""
    if package.kind != "managed-application" or form is not package.form:
        return
    if not any(name.lower() == OUTPUT.lower() for name in form.outputs):
        yield Hit(form.spot(("parameters", "outputs"), key=True), f"the outputs have no '{OUTPUT}'")
