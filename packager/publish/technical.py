"""A technical configuration with a package in it, and what a listing says of it. What neither knows stays as it was."""

from typing import Any

from packager.offer.limits import ROLES
from packager.offer.model import Offer
from packager.offer.store import CloudAccess, Policy, Technical

_FIELDS = {"public": "publicAzure", "government": "azureGovernment"}

Item = dict[str, Any]


def with_package(configuration: Item, version: str, package: str) -> Item:
    """The configuration with another package and version; references of other kinds stay."""
    others = [
        one
        for one in configuration.get("packageReferences") or ()
        if not (isinstance(one, dict) and one.get("type") == "AzureApplicationPackage")
    ]
    reference = {"type": "AzureApplicationPackage", "value": package}
    return {**configuration, "version": version, "packageReferences": [*others, reference]}


def with_listing(configuration: Item, offer: Offer | None, plan: str) -> Item:
    """The configuration with what the listing says of the plan."""
    listing = offer.listing if offer is not None else None
    named = [one for one in listing.plans if one.plan == plan] if listing is not None else []
    technical = named[0].selling.technical if named else None
    return {**configuration, **_fields(technical)} if technical is not None else dict(configuration)


def _fields(technical: Technical) -> Item:
    found: Item = {}
    if technical.jit_access is not None:
        found["allowJitAccess"] = technical.jit_access
    if technical.deployment_mode is not None:
        found["deploymentMode"] = technical.deployment_mode
    if technical.customer_actions is not None:
        found["canEnableCustomerActions"] = bool(technical.customer_actions)
        # One text with semicolons is the form that is known to be taken.
        found["allowedCustomerActions"] = [";".join(technical.customer_actions)] if technical.customer_actions else []
    if technical.data_actions is not None:
        found["allowedDataActions"] = list(technical.data_actions)
    if technical.policies is not None:
        found["policies"] = [_policy(one) for one in technical.policies]
    for access in technical.access:
        found |= _access(access)
    return found


def _access(access: CloudAccess) -> Item:
    name = _FIELDS[access.cloud]
    return {
        f"{name}TenantID": access.tenant,
        f"{name}Authorizations": [
            {"principalID": one.principal, "roleDefinitionID": ROLES.get(one.role.lower(), one.role)}
            for one in access.authorizations
        ],
    }


def _policy(policy: Policy) -> Item:
    written = {
        "policyName": policy.name,
        "policyDefinitionID": policy.definition,
        "policyParameters": policy.parameters,
        "policySku": policy.sku,
    }
    return {name: value for name, value in written.items() if value is not None}
