"""A typed view of a managed application's view definition, and what its parts may hold.

From the published JSON schema (viewdefinition 0.0.1-preview) and Azure's documentation; where the two differ, what
either allows is allowed.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from packager.source.span import Path

Shape = Literal["text", "flag", "list", "object", "form"]
VERSION = "1.0.0"


class Member(NamedTuple):
    """What a member is: its shape, whether it has to be there, its only values, and the part that its items are.

    `by_schema` tells that the schema wants it and the documentation does not.
    """

    shape: Shape = "text"
    required: bool = False
    values: tuple[str, ...] = ()
    items: str = ""
    by_schema: bool = False


_NAMES = {"displayName": Member(), "version": Member(values=(VERSION,))}
_COMMANDS = Member("list", items="command")
_TOP = {
    "$schema": Member(required=True),
    "contentVersion": Member(required=True),
    "views": Member("list", required=True, items="view"),
}
_AGGREGATIONS = ("none", "sum", "min", "max", "avg", "unique", "percentile", "count")
PARTS: dict[str, dict[str, Member]] = {
    "definition": _TOP,
    "view": {
        "kind": Member(required=True),
        "name": Member(),
        "id": Member(),
        "properties": Member("object"),
    },
    "Overview": {**_NAMES, "header": Member(), "description": Member(), "commands": _COMMANDS},
    "Metrics": {**_NAMES, "charts": Member("list", required=True, items="chart")},
    "CustomResources": {
        "displayName": Member(required=True),
        "version": Member(required=True, values=(VERSION,), by_schema=True),
        "resourceType": Member(required=True),
        "icon": Member(),
        "createUIDefinition": Member("form"),
        "editUIDefinition": Member("form"),
        "commands": _COMMANDS,
        "columns": Member("list", items="column"),
    },
    "Associations": {
        "displayName": Member(required=True),
        "version": Member(values=(VERSION,)),
        "targetResourceType": Member(required=True),
        "createUIDefinition": Member("form"),
    },
    "chart": {
        "displayName": Member(required=True),
        "chartType": Member(values=("Bar", "Line", "Area", "Scatter")),
        "metrics": Member("list", required=True, items="metric"),
    },
    "metric": {
        "name": Member(required=True),
        "aggregationType": Member(required=True, values=_AGGREGATIONS),
        "resourceType": Member(required=True),
        "namespace": Member(),
        "resourceTagFilter": Member("list"),
    },
    "command": {
        "displayName": Member(required=True),
        "path": Member(required=True),
        "icon": Member(),
        "createUIDefinition": Member("form"),
    },
    "column": {"key": Member(required=True), "displayName": Member(required=True), "optional": Member("flag")},
}
KINDS = ("Overview", "Metrics", "CustomResources", "Associations")
# Kinds of views that say nothing without their properties.
FULL = ("Metrics", "CustomResources", "Associations")
_SHAPES: dict[Shape, type] = {"text": str, "flag": bool, "list": list, "object": dict, "form": dict}


class Part(NamedTuple):
    """An object of a view definition: what it is by `PARTS`, where it stands, and the kind of the view around it."""

    name: str
    path: Path
    value: Mapping[str, Any]
    kind: str = ""


def parts(value: Any) -> Iterator[Part]:
    """Every part of a view definition that is an object, outer ones first."""
    stack = [Part("definition", (), value)] if isinstance(value, dict) else []
    while stack:
        part = stack.pop()
        yield part
        stack.extend(reversed(list(_below(part))))


def _below(part: Part) -> Iterator[Part]:
    if part.name == "view":
        kind, properties = part.value.get("kind"), part.value.get("properties")
        if kind in KINDS and isinstance(properties, dict):
            yield Part(str(kind), (*part.path, "properties"), properties, str(kind))
    for name, member in PARTS[part.name].items():
        items = part.value.get(name) if member.items else None
        for number, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield Part(member.items, (*part.path, name, number), item, part.kind)


def fits(value: Any, shape: Shape) -> bool:
    """Whether a value has the shape."""
    return isinstance(value, _SHAPES[shape])


def forms(part: Part) -> Iterator[Path]:
    """Where the forms that a part holds stand."""
    for name, member in PARTS[part.name].items():
        if member.shape == "form" and isinstance(part.value.get(name), dict):
            yield (*part.path, name)
