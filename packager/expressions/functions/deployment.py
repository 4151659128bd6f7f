"""What a deployment knows of itself and of the place where it happens."""

from collections.abc import Mapping
from typing import TypeGuard

from packager.data.clouds import ENVIRONMENTS, PUBLIC
from packager.expressions.errors import ARGUMENT_TYPE, NOT_AT_THIS_SCOPE, UNDEFINED_COPY, ExpressionError
from packager.expressions.function import function
from packager.expressions.functions.identifiers import dashed
from packager.expressions.kinds import ANY, INTEGER, OBJECT, STRING
from packager.expressions.nodes import Call
from packager.expressions.residual import property_of, residual
from packager.expressions.scope import Level, Scope
from packager.expressions.values import Unknown, Value
from packager.source.nearest import did_you_mean

_LEVEL_NAMES: dict[Level, str] = {
    "resourceGroup": "a resource group",
    "subscription": "a subscription",
    "managementGroup": "a management group",
    "tenant": "a tenant",
}


@function(STRING, gives=ANY, form="scoped", example="parameters('location')", result="westeurope")
def parameters(scope: Scope, parameter_name: str) -> Value:
    """The value of a parameter; inside a user-defined function only of one of its own."""
    return scope.world.parameter(parameter_name)


@function(STRING, gives=ANY, form="scoped", example="variables('prefix')", result="app")
def variables(scope: Scope, variable_name: str) -> Value:
    """The value of a variable."""
    return scope.world.variable(variable_name)


@function(
    STRING | INTEGER,
    INTEGER,
    gives=INTEGER,
    form="scoped",
    required=0,
    names=("loopName", "offset"),
    example="copyIndex('disks', 1)",
    result=1,
)
def copy_index(scope: Scope, loop_name: Value = "", offset: int = 0) -> Value:
    """The index in a copy loop, from 0 or an offset; without a name that of the resource or output."""
    if isinstance(loop_name, int):
        if offset:
            raise ExpressionError(ARGUMENT_TYPE, "copyIndex takes the name of a loop, an offset, or both in this order")
        loop_name, offset = "", loop_name
    index = scope.copies.get(loop_name.lower())
    if index is None:
        raise _no_loop(loop_name, scope)
    if type(index) is Unknown:
        return residual("add", (index, offset), INTEGER) if offset else index
    return index + offset


def _no_loop(name: str, scope: Scope) -> ExpressionError:
    if not name:
        hint = "name the loop: copyIndex('name')" if scope.copies else "it has a meaning inside a copy loop only"
        return ExpressionError(UNDEFINED_COPY, "copyIndex() stands outside a loop of resources or outputs", None, hint)
    known = [loop for loop in scope.copies if loop]
    message = f"there is no copy loop '{name[:80]}' around{did_you_mean(name, known)}"
    return ExpressionError(UNDEFINED_COPY, message)


@function(gives=OBJECT, form="scoped", example="resourceGroup().location", result="westeurope")
def resource_group(scope: Scope) -> Value:
    """The resource group: id, name, type, location, tags, managedBy, properties."""
    facts = scope.world.facts
    _at("resourceGroup()", scope, ("resourceGroup",))
    known: dict[str, Value] = {
        "type": "Microsoft.Resources/resourceGroups",
        "properties": {"provisioningState": "Succeeded"},
    }
    if facts.resource_group is not None:
        known["name"] = facts.resource_group
        if facts.subscription_id is not None:
            known["id"] = f"/subscriptions/{facts.subscription_id}/resourceGroups/{facts.resource_group}"
    if facts.location is not None:
        known["location"] = facts.location
    return _facts("resourceGroup", known)


@function(
    gives=OBJECT, form="scoped", example="subscription().subscriptionId", result="00000000-0000-0000-0000-000000000000"
)
def subscription(scope: Scope) -> Value:
    """The subscription: id, subscriptionId, tenantId, displayName."""
    facts = scope.world.facts
    _at("subscription()", scope, ("resourceGroup", "subscription"))
    known: dict[str, Value] = {"tenantId": _tenant_id(facts.tenant_id)}
    if facts.subscription_id is not None:
        known |= {"id": f"/subscriptions/{facts.subscription_id}", "subscriptionId": facts.subscription_id}
    return _facts("subscription", known)


