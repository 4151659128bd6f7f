"""A service catalogue: the same zip as a managed-application definition in a subscription of one's own."""

from dataclasses import dataclass
from typing import Any

from packager.dryrun.parameters import parameter_file
from packager.offer.limits import ROLES
from packager.offer.model import Offer

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
TYPE = "Microsoft.Solutions/applicationDefinitions"
_NAME_LIMITS = (3, 64)

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition as it is asked for; `authorizations` are pairs of a principal and a role id."""

    name: str
    location: str
    display_name: str
    lock_level: str
    authorizations: tuple[tuple[str, str], ...]
    allowed_actions: tuple[str, ...] = ()
    deployment_mode: str = "Incremental"

    def body(self, package: Any) -> Item:
        """The resource, with the address of the package."""
        properties: Item = {
            "displayName": self.display_name,
            "lockLevel": self.lock_level,
            "packageFileUri": package,
            "authorizations": [
                {"principalId": principal, "roleDefinitionId": role} for principal, role in self.authorizations
            ],
            "deploymentPolicy": {"deploymentMode": self.deployment_mode},
        }
        if self.allowed_actions:
            properties["lockingPolicy"] = {"allowedActions": list(self.allowed_actions)}
        return {"location": self.location, "properties": properties}


def definition_name(offer: str, plan: str) -> str:
    """A name for the definition of a plan, of a length that Azure takes."""
    return f"{offer}-{plan}"[: _NAME_LIMITS[1]].rstrip("-_").ljust(_NAME_LIMITS[0], "0")


def definition_of(
    offer: Offer | None,
    offer_id: str,
    plan: str,
    name: str | None,
    location: str,
    lock_level: str,
    extra: tuple[str, ...],
) -> Definition:
    """The definition of a plan, with what its listing says of authorizations and actions.

    `extra` are further authorizations, `PRINCIPAL=ROLE` each.
    """
    listed = [one for one in offer.listing.plans if one.plan == plan] if offer is not None and offer.listing else []
    technical = listed[0].selling.technical if listed else None
    pairs: dict[tuple[str, str], None] = {}
    for access in technical.access if technical is not None else ():
        if access.cloud == "public":
            pairs |= {(one.principal, _role(one.role)): None for one in access.authorizations}
    for one in extra:
        principal, _, role = one.partition("=")
        pairs[principal, _role(role or "Owner")] = None
    return Definition(
        name=name or definition_name(offer_id, plan),
        location=location,
        display_name=(listed[0].name if listed else None) or f"{offer_id} {plan}",
        lock_level=lock_level,
        authorizations=tuple(pairs),
        allowed_actions=(technical.customer_actions or ()) if technical is not None else (),
        deployment_mode=(technical.deployment_mode if technical is not None else None) or "Incremental",
    )


def _role(written: str) -> str:
    return ROLES.get(written.lower(), written)


def emitted(definition: Definition, api_version: str, package: str | None) -> tuple[Item, Item]:
    """An ARM template that makes the definition, and its parameter file.

    Without an address of the package the parameter file leaves it out, and the deployment asks for it.
    """
    body = definition.body("[parameters('packageFileUri')]")
    resource = {"type": TYPE, "apiVersion": api_version, "name": "[parameters('name')]", **body}
    resource |= {"location": "[parameters('location')]"}
    template = {
        "$schema": SCHEMA,
        "contentVersion": "1.0.0.0",
        "parameters": {
            "name": {"type": "string"},
            "location": {"type": "string", "defaultValue": "[resourceGroup().location]"},
            "packageFileUri": {"type": "securestring"},
        },
        "resources": [resource],
        "outputs": {"id": {"type": "string", "value": f"[resourceId('{TYPE}', parameters('name'))]"}},
    }
    values: Item = {"name": definition.name, "location": definition.location}
    if package is not None:
        values["packageFileUri"] = package
    return template, parameter_file(values)


def emitted_application(
    name: str, location: str, definition: str, managed: str, values: Item, api_version: str
) -> tuple[Item, Item]:
    """An ARM template that deploys an instance of a definition, and its parameter file."""
    types = {str: "string", bool: "bool", int: "int", list: "array", dict: "object"}
    parameters = {key: {"type": types.get(type(value), "string")} for key, value in values.items()}
    body = application_body(location, definition, managed, {})
    inner = {key: {"value": f"[parameters('{key}')]"} for key in values}
    body["properties"] = {**body["properties"], "parameters": inner}
    resource = {"type": "Microsoft.Solutions/applications", "apiVersion": api_version, "name": name, **body}
    template = {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "parameters": parameters, "resources": [resource]}
    return template, parameter_file(values)


def application_body(location: str, definition: str, managed: str, values: Item) -> Item:
    """An instance of a definition."""
    return {
        "kind": "ServiceCatalog",
        "location": location,
        "properties": {
            "applicationDefinitionId": definition,
            "managedResourceGroupId": managed,
            "parameters": {name: {"value": value} for name, value in values.items()},
        },
    }
