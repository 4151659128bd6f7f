"""An IdentitySelector offers no identity.

With both kinds hidden there is nothing to choose.

Show one of them, or leave the element out.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition
from packager.ui.settings import elements_of, value_at


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Both `hide` options of the element."""
    for element in elements_of(form, "Microsoft.ManagedIdentity.IdentitySelector"):
        options = element.value.get("options")
        hidden = [value_at(options, f"hide{kind}AssignedIdentity") for kind in ("System", "User")]
        if all(one is True for one in hidden):
            spot = form.spot((*element.path, "options"), key=True)
            yield Hit(spot, f"element '{element.name}' hides both kinds of identity")
