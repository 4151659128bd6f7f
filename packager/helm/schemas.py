"""The schemas of Kubernetes' own objects, as the optional library kubernetes-validate ships them.

They are compared here and not by that library: it stops at the first mistake of an object, and takes forty times as
long, because its schemas refer to each other at every step.
"""

import base64
import binascii
import importlib.util
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from packager.data.kubernetes import KubernetesVersion
from packager.helm.literals import is_filled_in_later
from packager.source.lazy import lazy_pattern
from packager.source.nearest import did_you_mean
from packager.source.schemawords import complaint, shown
from packager.source.span import Path

LIBRARY = "kubernetes_validate"
_FOLDER = "kubernetes-json-schema"
_DEFINITIONS = "_definitions.json"
_NAME = lazy_pattern(r"[A-Za-z][A-Za-z0-9]{0,62}")
_VERSION = lazy_pattern(r"(?:([a-z0-9-]{1,63})(?:\.[a-z0-9.-]{1,253})?/)?(v[0-9][a-z0-9]{0,20})")
_QUANTITY = lazy_pattern(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,3})?")
_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
_DEEPEST = 200  # steps; objects that people write have 30 at most
_LARGEST = {"int32": 2**31 - 1, "int64": 2**63 - 1}


class Mismatch(NamedTuple):
    """What is wrong with the value at `path`, or with its name when `on_key` is set."""

    path: Path
    message: str
    on_key: bool = False


class Schemas:
    """The schemas of one version; `version` is the newest one shipped that is not newer than what was asked for."""

    __slots__ = ("_definitions", "_folder", "_known", "version")

    def __init__(self, folder: FilePath, version: KubernetesVersion) -> None:
        self.version = version
        self._folder = folder
        self._known: dict[tuple[str, str], dict[str, Any] | None] = {}
        self._definitions: dict[str, Any] | None = None

    def schema(self, api_version: str, kind: str) -> dict[str, Any] | None:
        """The schema of a kind in an API version; None when this version of Kubernetes has none."""
        key = (api_version, kind)
        if key not in self._known:
            self._known[key] = self._read(api_version, kind)
        return self._known[key]

    def _read(self, api_version: str, kind: str) -> dict[str, Any] | None:
        found = _VERSION.fullmatch(api_version)
        if found is None or not _NAME.fullmatch(kind):
            return None
        name = f"{kind.lower()}-{found[1]}-{found[2]}.json" if found[1] else f"{kind.lower()}-{found[2]}.json"
        try:
            schema: dict[str, Any] = json.loads((self._folder / name).read_bytes())
        except (OSError, ValueError):
            return None
        group, slash, version = api_version.rpartition("/")
        meant = {"group": group if slash else "", "kind": kind, "version": version}
        return schema if meant in schema.get("x-kubernetes-group-version-kind", ()) else None

    def mismatches(self, value: Any, schema: Mapping[str, Any]) -> Iterator[Mismatch]:
        """Where a value is not what a schema says, in document order; what is filled in later fits everything."""
        return self._compare(value, schema, ())

    def _compare(self, value: Any, schema: Mapping[str, Any], path: Path) -> Iterator[Mismatch]:
        if len(path) > _DEEPEST:
            return
        while "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            if name.endswith(".Quantity"):
                yield from _quantity(value, path)
            schema = self._definition(name)
        if isinstance(value, str) and is_filled_in_later(value):
            return
        words = _complaint(value, schema)
        if words is not None:
            yield Mismatch(path, f"{_subject(path)} {words}")
        elif isinstance(value, dict):
            yield from self._members(value, schema, path)
        elif isinstance(value, list):
            items = schema.get("items", {})
            for position, item in enumerate(value):
                yield from self._compare(item, items, (*path, position))

    def _members(self, value: dict[str, Any], schema: Mapping[str, Any], path: Path) -> Iterator[Mismatch]:
        known: Mapping[str, Any] = schema.get("properties", {})
        others = schema.get("additionalProperties", {})
        for name in schema.get("required", ()):
            if value.get(name) is None:
                yield Mismatch(path, f"{_subject(path)} has no '{name}'")
        for name, inner in value.items():
            if name in known and inner is None:
                continue  # Kubernetes takes null for nothing
            if name in known:
                yield from self._compare(inner, known[name], (*path, name))
            elif others is False:
                message = f"unknown field {shown(name)}{did_you_mean(name, known.keys() - value.keys())}"
                yield Mismatch((*path, name), message, on_key=True)
            elif isinstance(others, dict):
                yield from self._compare(inner, others, (*path, name))

    def _definition(self, name: str) -> Mapping[str, Any]:
        if self._definitions is None:
            self._definitions = json.loads((self._folder / _DEFINITIONS).read_bytes())["$defs"]
        found: Mapping[str, Any] = self._definitions.get(name, {})
        return found


