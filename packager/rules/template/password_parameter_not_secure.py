"""A parameter that holds a password, secret or account key is not secure.

Values of plain parameters are kept in the deployment's history, where every reader of the resource group sees them.

Declare the parameter as `securestring` or `secureobject`.
"""

from collections.abc import Iterator

from packager.arm.template import Template, member
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule

SECRETS = ("password", "secret", "accountkey")
ACCEPTED = ("securestring", "secureobject", "bool")
ABOUT = ("permission", "version", "url", "uri", "name")


@rule(on="template", severity=Severity.ERROR, profiles=EVERY_PROFILE, arm_ttk="Password-params-must-be-secure")
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Judge by the parameter's name, as arm-ttk does; names of what merely belongs to a secret only warn."""
    for name, declaration in template.parameters.items():
        lowered = name.lower()
        if not isinstance(declaration, dict) or not any(word in lowered for word in SECRETS):
            continue
        kind = str(member(declaration, "type"))
        if kind.lower() in ACCEPTED:
            continue
        harmless = "secret" in lowered and any(word in lowered for word in ABOUT)
        message = f"parameter '{name}' has type '{kind}' and a name that promises a secret; make it a securestring"
        severity = Severity.WARNING if harmless else None
        yield Hit(template.spot(("parameters", name), key=True), message, severity=severity)
