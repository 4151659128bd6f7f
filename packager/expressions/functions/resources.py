"""Ids of resources, and what only Azure can tell of them."""

from collections.abc import Sequence

from packager.expressions.errors import ARGUMENT_COUNT, ARGUMENT_VALUE, NOT_ALLOWED_HERE, ExpressionError
from packager.expressions.function import DEPLOYED, Function, function
from packager.expressions.kinds import ANY, ARRAY, INTEGER, OBJECT, STRING
from packager.expressions.residual import residual
from packager.expressions.scope import Scope
from packager.expressions.values import Value

_GROUP_TYPE = "microsoft.resources/resourcegroups"


@function(
    STRING,
    STRING,
    STRING,
    gives=STRING,
    form="scoped",
    names=("resourceType", "resourceName", "more"),
    required=2,
    example="resourceId('Microsoft.Network/virtualNetworks', 'v1')",
    result="/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/Microsoft.Network/virtualNetworks/v1",
)
def resource_id(scope: Scope, *parts: str) -> Value:
    """The id of a resource; a resource group, or a subscription and a group, can stand in front of its type."""
    facts = scope.world.facts
    start = _type_index("resourceId", parts, 2)
    below = _below("resourceId", parts[start], parts[start + 1 :])
    subscription = parts[0] if start == 2 else facts.subscription_id
    group = parts[start - 1] if start else facts.resource_group
    if start or facts.level == "resourceGroup":
        if subscription is None or group is None:
            return residual("resourceId", parts, STRING)
        return f"/subscriptions/{subscription}/resourceGroups/{group}{below}"
    if facts.level == "subscription":
        return _in_subscription("resourceId", parts, facts.subscription_id, parts[start], below)
    return below


@function(
    STRING,
    STRING,
    STRING,
    gives=STRING,
    form="scoped",
    names=("resourceType", "resourceName", "more"),
    required=2,
    example="subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'r')",
    result="/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/r",
)
def subscription_resource_id(scope: Scope, *parts: str) -> Value:
    """The id of a resource of a subscription; the subscription's id can stand in front of the type."""
    start = _type_index("subscriptionResourceId", parts, 1)
    below = _below("subscriptionResourceId", parts[start], parts[start + 1 :])
    subscription = parts[0] if start else scope.world.facts.subscription_id
    return _in_subscription("subscriptionResourceId", parts, subscription, parts[start], below)


@function(
    STRING,
    STRING,
    STRING,
    gives=STRING,
    names=("resourceType", "resourceName", "more"),
    required=2,
    example="tenantResourceId('Microsoft.Authorization/policyDefinitions', 'p')",
    result="/providers/Microsoft.Authorization/policyDefinitions/p",
)
def tenant_resource_id(*parts: str) -> str:
    """The id of a resource of the tenant."""
    start = _type_index("tenantResourceId", parts, 0)
    return _below("tenantResourceId", parts[start], parts[1:])


@function(
    STRING,
    STRING,
    STRING,
    gives=STRING,
    form="scoped",
    names=("resourceType", "resourceName", "more"),
    required=2,
    example="managementGroupResourceId('Microsoft.Authorization/policyDefinitions', 'p')",
    result="/providers/Microsoft.Management/managementGroups/{managementGroup}/providers/Microsoft.Authorization/policyDefinitions/p",
)
def management_group_resource_id(scope: Scope, *parts: str) -> Value:
    """The id of a resource of a management group, whose name can stand in front of the type."""
    start = _type_index("managementGroupResourceId", parts, 1)
    below = _below("managementGroupResourceId", parts[start], parts[start + 1 :])
    group = parts[0] if start else scope.world.facts.management_group
    if group is None:
        return residual("managementGroupResourceId", parts, STRING)
    return f"/providers/Microsoft.Management/managementGroups/{group}{below}"


