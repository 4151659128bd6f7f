"""The form puts out a value that the template has no parameter for.

Azure refuses the deployment of a package whose form sends a parameter that the main template does not declare.

Declare the parameter in `mainTemplate.json`, or remove the output.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule
from packager.source.nearest import did_you_mean
from packager.ui.definition import UiDefinition

RESERVED = frozenset({"applicationresourcename", "jitaccesspolicy", "managedidentity", "managedresourcegroupid"})


@rule(
    on="form", severity=Severity.ERROR, profiles=EVERY_PROFILE, arm_ttk="Outputs-Must-Be-Present-In-Template-Parameters"
)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Compare names, ignoring case; the four outputs that the platform reads itself need no parameter."""
    if package.main is None:
        return
    known = {name.lower() for name, declaration in package.main.parameters.items() if declaration is not None}
    for name in form.outputs:
        if name.lower() not in known and name.lower() not in RESERVED:
            message = f"the main template has no parameter '{name}'{did_you_mean(name, package.main.parameters)}"
            yield Hit(form.spot(("parameters", "outputs", name), key=True), message)
