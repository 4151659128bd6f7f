"""Where a nested deployment goes: the same place as the one around it unless it says otherwise."""

from typing import Any

from packager.arm.declared import Declaration
from packager.expressions.scope import Facts, Level, Scope
from packager.expressions.values import Value

_GROUPS = "microsoft.management/managementgroups/"
_LEVELS: dict[str, Level] = {
    "deploymenttemplate": "resourceGroup",
    "subscriptiondeploymenttemplate": "subscription",
    "managementgroupdeploymenttemplate": "managementGroup",
    "tenantdeploymenttemplate": "tenant",
}


def level_of(schema: Any) -> Level | None:
    """The level that a template's `$schema` is for; None when it names none."""
    name = schema.rpartition("/")[2].lower().rstrip("#").removesuffix(".json") if isinstance(schema, str) else ""
    return _LEVELS.get(name)


def target_of(declaration: Declaration, scope: Scope, around: Facts) -> Facts:
    """The facts of the place of a nested deployment; what it leaves open stays unknown there."""
    group = declaration.evaluate("resourcegroup", scope)
    subscription = declaration.evaluate("subscriptionid", scope)
    extends = declaration.evaluate("scope", scope)
    location = declaration.evaluate("location", scope)
    facts = around._replace(deployment_location=location if isinstance(location, str) else around.deployment_location)
    if isinstance(extends, str):
        return _scoped(extends, facts)
    if subscription is not None:
        facts = facts._replace(subscription_id=_text(subscription))
        if group is None:
            return facts._replace(level="subscription", resource_group=None, location=None)
    if group is not None:
        return _group(_text(group), facts, around)
    return facts


def _group(name: str | None, facts: Facts, around: Facts) -> Facts:
    same = (
        name is not None
        and around.resource_group is not None
        and name.lower() == around.resource_group.lower()
        and facts.subscription_id == around.subscription_id
    )
    return facts._replace(level="resourceGroup", resource_group=name, location=around.location if same else None)


def _scoped(extends: str, facts: Facts) -> Facts:
    elsewhere = facts._replace(resource_group=None, location=None)
    lowered = extends.strip("/").lower().removeprefix("providers/")
    if not lowered:
        return elsewhere._replace(level="tenant", subscription_id=None)
    if lowered.startswith(_GROUPS):
        return elsewhere._replace(
            level="managementGroup", management_group=extends.rpartition("/")[2], subscription_id=None
        )
    parts = extends.strip("/").split("/")
    if len(parts) == 2 and parts[0].lower() == "subscriptions":
        return elsewhere._replace(level="subscription", subscription_id=parts[1])
    if len(parts) == 4 and parts[2].lower() == "resourcegroups":
        return elsewhere._replace(level="resourceGroup", subscription_id=parts[1], resource_group=parts[3])
    return facts


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None