def library_folder() -> FilePath | None:
    """Where the library's schemas lie; None when it is not installed."""
    found = importlib.util.find_spec(LIBRARY)  # importing it would bring jsonschema, 200 ms
    places = found.submodule_search_locations if found is not None else None
    return FilePath(places[0], _FOLDER) if places else None


@lru_cache(maxsize=4)
def schemas_for(folder: FilePath, version: KubernetesVersion) -> Schemas | None:
    """The schemas for a version of Kubernetes; None when it is older than all that are shipped."""
    try:
        names = [one.name for one in folder.iterdir() if one.name.endswith("-local-strict")]
    except OSError:
        return None
    shipped = [KubernetesVersion(int(name.split(".")[1])) for name in names]
    found = max((one for one in shipped if one <= version), default=None)
    return Schemas(folder / f"v{found}.0-local-strict", found) if found is not None else None


def compares(version: KubernetesVersion) -> bool:
    """Whether there are schemas to compare objects of a version of Kubernetes with."""
    folder = library_folder()
    return folder is not None and schemas_for(folder, version) is not None


def _complaint(value: Any, schema: Mapping[str, Any]) -> str | None:
    """What is wrong with a value itself."""
    wanted = _wanted(schema)
    if wanted and not any(_is(value, name) for name in wanted):
        return complaint("type", [name for name in wanted if name != "null"], value)
    if "enum" in schema and value is not None and value not in schema["enum"]:
        return complaint("enum", schema["enum"], value)
    form = schema.get("format")
    if form == "byte" and isinstance(value, str) and not is_base64(value):
        return "must be base64"
    largest = _LARGEST.get(form) if isinstance(form, str) else None
    if largest is not None and isinstance(value, int) and abs(value) > largest:
        return f"must be at most {largest}, not {shown(value)}"
    return None


def _wanted(schema: Mapping[str, Any]) -> list[str]:
    alternatives = schema.get("oneOf", (schema,))
    types = [one.get("type", ()) for one in alternatives]
    names = [name for one in types for name in ([one] if isinstance(one, str) else one)]
    return list(dict.fromkeys(names))


def _is(value: Any, name: str) -> bool:
    if name in {"integer", "number"}:
        whole = name == "number" or isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        return isinstance(value, (int, float)) and not isinstance(value, bool) and whole
    return isinstance(value, _TYPES[name])


def _quantity(value: Any, path: Path) -> Iterator[Mismatch]:
    if isinstance(value, str) and not _QUANTITY.fullmatch(value.strip()) and not is_filled_in_later(value):
        yield Mismatch(path, f"{_subject(path)} must be an amount like 500m, 2, 256Mi or 1Gi, not {shown(value)}")


def is_base64(value: str) -> bool:
    """Whether a text is base64, as Kubernetes reads it: line ends in it do not count."""
    try:
        base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _subject(path: Path) -> str:
    names = [step for step in path if isinstance(step, str)]
    if not names:
        return "the object"
    return shown(names[-1]) if isinstance(path[-1], str) else f"an item of {shown(names[-1])}"
