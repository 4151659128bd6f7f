"""Which api-versions each resource type has: a table read one namespace at a time.

The file `api_versions.table` holds a line of JSON (origin, date, digest of the table it was made from, and where each
namespace lies) and after it one zlib block a namespace. `python -m packager.data.renew` writes it.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("api_versions.table")


@dataclass(frozen=True)
class ApiVersions:
    """The table in `file`; types are looked up ignoring case."""

    file: Path

    @cached_property
    def _data(self) -> bytes:
        return self.file.read_bytes()

    @cached_property
    def header(self) -> dict[str, Any]:
        """`origin`, `date`, `sha256`, `types`, and `namespaces`: name in lower case to offset and length."""
        header: dict[str, Any] = json.loads(self._data[: self._data.index(b"\n")])
        return header

    @cached_property
    def _namespaces(self) -> dict[str, Mapping[str, tuple[str, ...]]]:
        return {}

    def of(self, resource_type: str) -> tuple[str, ...]:
        """The versions of a type, newest first; a preview stands before the stable one of its day. () when unknown."""
        lowered = resource_type.lower()
        namespace = lowered.partition("/")[0]
        if namespace not in self._namespaces:
            self._namespaces[namespace] = self._read(namespace)
        return self._namespaces[namespace].get(lowered, ())

    def _read(self, namespace: str) -> Mapping[str, tuple[str, ...]]:
        place = self.header["namespaces"].get(namespace)
        if place is None:
            return {}
        start = self._data.index(b"\n") + 1 + place[0]
        table: dict[str, list[str]] = json.loads(zlib.decompress(self._data[start : start + place[1]]))
        return {name: tuple(versions) for name, versions in table.items()}


@lru_cache(maxsize=1)
def shipped() -> ApiVersions:
    """The table that comes with the tool."""
    return ApiVersions(TABLE)


def packed(table: Mapping[str, list[str]], origin: str, date: str, sha256: str) -> bytes:
    """The file's bytes for `{type: versions}`; the same table gives the same order of entries."""
    namespaces: dict[str, dict[str, list[str]]] = {}
    for name, versions in table.items():
        lowered = name.lower()
        ordered = sorted({version.lower() for version in versions}, reverse=True)
        namespaces.setdefault(lowered.partition("/")[0], {})[lowered] = ordered
    places: dict[str, tuple[int, int]] = {}
    blocks = b""
    for namespace, types in sorted(namespaces.items()):
        block = zlib.compress(json.dumps(types, sort_keys=True, separators=(",", ":")).encode(), 9)
        places[namespace] = (len(blocks), len(block))
        blocks += block
    header = {"origin": origin, "date": date, "sha256": sha256, "types": len(table), "namespaces": places}
    return json.dumps(header, separators=(",", ":")).encode() + b"\n" + blocks
