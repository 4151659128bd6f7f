"""An expansion as JSON: the format that `packager expand --format json` prints."""

import json
from typing import Any

from packager.arm.expansion import ExpandedResource, Expansion
from packager.arm.identity import text
from packager.expressions.output import PLAIN
from packager.expressions.residual import unknown_text
from packager.expressions.values import Unknown, Value
from packager.source.span import Path, to_pointer

# Above this every resource has a line: indenting takes longer than everything else, and nobody reads that much.
_MOST_INDENTED = 200
_IDENTITY = ("id", "name", "type", "apiVersion", "location", "scope", "condition")


def as_json(expansion: Expansion) -> dict[str, Any]:
    """The JSON object; `unknown` has the pointers of all unknowns in it, and of parameters without a value."""
    made = _Form()
    unknown = [("parameters", name) for name in expansion.missing]
    resources = []
    for index, one in enumerate(expansion.resources):
        resources.append(made.resource(one, ("resources", index)))
    outputs = {
        name: {"type": output.type, "value": made.plain(output.value, ("outputs", name, "value"))}
        for name, output in expansion.outputs.items()
    }
    return {
        "schema": 1,
        "resources": resources,
        "skipped": [{"id": text(one.id), "reason": one.reason} for one in expansion.skipped],
        "outputs": outputs,
        "unknown": [to_pointer(path) for path in (*unknown, *made.unknown)],
    }


def as_json_text(expansion: Expansion) -> str:
    """The same as text: indented, or with a line for each resource where there are many."""
    found = as_json(expansion)
    resources = found["resources"]
    if len(resources) <= _MOST_INDENTED:
        return json.dumps(found, indent=2)
    lines = ",\n".join(json.dumps(one) for one in resources)
    rest = {key: value for key, value in found.items() if key not in ("schema", "resources")}
    return f'{{"schema": 1, "resources": [\n{lines}\n],\n{json.dumps(rest)[1:]}'


class _Form:
    """Makes values plain and collects where they are unknown. An unknown that comes again is written once."""

    def __init__(self) -> None:
        self.unknown: list[Path] = []
        self._texts: dict[int, str] = {}

    def resource(self, one: ExpandedResource, path: Path) -> dict[str, Any]:
        """Each unknown is named once, though `properties` are part of the `body` too."""
        parts = (one.id, one.name, one.type, one.api_version, one.location, one.scope, one.condition)
        self.unknown += [(*path, name) for name, value in zip(_IDENTITY, parts, strict=True) if type(value) is Unknown]
        properties = self.plain(one.properties, (*path, "properties"))
        depends_on = [self.text(value) for value in one.depends_on]
        self.unknown += [
            (*path, "dependsOn", index) for index, value in enumerate(one.depends_on) if type(value) is Unknown
        ]
        body = {key: self._member(key, value, properties, (*path, "body", key)) for key, value in one.body.items()}
        return {
            "id": self.text(one.id),
            "name": self.text(one.name),
            "type": self.text(one.type),
            "apiVersion": self.text(one.api_version),
            "location": self.value(one.location),
            "scope": self.value(one.scope),
            "symbolicName": one.symbolic_name,
            "deployment": None if one.deployment is None else self.text(one.deployment),
            "linked": one.linked,
            "condition": self.value(one.condition),
            "properties": properties,
            "dependsOn": depends_on,
            "body": body,
        }

    def _member(self, key: str, value: Value, properties: Any, path: Path) -> Any:
        """A member of a body; the identity is always text, and what stands beside the body is not named again."""
        if key == "properties":
            return properties
        if key in ("name", "type", "apiVersion"):
            return self.text(value)
        return self.value(value) if key in _IDENTITY else self.plain(value, path)

    def value(self, value: Value) -> Any:
        """A value whose unknown is named already."""
        return {"$unknown": self.text(value)} if type(value) is Unknown else value

    def text(self, value: Value) -> str:
        """A part of an identity as text."""
        if type(value) is not Unknown:
            return text(value)
        known = self._texts.get(id(value))
        if known is None:
            known = self._texts[id(value)] = unknown_text(value)
        return known

    def plain(self, value: Value, path: Path) -> Any:
        """A value without unknowns; those in it are noted, `path` being its place."""
        return value if type(value) in PLAIN else self._plain(value, list(path))

    def _plain(self, value: Value, steps: list[str | int]) -> Any:
        """`steps` lead to the value; they are changed on the way down and back again."""
        kind = type(value)
        if kind is dict:
            made = {}
            for key, item in value.items():
                if type(item) in PLAIN:
                    made[key] = item
                else:
                    steps.append(key)
                    made[key] = self._plain(item, steps)
                    steps.pop()
            return made
        if kind is list:
            return [item if type(item) in PLAIN else self._item(item, index, steps) for index, item in enumerate(value)]
        if kind is Unknown:
            self.unknown.append(tuple(steps))
            return {"$unknown": self.text(value)}
        return value

    def _item(self, item: Value, index: int, steps: list[str | int]) -> Any:
        steps.append(index)
        made = self._plain(item, steps)
        steps.pop()
        return made
