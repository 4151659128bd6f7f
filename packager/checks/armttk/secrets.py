"""Secure parameters as arm-ttk's checks of secrets find them, and what to say of names that break its patterns."""

from collections.abc import Iterator

from packager.checks.armttk.powershell import equal, get
from packager.checks.armttk.run import TemplateInput
from packager.checks.finding import Basis
from packager.checks.rule import Hit


def secure_parameters(template: TemplateInput) -> Iterator[str]:
    """Parameters of type securestring or secureobject, in order."""
    for name, declaration in template.section("parameters"):
        kind = get(declaration, "type")
        if equal(kind, "securestring") or equal(kind, "secureobject"):
            yield name


def bad_name(template: TemplateInput, name: str) -> Hit:
    """The exception that a name such as `key(1` causes."""
    spot = template.spot((*template.section_path("parameters"), name), key=True)
    message = f"the name of parameter '{name}' is no valid pattern, and arm-ttk's test fails for that"
    return Hit(spot, message, sub="name", basis=Basis.ARM_TTK, explanation="Azure takes the name as it is")