@function(gives=OBJECT, form="scoped", example="managementGroup().name", result="contoso")
def management_group(scope: Scope) -> Value:
    """The management group: id, name, type, properties."""
    facts = scope.world.facts
    _at("managementGroup()", scope, ("managementGroup",))
    known: dict[str, Value] = {"type": "Microsoft.Management/managementGroups"}
    if facts.management_group is not None:
        path = f"/providers/Microsoft.Management/managementGroups/{facts.management_group}"
        known |= {"name": facts.management_group, "id": path}
    return _facts("managementGroup", known)


@function(gives=OBJECT, form="scoped", example="tenant().tenantId", result="00000000-0000-0000-0000-000000000000")
def tenant(scope: Scope) -> Value:
    """The tenant: id, tenantId, countryCode, displayName."""
    known = scope.world.facts.tenant_id
    return _facts("tenant", {} if known is None else {"tenantId": known, "id": f"/tenants/{known}"})


@function(gives=OBJECT, form="scoped", example="deployment().name", result="mainTemplate")
def deployment(scope: Scope) -> Value:
    """The deployment itself: name, properties and, outside resource groups, location."""
    facts = scope.world.facts
    known = dict(scope.world.deployment())
    if facts.deployment_name is not None:
        known["name"] = facts.deployment_name
    if facts.deployment_location is not None:
        known["location"] = facts.deployment_location
    return _facts("deployment", known)


@function(gives=OBJECT, form="scoped", example="deployer().objectId", result="00000000-0000-0000-0000-000000000000")
def deployer(scope: Scope) -> Value:  # noqa: ARG001 - nothing offline knows who will deploy
    """Who deploys: objectId, tenantId, userPrincipalName."""
    return _facts("deployer", {})


@function(gives=OBJECT, form="scoped", example="environment().suffixes.storage", result="core.windows.net")
def environment(scope: Scope) -> Value:
    """The cloud: its name, addresses of its services and suffixes of names in it."""
    cloud = scope.world.facts.cloud
    if isinstance(cloud, str) and cloud.lower() == PUBLIC.lower():
        return ENVIRONMENTS[PUBLIC]
    known = _cloud_named(cloud) if isinstance(cloud, str) else cloud
    whole = _facts("environment", known)
    parts = {name: property_of(whole, name) for name in ("authentication", "suffixes")}
    # Of a cloud that is described in part, the rest of each part is unknown as well.
    described = {
        name: part._replace(members=found) for name, part in parts.items() if _is_map(found := known.get(name))
    }
    return whole._replace(members={**known, **described})


def _cloud_named(name: str) -> Mapping[str, Value]:
    return next((value for one, value in ENVIRONMENTS.items() if one.lower() == name.lower()), {"name": name})


def _is_map(value: Value) -> TypeGuard[Mapping[str, Value]]:
    return isinstance(value, Mapping)


@function(STRING, gives=ANY, form="scoped", example="externalInputs('alias')", result="given when deploying")
def external_inputs(scope: Scope, name: str) -> Value:
    """A value from outside, in the expressions of parameter files."""
    found = scope.world.runtime("externalinputs", [name])
    return found if found is not None else residual("externalInputs", [name])


@function(gives=STRING, form="scoped", example="newGuid()", result="d3b07384-d9a0-4c9b-8f3c-2a1c7d5e6f70")
def new_guid(scope: Scope) -> Value:
    """A random id, unknown unless a seed is given. Only for default values of parameters."""
    facts = scope.world.facts
    if facts.seed is None:
        return residual("newGuid", [], STRING)
    # hashlib costs a millisecond of start-up that only a run with a seed pays.
    import hashlib

    scope.world.guids += 1
    place = f"{facts.deployment_name}:" if facts.deployment_name is not None else ""
    digest = bytearray(hashlib.sha256(f"{facts.seed}:{place}{scope.world.guids}".encode()).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x40
    digest[8] = digest[8] & 0x3F | 0x80
    return dashed(digest.hex())


def _facts(name: str, known: Mapping[str, Value]) -> Unknown:
    """An object of which only some properties are known."""
    return Unknown(Call(None, name, (), 0, 0), OBJECT, len(name) + 2, known)


def _tenant_id(known: str | None) -> Value:
    return known if known is not None else property_of(_facts("tenant", {}), "tenantId")


def _at(name: str, scope: Scope, allowed: tuple[Level, ...]) -> None:
    level = scope.world.facts.level
    if level not in allowed and scope.world.strict:
        message = f"{name} has no meaning in a deployment to {_LEVEL_NAMES[level]}"
        where = " or ".join(_LEVEL_NAMES[one] for one in allowed)
        raise ExpressionError(NOT_AT_THIS_SCOPE, message, None, f"it belongs to a deployment to {where}")