@function(
    STRING,
    STRING,
    STRING,
    STRING,
    gives=STRING,
    names=("resourceId", "resourceType", "resourceName", "more"),
    required=3,
    example="extensionResourceId('/subscriptions/s/resourceGroups/g', 'Microsoft.Authorization/locks', 'l')",
    result="/subscriptions/s/resourceGroups/g/providers/Microsoft.Authorization/locks/l",
)
def extension_resource_id(base: str, *parts: str) -> str:
    """The id of a resource that extends another one."""
    start = _type_index("extensionResourceId", parts, 0)
    return ("" if base == "/" else base) + _below("extensionResourceId", parts[start], parts[1:])


def _type_index(name: str, parts: Sequence[str], furthest: int) -> int:
    """Where the resource type stands: the first part with a slash behind a word with a dot."""
    for index, part in enumerate(parts[: furthest + 1]):
        head, slash, _ = part.partition("/")
        if slash and "." in head:
            return index
    hint = "write it as Microsoft.Network/virtualNetworks"
    raise ExpressionError(ARGUMENT_VALUE, f"{name} finds no resource type in its arguments", None, hint)


def _below(name: str, type_: str, names: Sequence[str]) -> str:
    namespace, *segments = type_.rstrip("/").split("/")
    if len(segments) != len(names):
        wanted = f"{len(segments)} name{'' if len(segments) == 1 else 's'}"
        raise ExpressionError(ARGUMENT_COUNT, f"{name} needs {wanted} for '{type_[:80]}', not {len(names)}")
    return f"/providers/{namespace}" + "".join(
        f"/{segment}/{part}" for segment, part in zip(segments, names, strict=True)
    )


def _in_subscription(name: str, parts: Sequence[str], subscription: str | None, type_: str, below: str) -> Value:
    """Resource groups have ids of their own form."""
    if subscription is None:
        return residual(name, parts, STRING)
    if type_.lower() == _GROUP_TYPE:
        return f"/subscriptions/{subscription}/resourceGroups/{parts[-1]}"
    return f"/subscriptions/{subscription}{below}"


@function(
    STRING,
    STRING,
    STRING,
    gives=OBJECT,
    form="scoped",
    runtime=True,
    required=1,
    names=("nameOrId", "apiVersion", "full"),
    example="reference('storage').primaryEndpoints.blob",
    result=DEPLOYED,
)
def reference(scope: Scope, resource: str, api_version: str | None = None, full: str | None = None) -> Value:
    """The properties of a resource, or with 'Full' all of it; outputs of nested deployments are known before."""
    _one_of("reference", full, ("full", "properties"))
    return _runtime(scope, "reference", [resource, api_version, full], OBJECT)


@function(
    STRING,
    STRING,
    gives=ARRAY,
    form="scoped",
    runtime=True,
    required=1,
    names=("loopName", "full"),
    example="references('disks')",
    result=DEPLOYED,
)
def references(scope: Scope, resources: str, full: str | None = None) -> Value:
    """The properties of all resources of a copy loop; with symbolic names only."""
    _one_of("references", full, ("full", "properties"))
    if "" in scope.copies:
        hint = "use reference() with the index of the loop"
        raise ExpressionError(NOT_ALLOWED_HERE, "references() cannot be used in a copy loop of resources", None, hint)
    return _runtime(scope, "references", [resources, full], ARRAY)


def _one_of(name: str, word: str | None, known: tuple[str, ...]) -> None:
    if word is not None and word.lower() not in known:
        raise ExpressionError(
            ARGUMENT_VALUE, f"the last argument of {name} is 'Full' or 'Properties', not '{word[:40]}'"
        )


@function(
    STRING,
    STRING,
    OBJECT,
    gives=ANY,
    form="scoped",
    runtime=True,
    required=2,
    names=("nameOrId", "apiVersion", "functionValues"),
    example="listKeys('storage', '2023-01-01').keys[0].value",
    result=DEPLOYED,
)
def list_any(scope: Scope, resource: str, api_version: str, body: Value = None) -> Value:
    """What an operation of a resource answers whose name begins with list, such as listKeys."""
    return _runtime(scope, "list", [resource, api_version, body], ANY)


