"""Ids of resources at every scope, also where a part of them is unknown."""

from collections.abc import Sequence

from packager.expressions.residual import element_of, residual, unknown_text
from packager.expressions.scope import Facts
from packager.expressions.values import Unknown, Value

GROUP_TYPE = "microsoft.resources/resourcegroups"


def resource_id(target: Facts, type_: str, names: Sequence[Value], scope: Value = None) -> Value:
    """The id of a resource in a deployment to `target`; `scope` is what an extension resource extends, or "/"."""
    if scope is not None and scope != "":
        return _extension(target, type_, names, scope)
    if type_.lower() == GROUP_TYPE and target.level == "subscription":
        return _group(target, names)
    prefix = scope_id(target)
    if type(prefix) is str and all(type(name) is str for name in names):
        return ("" if prefix == "/" else prefix) + below(type_, names)
    return residual(*_call(target, type_, names))


def _group(target: Facts, names: Sequence[Value]) -> Value:
    """Resource groups have ids of their own form."""
    name = names[0]
    if target.subscription_id is None or type(name) is not str:
        return residual("subscriptionResourceId", ["Microsoft.Resources/resourceGroups", *names])
    return f"/subscriptions/{target.subscription_id}/resourceGroups/{name}"


def scope_id(target: Facts) -> str | None:
    """The id of the place that a deployment goes to; None when it is unknown."""
    subscription = target.subscription_id and f"/subscriptions/{target.subscription_id}"
    match target.level:
        case "resourceGroup":
            known = subscription is not None and target.resource_group is not None
            return f"{subscription}/resourceGroups/{target.resource_group}" if known else None
        case "subscription":
            return subscription
        case "managementGroup":
            group = target.management_group
            return None if group is None else f"/providers/Microsoft.Management/managementGroups/{group}"
    return "/"


def below(type_: str, names: Sequence[Value]) -> str:
    """`/providers/Microsoft.Sql/servers/s/databases/d`: the type with a name behind each of its parts."""
    namespace, *segments = type_.split("/")
    pairs = zip(segments, names, strict=False)
    return f"/providers/{namespace}" + "".join(f"/{segment}/{name}" for segment, name in pairs)


def _call(target: Facts, type_: str, names: Sequence[Value]) -> tuple[str, list[Value]]:
    """The function and arguments that give the id once Azure knows the rest."""
    match target.level:
        case "resourceGroup":
            given = [target.subscription_id, target.resource_group]
            known = [part for part in given if part is not None] if given[1] is not None else []
            return "resourceId", [*known, type_, *names]
        case "subscription":
            known = [] if target.subscription_id is None else [target.subscription_id]
            return "subscriptionResourceId", [*known, type_, *names]
        case "managementGroup":
            known = [] if target.management_group is None else [target.management_group]
            return "managementGroupResourceId", [*known, type_, *names]
    return "tenantResourceId", [type_, *names]


def _extension(target: Facts, type_: str, names: Sequence[Value], scope: Value) -> Value:
    if scope == "/":
        base: Value = ""
    elif type(scope) is Unknown:
        base = scope
    else:
        base = absolute(target, str(scope))
    if type(base) is str and all(type(name) is str for name in names):
        return base + below(type_, names)
    return residual("extensionResourceId", [base, type_, *names])


def absolute(target: Facts, reference: str) -> Value:
    """A full id of an id that may be relative to the deployment: `Microsoft.Storage/storageAccounts/s`."""
    if reference.startswith("/"):
        return reference
    namespace, *rest = reference.strip("/").split("/")
    type_ = "/".join([namespace, *rest[::2]])
    return resource_id(target, type_, rest[1::2])


def name_parts(name: Value, count: int) -> list[Value]:
    """A resource's name cut at its slashes into `count` parts, also when it is unknown."""
    if type(name) is str:
        return list(name.split("/"))
    if count == 1:
        return [name]
    pieces = residual("split", [name, "/"])
    return [element_of(pieces, index) for index in range(count)]


def text(value: Value) -> str:
    """A part of an identity: an unknown one is its residual expression in brackets, an absent one nothing."""
    if type(value) is Unknown:
        return unknown_text(value)
    return "" if value is None else str(value)
