"""What Azure's published types say of the body of each resource type, read one namespace at a time.

The folder `resource-types/` holds `index.json` (source, commit, date, and size and digest of every file) and an xz file
a namespace; `python -m packager.data.renew_resource_types` writes it. What the fields mean stands in
docs/reference/resource-facts.md.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from packager.data.shapes import Shape, read_shape
from packager.errors import FactsError

FOLDER = Path(__file__).with_name("resource-types")
FORMAT = 1
# The line between types and nodes; each of them has a line of its own.
_NODES = b'},"nodes":['
# Where a resource can be deployed to, as bits.
TENANT, MANAGEMENT_GROUP, SUBSCRIPTION, RESOURCE_GROUP, EXTENSION = 1, 2, 4, 8, 16


class Described(NamedTuple):
    """A type in one version: the number of its body in the shapes of the namespace, and the scopes to write it at."""

    version: str
    body: int
    writable: int
    readable: int


class ResourceType(NamedTuple):
    """A type with its versions, oldest first; `functions` are such as listKeys, with the versions that have them."""

    name: str
    namespace: "Namespace"
    versions: Mapping[str, tuple[int, int, int]]
    functions: Mapping[str, tuple[str, ...]]

    def described(self, version: str) -> Described:
        """The type in a version; of one that is not described, in the next newer one, else in the newest."""
        wanted = version.lower()
        if wanted not in self.versions:
            newer = [one for one in self.versions if _age(one) > _age(wanted)]
            wanted = min(newer, key=_age) if newer else max(self.versions, key=_age)
        return Described(wanted, *self.versions[wanted])

    @property
    def writable(self) -> int:
        """The scopes at which some version can be written."""
        found = 0
        for _, writable, _ in self.versions.values():
            found |= writable
        return found


def _age(version: str) -> tuple[str, str]:
    """What versions are sorted by: a preview comes before the stable one of its day."""
    return version[:10], version[10:] or "~"


class Namespace:
    """The types of a provider and their shapes. Of its file only those lines are parsed that are asked for."""

    def __init__(self, file: Path, name: str, types: list[bytes], nodes: list[bytes]) -> None:
        self.name = name
        self._file = file
        self._nodes = nodes
        # Which versions have a property, by type and path: asked for again by every turn of a loop.
        self.having: dict[tuple[str, ...], list[str]] = {}
        self._shapes: dict[int, Shape] = {}
        self._types: dict[str, ResourceType | None] = {}
        self._lines = {line[1 : line.index(b'"', 1)].decode(): line for line in types}
        self._written = {name.lower(): name for name in self._lines}

    @property
    def names(self) -> list[str]:
        """The types as published, with the namespace."""
        return [f"{self.name}/{name}" for name in self._lines]

    @property
    def size(self) -> int:
        """How many shapes there are."""
        return len(self._nodes)

    def of(self, name: str) -> ResourceType | None:
        """A type, given without the namespace in any case."""
        lowered = name.lower()
        if lowered not in self._types:
            self._types[lowered] = self._read(self._written.get(lowered))
        return self._types[lowered]

    def _read(self, name: str | None) -> ResourceType | None:
        if name is None:
            return None
        found = self._parsed(b"{" + self._lines[name].rstrip(b",") + b"}")[name]
        versions = {version: tuple(row) for version, row in found["versions"].items()}
        functions = {function: tuple(having) for function, having in found.get("functions", {}).items()}
        return ResourceType(f"{self.name}/{name}", self, versions, functions)

    def shape(self, number: int) -> Shape:
        """A shape by its number."""
        found = self._shapes.get(number)
        if found is None:
            found = self._shapes[number] = read_shape(self._parsed(self._nodes[number].rstrip(b",")))
        return found

    def _parsed(self, line: bytes) -> Any:
        try:
            return json.loads(line)
        except ValueError as error:
            raise _damaged(self._file, "it is not what was shipped") from error


class ResourceTypes:
    """The tables in `folder`. Everything raises FactsError, which names the file, when one is missing or damaged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._namespaces: dict[str, Namespace | None] = {}

    @cached_property
    def index(self) -> Mapping[str, Any]:
        """`source`, `commit`, `commit_date`, `totals`, and `namespaces` by name in lower case."""
        file = self.folder / "index.json"
        try:
            index: Mapping[str, Any] = json.loads(file.read_bytes())
            if index["format"] != FORMAT or not isinstance(index["namespaces"], dict):
                raise _damaged(file, f"it is not of format {FORMAT}")
        except OSError as error:
            raise _damaged(file, error.strerror or "it cannot be read") from error
        except (ValueError, KeyError, TypeError) as error:
            raise _damaged(file, "it is not what was shipped") from error
        return index

    def names(self) -> Iterator[str]:
        """The namespaces as published."""
        return (entry["name"] for entry in self.index["namespaces"].values())

    def namespace(self, name: str) -> Namespace | None:
        """A namespace, given in any case; None when it is not described."""
        lowered = name.lower()
        if lowered not in self._namespaces:
            entry = self.index["namespaces"].get(lowered)
            self._namespaces[lowered] = None if entry is None else _read(self.folder / entry["file"], lowered, entry)
        return self._namespaces[lowered]

    def of(self, resource_type: str) -> ResourceType | None:
        """A type, given in any case; None when it is not described."""
        name, _, rest = resource_type.partition("/")
        namespace = self.namespace(name) if rest else None
        return None if namespace is None else namespace.of(rest)


@lru_cache(maxsize=1)
def shipped_types() -> ResourceTypes:
    """The tables that come with the tool."""
    return ResourceTypes(FOLDER)


def _read(file: Path, name: str, entry: Mapping[str, Any]) -> Namespace:
    """The namespace in a file.

    Its sizes are compared with the index, and xz carries a checksum of its own: that finds every damage by accident
    without the cost of a digest, which the tests and `packager rules --data` compare.
    """
    import lzma  # 1 ms that only a template with known types pays

    try:
        data = file.read_bytes()
        text = lzma.decompress(data) if len(data) == entry["bytes"] else b""
    except OSError as error:
        raise _damaged(file, error.strerror or "it cannot be read") from error
    except (EOFError, lzma.LZMAError) as error:
        raise _damaged(file, "it is not what was shipped") from error
    lines = text.split(b"\n")
    if len(text) != entry["json"] or _NODES not in lines:
        raise _damaged(file, "it is not what index.json says")
    try:
        written, middle = str(json.loads(lines[0] + b"}}")["namespace"]), lines.index(_NODES)
        found = Namespace(file, written, lines[1:middle], lines[middle + 1 : -1])
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(file, "it is not what was shipped") from error
    if written.lower() != name:
        raise _damaged(file, f"it holds '{written}'")
    return found


def _damaged(file: Path, reason: str) -> FactsError:
    hint = "install packager again, or renew the facts as docs/how-to/renew-the-facts.md says"
    return FactsError(f"the facts about resource types cannot be read: {reason}", where=str(file), hint=hint)
