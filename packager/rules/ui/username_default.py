"""A user name has a default.

A name that everybody gets is half of a credential; certification refuses it.

Remove `defaultValue`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule
from packager.ui.definition import UiDefinition

USER_NAME = "microsoft.compute.usernametextbox"


@rule(on="form", severity=Severity.ERROR, profiles=EVERY_PROFILE, arm_ttk="Usernames-Should-Not-Have-A-Default")
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Look at every user name box."""
    for element in form.elements:
        if element.type.lower() == USER_NAME and element.value.get("defaultValue"):
            spot = form.spot((*element.path, "defaultValue"), key=True)
            yield Hit(spot, f"element '{element.name}' suggests a user name; remove 'defaultValue'")
