"""A password is asked for only once.

With `hideConfirmation` a mistyped password goes unnoticed until nobody can sign in; certification refuses it.

Remove `hideConfirmation`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule
from packager.ui.definition import UiDefinition

ASKING = frozenset({"microsoft.common.passwordbox", "microsoft.compute.credentialscombo"})


@rule(
    on="form", severity=Severity.ERROR, profiles=EVERY_PROFILE, arm_ttk="Credential-Confirmation-Should-Not-Be-Hidden"
)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Look at the options of every password box and credentials combo."""
    for element in form.elements:
        options = element.value.get("options")
        if element.type.lower() not in ASKING or not isinstance(options, dict):
            continue
        if str(options.get("hideConfirmation")).lower() in {"true", "1"}:
            spot = form.spot((*element.path, "options", "hideConfirmation"), key=True)
            yield Hit(
                spot, f"element '{element.name}' hides the confirmation of its password; remove 'hideConfirmation'"
            )
