"""What goes to a template: the file of its parameters, and which of them are secrets."""

from collections.abc import Mapping
from typing import Any

from packager.arm.template import is_secure
from packager.dryrun.compare import parameters_of

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"


def parameter_file(values: Mapping[str, Any]) -> dict[str, Any]:
    """The parameter file of a deployment with these JSON values by name."""
    wrapped = {name: {"value": value} for name, value in values.items()}
    return {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "parameters": wrapped}


def secure_parameters(template: Any) -> frozenset[str]:
    """The names, in lower case, of the parameters that a template declares as secure; none of what is no template."""
    declared = parameters_of(template) if isinstance(template, dict) else {}
    return frozenset(name.lower() for name, declaration in declared.items() if is_secure(declaration))
