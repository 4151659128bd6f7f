"""How the facts about a resource type are written."""

import json
from collections.abc import Iterator
from typing import Any

from packager.arm.bodies.describe import PropertyFacts
from packager.arm.bodies.scalars import span
from packager.data.resource_types import (
    EXTENSION,
    MANAGEMENT_GROUP,
    RESOURCE_GROUP,
    SUBSCRIPTION,
    TENANT,
    Namespace,
    ResourceType,
)
from packager.data.shapes import INTEGER, LIST, TEXT, Shape

_SCOPES = {
    TENANT: "tenant",
    MANAGEMENT_GROUP: "managementGroup",
    SUBSCRIPTION: "subscription",
    RESOURCE_GROUP: "resourceGroup",
    EXTENSION: "extension",
}
_LIMITS = {TEXT: ("minLength", "maxLength"), INTEGER: ("minimum", "maximum"), LIST: ("minItems", "maxItems")}
_UNITS = {TEXT: "characters", LIST: "items"}
_SHOWN_VALUES = 12


def listed(namespace: Namespace, format_: str) -> str:
    """The types of a namespace."""
    names = sorted(namespace.names, key=str.lower)
    return (
        json.dumps({"schema": 1, "namespace": namespace.name, "types": names}, indent=2)
        if format_ == "json"
        else ("\n".join(names))
    )


def scopes(resource: ResourceType, version: str) -> list[str]:
    """Where the type can be deployed to; empty when it can only be read."""
    writable = resource.described(version).writable
    return [name for bit, name in _SCOPES.items() if writable & bit]


def functions(resource: ResourceType, version: str) -> list[str]:
    """The functions such as listKeys that the version has."""
    return [name for name, having in resource.functions.items() if version in having]


def as_json(resource: ResourceType, version: str, rows: list[PropertyFacts], *, described: bool) -> str:
    """The facts for machines; not `described` when another version than `version` was asked for."""
    return json.dumps(
        {
            "schema": 1,
            "type": resource.name,
            "apiVersion": version,
            "described": described,
            "versions": list(resource.versions),
            "scopes": scopes(resource, version),
            "functions": functions(resource, version),
            "properties": [_row(one) for one in rows],
        },
        indent=2,
        ensure_ascii=False,
    )


def _row(one: PropertyFacts) -> dict[str, Any]:
    return {
        "path": one.dotted,
        "name": one.member.name,
        "type": one.type,
        "items": one.items,
        "required": one.member.is_required,
        "readOnly": one.member.is_read_only,
        "writeOnly": one.is_write_only,
        "when": one.when or None,
        "values": list(one.values),
        "open": (one.item or one.shape).open,
        "pattern": one.shape.pattern,
        **dict(_limits(one.shape)),
        "since": one.since,
        "until": one.until,
    }


def _limits(shape: Shape) -> Iterator[tuple[str, int]]:
    for name, limit in zip(_LIMITS.get(shape.kind, ()), (shape.least, shape.most), strict=False):
        if limit is not None:
            yield name, limit


def as_text(resource: ResourceType, version: str, rows: list[PropertyFacts]) -> str:
    """The facts for people."""
    versions = list(resource.versions)
    where = ", ".join(scopes(resource, version)) or "nothing: it can only be read"
    lines = [
        f"{resource.name} {version}",
        f"  versions     {len(versions)}, {versions[0]} to {versions[-1]}",
        f"  deployed to  {where}",
    ]
    called = functions(resource, version)
    lines += [f"  functions    {', '.join(called)}"] if called else []
    width = max((len(one.dotted) for one in rows), default=0)
    first = versions[0]
    return "\n".join([*lines, "", *(f"{one.dotted:{width}}  {'; '.join(_told(one, first))}".rstrip() for one in rows)])


def _told(one: PropertyFacts, first: str) -> Iterator[str]:
    yield one.type if one.items is None else f"{one.type} of {one.items}"
    if one.member.is_required:
        yield "required"
    if one.member.is_read_only:
        yield "read-only"
    if one.is_write_only:
        yield "write-only"
    if one.when:
        yield f"when {one.when}"
    if one.values:
        shown = ", ".join(one.values[:_SHOWN_VALUES])
        more = f" and {len(one.values) - _SHOWN_VALUES} more" if len(one.values) > _SHOWN_VALUES else ""
        yield f"{'known values' if (one.item or one.shape).open else 'one of'} {shown}{more}"
    if one.shape.least is not None or one.shape.most is not None:
        yield f"{span(one.shape)} {_UNITS.get(one.shape.kind, '')}".rstrip()
    if one.shape.pattern is not None:
        yield f"pattern {one.shape.pattern}"
    if one.since != first:
        yield f"since {one.since}"
    if one.until is not None:
        yield f"until {one.until}"
