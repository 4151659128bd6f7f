"""Reads a `types.json` of Azure/bicep-types-az: a list of types that refer to each other by their places in it.

Only for renewing the tables; a check never needs it.
"""

import re
import warnings
from collections.abc import Mapping
from typing import Any, NamedTuple

from packager.data.shapes import ANY, BOOLEAN, INTEGER, LIST, OBJECT, TEXT, UNION

# Said by the place of the resource in a template, not by its body.
_IDENTITY = frozenset({"id", "type", "apiVersion"})
_EVERY_SCOPE = 31


class Draft(NamedTuple):
    """A node whose references are apart: `node` without them, `children` in the order in which they are put back."""

    node: dict[str, Any]
    children: tuple[int, ...]


class Resource(NamedTuple):
    """A type in a version. `body` is the place of its draft."""

    name: str
    version: str
    body: int
    writable: int
    readable: int
    functions: tuple[str, ...]


class Source(NamedTuple):
    """What one file holds: a draft for each of its types, and one more for each body."""

    drafts: list[Draft]
    resources: list[Resource]


def read_types(types: list[Any]) -> Source:
    """The drafts and resources of a file. Raises KeyError and the like when it is of another form."""
    drafts = [_draft(types, one) for one in types]
    called = _functions(types)
    resources = []
    for one in types:
        if one["$type"] == "ResourceType":
            name, _, version = one["name"].partition("@")
            drafts.append(_body(drafts[_place(one["body"])]))
            functions = {*one.get("functions", {}), *called.get((name.lower(), version.lower()), ())}
            scopes = _scopes(one)
            resources.append(Resource(name, version.lower(), len(drafts) - 1, *scopes, tuple(sorted(functions))))
    return Source(drafts, resources)


def _functions(types: list[Any]) -> dict[tuple[str, str], list[str]]:
    """Functions that are written as types of their own, by type and version."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in types:
        if one["$type"] == "ResourceFunctionType":
            found.setdefault((one["resourceType"].lower(), one["apiVersion"].lower()), []).append(one["name"])
    return found


def _scopes(resource: Mapping[str, Any]) -> tuple[int, int]:
    """The scopes to write and to read at; older files say one number, and which of it can only be read."""
    if "writableScopes" in resource or "readableScopes" in resource:
        return resource.get("writableScopes", 0), resource.get("readableScopes", 0)
    readable = resource.get("scopeType", 0) or _EVERY_SCOPE
    writable = 0 if resource.get("flags", 0) & 1 else readable & ~resource.get("readOnlyScopes", 0)
    return writable, readable


def _body(draft: Draft) -> Draft:
    """The draft of an object without what every resource has."""
    names = list(draft.node["p"])
    kept = [name for name in names if name not in _IDENTITY]
    children = [child for name, child in zip(names, draft.children, strict=False) if name not in _IDENTITY]
    node = {**draft.node, "p": {name: draft.node["p"][name] for name in kept}}
    return Draft(node, (*children, *draft.children[len(names) :]))


def _draft(types: list[Any], one: Mapping[str, Any]) -> Draft:
    match one["$type"]:
        case "ObjectType":
            return _object({"k": OBJECT}, one["properties"], one)
        case "DiscriminatedObjectType":
            elements = sorted(one["elements"].items())
            base = _object({"k": UNION, "d": one["discriminator"]}, one["baseProperties"], {})
            node = {**base.node, "v": [value for value, _ in elements]}
            return Draft(node, (*base.children, *(_place(element) for _, element in elements)))
        case "ArrayType":
            return Draft({"k": LIST, **_limits(one, "minLength", "maxLength")}, (_place(one["itemType"]),))
        case "UnionType":
            return Draft(_choice([types[_place(element)] for element in one["elements"]]), ())
        case "StringLiteralType":
            return Draft({"k": TEXT, "e": [one["value"]]}, ())
        case "StringType":
            return Draft(_text(one), ())
        case "IntegerType":
            return Draft({"k": INTEGER, **_limits(one, "minValue", "maxValue")}, ())
        case "BooleanType":
            return Draft({"k": BOOLEAN}, ())
    # AnyType, NullType, and what is no type of a value.
    return Draft({"k": ANY}, ())


def _object(node: dict[str, Any], properties: Mapping[str, Any], one: Mapping[str, Any]) -> Draft:
    ordered = sorted(properties.items())
    node = {**node, "p": {name: found.get("flags", 0) for name, found in ordered}}
    children = [_place(found["type"]) for _, found in ordered]
    if one.get("additionalProperties") is not None:
        node["a"] = True
        children.append(_place(one["additionalProperties"]))
    if one.get("sensitive"):
        node["z"] = 1
    return Draft(node, tuple(children))


def _choice(elements: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Values of a text, open when any text is among them; another choice is anything."""
    kinds = {one["$type"] for one in elements}
    if "StringLiteralType" not in kinds or kinds - {"StringLiteralType", "StringType"}:
        return {"k": ANY}
    literals = {one["value"] for one in elements if one["$type"] == "StringLiteralType"}
    values = sorted(literals, key=lambda value: (value.lower(), value))
    return {"k": TEXT, "e": values, **({"o": 1} if "StringType" in kinds else {})}


def _text(one: Mapping[str, Any]) -> dict[str, Any]:
    node: dict[str, Any] = {"k": TEXT, **_limits(one, "minLength", "maxLength")}
    pattern = usable(one.get("pattern"))
    if pattern is not None:
        node["r"] = pattern
    if one.get("sensitive"):
        node["z"] = 1
    return node


def usable(pattern: str | None) -> str | None:
    """A pattern that Python can compile: a range from a class of characters is repaired, what still fails left out."""
    for candidate in () if pattern is None else (pattern, re.sub(r"(\\[dws])-", r"\1\\-", pattern)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                re.compile(candidate)
        except re.error:
            continue
        return candidate
    return None


def _limits(one: Mapping[str, Any], least: str, most: str) -> dict[str, int]:
    pairs = (("n", one.get(least)), ("x", one.get(most)))
    return {key: limit for key, limit in pairs if limit is not None}


def _place(reference: Any) -> int:
    return int(reference["$ref"].rpartition("/")[2])