def list_function(name: str) -> Function:
    """The description of one function whose name begins with `list`."""

    def apply(scope: Scope, resource: str, api_version: str, body: Value = None) -> Value:
        return _runtime(scope, name, [resource, api_version, body], ANY)

    return list_any._replace(name=name, apply=apply)


@function(
    STRING,
    STRING,
    gives=OBJECT,
    form="scoped",
    runtime=True,
    required=1,
    names=("providerNamespace", "resourceType"),
    example="providers('Microsoft.Web', 'sites')",
    result=DEPLOYED,
)
def providers(scope: Scope, namespace: str, resource_type: str | None = None) -> Value:
    """Locations and api-versions of a resource type. Deprecated."""
    return _runtime(scope, "providers", [namespace, resource_type], OBJECT)


@function(
    STRING,
    STRING,
    STRING,
    INTEGER,
    INTEGER,
    gives=ARRAY,
    form="scoped",
    names=("providerNamespace", "resourceType", "location", "numberOfZones", "offset"),
    required=3,
    example="pickZones('Microsoft.Compute', 'virtualMachines', 'westus2')",
    result=DEPLOYED,
)
def pick_zones(scope: Scope, *values: Value) -> Value:
    """The availability zones of a resource type in a location."""
    return _runtime(scope, "pickZones", list(values), ARRAY)


@function(
    STRING,
    STRING,
    STRING,
    gives=STRING,
    form="scoped",
    example="toLogicalZone(subscription().subscriptionId, 'westus2', 'westus2-az1')",
    result=DEPLOYED,
)
def to_logical_zone(scope: Scope, subscription_id: str, location: str, physical_zone: str) -> Value:
    """The zone of a subscription that a physical zone is."""
    return _runtime(scope, "toLogicalZone", [subscription_id, location, physical_zone], STRING)


@function(
    STRING,
    STRING,
    ARRAY,
    gives=ARRAY,
    form="scoped",
    example="toLogicalZones(subscription().subscriptionId, 'westus2', createArray('westus2-az1'))",
    result=DEPLOYED,
)
def to_logical_zones(scope: Scope, subscription_id: str, location: str, physical_zones: list[Value]) -> Value:
    """The zones of a subscription that physical zones are."""
    return _runtime(scope, "toLogicalZones", [subscription_id, location, physical_zones], ARRAY)


@function(
    STRING,
    STRING,
    STRING,
    gives=STRING,
    form="scoped",
    example="toPhysicalZone(subscription().subscriptionId, 'westus2', '1')",
    result=DEPLOYED,
)
def to_physical_zone(scope: Scope, subscription_id: str, location: str, logical_zone: str) -> Value:
    """The physical zone that a zone of a subscription is."""
    return _runtime(scope, "toPhysicalZone", [subscription_id, location, logical_zone], STRING)


@function(
    STRING,
    STRING,
    ARRAY,
    gives=ARRAY,
    form="scoped",
    example="toPhysicalZones(subscription().subscriptionId, 'westus2', createArray('1'))",
    result=DEPLOYED,
)
def to_physical_zones(scope: Scope, subscription_id: str, location: str, logical_zones: list[Value]) -> Value:
    """The physical zones that zones of a subscription are."""
    return _runtime(scope, "toPhysicalZones", [subscription_id, location, logical_zones], ARRAY)


@function(STRING, gives=OBJECT, form="scoped", example="roleDefinitions('Contributor').id", result=DEPLOYED)
def role_definitions(scope: Scope, role_name: str) -> Value:
    """A built-in role by its name: id and roleDefinitionId."""
    return _runtime(scope, "roleDefinitions", [role_name], OBJECT)


def _runtime(scope: Scope, name: str, values: list[Value], kinds: int) -> Value:
    """What the template itself says of it; else the call, without the arguments that were left out."""
    found = scope.world.runtime(name.lower(), values)
    if found is not None:
        return found
    while values[-1] is None:
        values = values[:-1]
    return residual(name, values, kinds)
