"""Which api-versions each resource type has: a table read one namespace at a time.

The file `api_versions.table` holds a line of JSON (origin, date, digest of the table it was made from, and where each
namespace lies) and after it one zlib block a namespace. `python -m packager.data.renew` writes it. Users may bring
another table as JSON.
"""

import json
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from packager.errors import UsageError

TABLE = Path(__file__).with_name("api_versions.table")


class VersionTable(Protocol):
    """Known api-versions by type."""

    def of(self, resource_type: str) -> tuple[str, ...]:
        """The versions of a type in lower case, newest first; a preview before the stable one of its day. () when
        the type is unknown.
        """
        ...


class ApiVersions:
    """The table in `file`; types are looked up ignoring case."""

    def __init__(self, file: Path) -> None:
        self.file = file

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
        """See `VersionTable`."""
        lowered = resource_type.lower()
        namespace = lowered.partition("/")[0]
        if namespace not in self._namespaces:
            self._namespaces[namespace] = self._read(namespace)
        return self._namespaces[namespace].get(lowered, ())

    def namespaces(self) -> Iterator[str]:
        """The names of all namespaces, in lower case."""
        yield from self.header["namespaces"]

    def types(self, namespace: str) -> Iterator[str]:
        """The types of a namespace as they are usually spelt; nothing when it is unknown."""
        yield from self._block(namespace.lower())

    def _read(self, namespace: str) -> Mapping[str, tuple[str, ...]]:
        return {name.lower(): tuple(versions) for name, versions in self._block(namespace).items()}

    def _block(self, namespace: str) -> dict[str, list[str]]:
        place = self.header["namespaces"].get(namespace)
        if place is None:
            return {}
        start = self._data.index(b"\n") + 1 + place[0]
        table: dict[str, list[str]] = json.loads(zlib.decompress(self._data[start : start + place[1]]))
        return table


@lru_cache(maxsize=1)
def shipped() -> ApiVersions:
    """The table that comes with the tool."""
    return ApiVersions(TABLE)


class GivenVersions(NamedTuple):
    """A table that a user brings, by type in lower case."""

    versions: Mapping[str, tuple[str, ...]]

    def of(self, resource_type: str) -> tuple[str, ...]:
        """See `VersionTable`."""
        return self.versions.get(resource_type.lower(), ())


def read_table(path: Path) -> GivenVersions:
    """A table in a JSON file: `{type: [version]}`, the output of `az provider list`, or arm-ttk's own cache.

    Raises UsageError when the file cannot be read or holds something else.
    """
    value = _read_json(path)
    table = {}
    for name, versions in _rows(value):
        if not all(isinstance(one, str) for one in versions):
            raise UsageError(f"the versions of '{name}' are no list of texts", where=_where(path, name))
        table[name.lower()] = ordered(versions)
    if not any(table.values()):
        hint = 'write {"Microsoft.Web/sites": ["2024-04-01"]}, or the output of az provider list'
        raise UsageError("the file holds no table of api-versions", where=str(path), hint=hint)
    return GivenVersions(table)


def _read_json(path: Path) -> Any:
    where, reason = str(path), "it is no JSON text"
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = error.strerror or reason
    except json.JSONDecodeError as error:
        where, reason = f"{path}:{error.lineno}:{error.colno}", f"it is no JSON text: {error.msg}"
    except (ValueError, RecursionError):
        pass
    raise UsageError(f"the table of api-versions cannot be read: {reason}", where=where)


def _where(path: Path, name: str) -> str:
    """The line that a type is on, as far as its name is written there."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    written = f'"{name.rpartition("/")[2]}"', f'"{name}"'
    number = next((number for number, line in enumerate(lines, 1) if any(one in line for one in written)), None)
    return f"{path}:{number}" if number else str(path)


def _rows(value: Any) -> Iterator[tuple[str, list[Any]]]:
    if isinstance(value, dict):
        for name, versions in value.items():
            # arm-ttk's cache has a list of one object for each type.
            first = versions[0] if isinstance(versions, list) and versions else versions
            found = first.get("apiVersions") if isinstance(first, dict) else versions
            yield name, found if isinstance(found, list) else [] if found is None else [None]
    for provider in value if isinstance(value, list) else ():
        types = provider.get("resourceTypes") if isinstance(provider, dict) else None
        for one in types if isinstance(types, list) else ():
            if isinstance(one, dict) and isinstance(one.get("apiVersions"), list):
                yield f"{provider.get('namespace')}/{one.get('resourceType')}", one["apiVersions"]


def ordered(versions: list[Any]) -> tuple[str, ...]:
    """Versions in lower case, newest first; a preview sorts before the stable one of its day."""
    return tuple(sorted({one.lower() for one in versions if isinstance(one, str)}, reverse=True))


def packed(table: Mapping[str, list[str]], origin: str, date: str, sha256: str) -> bytes:
    """The file's bytes for `{type: versions}`; the same table gives the same order of entries."""
    namespaces: dict[str, dict[str, list[str]]] = {}
    for name, versions in table.items():
        namespaces.setdefault(name.lower().partition("/")[0], {})[name] = list(ordered(versions))
    places: dict[str, tuple[int, int]] = {}
    blocks = b""
    for namespace, types in sorted(namespaces.items()):
        block = zlib.compress(json.dumps(types, sort_keys=True, separators=(",", ":")).encode(), 9)
        places[namespace] = (len(blocks), len(block))
        blocks += block
    header = {"origin": origin, "date": date, "sha256": sha256, "types": len(table), "namespaces": places}
    return json.dumps(header, separators=(",", ":")).encode() + b"\n" + blocks
