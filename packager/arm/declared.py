"""A resource as a template declares it, with the code of its parts: made once, evaluated for every copy."""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.expressions.binding import Code
from packager.expressions.scope import Scope
from packager.expressions.structure import Report, bind_value, salvage
from packager.expressions.values import Value
from packager.source.span import Path

# What steers the deployment of a resource and is no part of it.
_STEERING = frozenset(
    {"copy", "condition", "dependson", "resources", "comments", "existing", "name", "type", "apiversion"}
)


class Declaration:
    """`path` leads from the document's root to `value`, `symbol` is its symbolic name."""

    __slots__ = ("_body", "_codes", "children", "members", "parent", "path", "symbol", "value")

    def __init__(self, value: Mapping[str, Any], path: Path, symbol: str | None, parent: "Declaration | None") -> None:
        self.value = value
        self.path = path
        self.symbol = symbol
        self.parent = parent
        self.members = {key.lower(): (key, item) for key, item in value.items()}
        self.children: tuple[Declaration, ...] = tuple(declarations(*self._resources(), self))
        self._codes: dict[str, Code | None] = {}
        self._body: Code | bool | None = False

    def _resources(self) -> tuple[Any, Path]:
        key, resources = self.members.get("resources", ("resources", None))
        return resources, (*self.path, key)

    def raw(self, name: str) -> Any:
        """A member as written; None when it is absent."""
        return self.members.get(name, (name, None))[1]

    def path_of(self, name: str) -> Path:
        """The path of a member, or of the whole resource when it is absent."""
        found = self.members.get(name)
        return self.path if found is None else (*self.path, found[0])

    def evaluate(self, name: str, scope: Scope) -> Value:
        """A member, given in lower case; None when it is absent."""
        if name not in self._codes:
            self._codes[name] = bind_value(self.raw(name), self.path_of(name), copies=False)
        code = self._codes[name]
        return self.raw(name) if code is None else code(scope)

    def body(self, scope: Scope, without: frozenset[str] = frozenset()) -> dict[str, Value]:
        """Everything but the steering members; of `properties` those in `without` stay as written.

        `without` must be the same at each call.
        """
        if self._body is False:
            self._body = bind_value(self._rest(without), self.path)
        code = self._body
        found = self._rest(without) if not callable(code) else code(scope)
        kept = self._kept(without)
        return found if not kept else {**found, self.members["properties"][0]: {**_dict(found, self.members), **kept}}

    def salvaged(self, scope: Scope, without: frozenset[str], report: Report) -> dict[str, Value]:
        """The same for a resource in which something fails: that is reported and stays as it is written."""
        found = salvage(self._rest(without), scope, self.path, report)
        kept = self._kept(without)
        return found if not kept else {**found, self.members["properties"][0]: {**_dict(found, self.members), **kept}}

    def _rest(self, without: frozenset[str]) -> dict[str, Any]:
        rest = {key: item for key, item in self.value.items() if key.lower() not in _STEERING}
        key, properties = self.members.get("properties", ("", None))
        if without and isinstance(properties, dict):
            rest[key] = {name: item for name, item in properties.items() if name.lower() not in without}
        return rest

    def _kept(self, without: frozenset[str]) -> dict[str, Any]:
        properties = self.raw("properties") if without else None
        items = properties.items() if isinstance(properties, dict) else ()
        return {name: item for name, item in items if name.lower() in without}


def _dict(found: Mapping[str, Value], members: Mapping[str, tuple[str, Any]]) -> dict[str, Value]:
    properties = found.get(members["properties"][0])
    return properties if isinstance(properties, dict) else {}


def declarations(resources: Any, path: Path, parent: Declaration | None) -> Iterator[Declaration]:
    """The resources of a section: a list, or an object of symbolic names. What is no object is left out."""
    if isinstance(resources, dict):
        for symbol, value in resources.items():
            if isinstance(value, dict):
                yield Declaration(value, (*path, symbol), symbol, parent)
    elif isinstance(resources, list):
        for index, value in enumerate(resources):
            if isinstance(value, dict):
                yield Declaration(value, (*path, index), None, parent)
