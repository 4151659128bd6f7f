"""An expansion as JSON: the format that `packager expand --format json` prints."""

from collections.abc import Iterator
from typing import Any

from packager.arm.expansion import ExpandedResource, Expansion
from packager.arm.identity import text
from packager.expressions.output import unmeasured
from packager.expressions.values import Unknown, Value
from packager.source.span import Path, to_pointer


def as_json(expansion: Expansion) -> dict[str, Any]:
    """The JSON object; `unknown` has the pointers of all unknowns in it, and of parameters without a value."""
    unknown = [to_pointer(("parameters", name)) for name in expansion.missing]
    resources = []
    for index, one in enumerate(expansion.resources):
        unknown += [to_pointer(("resources", index, *path)) for path in _unknown_parts(one)]
        resources.append(_resource(one))
    for name, output in expansion.outputs.items():
        unknown += [to_pointer(("outputs", name, "value", *path)) for path in _unknowns(output.value)]
    return {
        "schema": 1,
        "resources": resources,
        "skipped": [{"id": text(one.id), "reason": one.reason} for one in expansion.skipped],
        "outputs": {
            name: {"type": one.type, "value": unmeasured(one.value)} for name, one in expansion.outputs.items()
        },
        "unknown": unknown,
    }


def _resource(one: ExpandedResource) -> dict[str, Any]:
    body = {**unmeasured(dict(one.body)), **_identity(one)}
    return {
        "id": text(one.id),
        "name": text(one.name),
        "type": text(one.type),
        "apiVersion": text(one.api_version),
        "location": unmeasured(one.location),
        "scope": unmeasured(one.scope),
        "symbolicName": one.symbolic_name,
        "deployment": None if one.deployment is None else text(one.deployment),
        "linked": one.linked,
        "condition": unmeasured(one.condition),
        "properties": body.get("properties", {}),
        "dependsOn": [text(id_) for id_ in one.depends_on],
        "body": body,
    }


def _identity(one: ExpandedResource) -> dict[str, str]:
    """The members of a body that are always texts."""
    members = {"type": one.type, "apiVersion": one.api_version, "name": one.name}
    return {name: text(value) for name, value in members.items() if value is not None}


def _unknown_parts(one: ExpandedResource) -> Iterator[Path]:
    """Where a resource is unknown: each value once, though it stands in `properties` and `body` too."""
    parts = {"id": one.id, "name": one.name, "type": one.type, "apiVersion": one.api_version}
    parts |= {"location": one.location, "scope": one.scope, "condition": one.condition}
    yield from ((name,) for name, value in parts.items() if type(value) is Unknown)
    yield from (("properties", *path) for path in _unknowns(one.properties))
    yield from (("dependsOn", index) for index, value in enumerate(one.depends_on) if type(value) is Unknown)
    for key, value in one.body.items():
        if key not in parts and key != "properties":
            yield from (("body", key, *path) for path in _unknowns(value))


def _unknowns(value: Value) -> Iterator[Path]:
    stack: list[tuple[Path, Value]] = [((), value)]
    while stack:
        path, one = stack.pop()
        if type(one) is Unknown:
            yield path
        elif type(one) is dict:
            stack += [((*path, key), item) for key, item in reversed(one.items())]
        elif type(one) is list:
            stack += [((*path, index), item) for index, item in reversed(list(enumerate(one)))]
