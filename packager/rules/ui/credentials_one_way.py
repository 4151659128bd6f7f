"""The template gets the password or the key of a CredentialsCombo, and not the other.

On Linux the customer chooses between the two. What was not chosen is undefined, so that the output is left out and
the machine has no credentials.

Put out both, or one of them as `[coalesce(steps('vm').credentials.password, steps('vm').credentials.sshPublicKey)]`
with `authenticationType` beside it; or set `"hidePassword": true`, so that there is a key only.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition
from packager.ui.settings import elements_of, value_at

PASSWORD, KEY = "password", "sshPublicKey"


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """The members of Linux credentials that outputs take."""
    if form.is_form_view:
        return
    for element in elements_of(form, "Microsoft.Compute.CredentialsCombo"):
        if element.value.get("osPlatform") != "Linux" or value_at(element.value, "options", "hidePassword"):
            continue
        uses = [use for use in form.flow.by_element.get(element.path, ()) if use.output is not None]
        taken = {use.target.members[:1] for use in uses}
        if () in taken:
            continue
        for one, other in ((PASSWORD, KEY), (KEY, PASSWORD)):
            if (one,) in taken and (other,) not in taken:
                message = f"outputs take '{one}' of element '{element.name}' and not '{other}', which is a choice, too"
                yield Hit(form.spot(element.path), message)
