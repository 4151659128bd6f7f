"""A secure parameter has a default value.

Whoever can read the template can read the default, so it is no secret, and certification refuses it. An expression
with `newGuid()` is accepted, because it differs at each deployment; so is an empty string.

Remove `defaultValue`, and let the portal form ask for the value.
"""

from collections.abc import Iterator

from packager.arm.template import Template, key_of, member
from packager.checks.finding import Basis, Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule

SECURE = ("securestring", "secureobject")


@rule(
    on="template",
    severity=Severity.ERROR,
    profiles=EVERY_PROFILE,
    arm_ttk="Secure-String-Parameters-Cannot-Have-Default",
)
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Look at the declared default of every secure parameter."""
    for name, declaration in template.parameters.items():
        if not isinstance(declaration, dict):
            continue
        kind, default = str(member(declaration, "type")).lower(), member(declaration, "defaultValue")
        if kind not in SECURE or not default or "newguid(" in str(default).lower().replace(" ", ""):
            continue
        spot = template.spot(("parameters", name, key_of(declaration, "defaultValue")), key=True)
        basis = Basis.BOTH if kind == "securestring" else Basis.PACKAGER
        message = f"parameter '{name}' is a {kind} and must not have a default value; remove 'defaultValue'"
        yield Hit(spot, message, basis=basis)
