"""Writes the tables of resource types: `python -m packager.data.renew_resource_types CHECKOUT COMMIT DATE [FOLDER]`.

CHECKOUT is one of https://github.com/Azure/bicep-types-az, of which every `generated/**/types.json` is read; COMMIT and
DATE (YYYY-MM-DD) are what `git log -1 --format='%H %cs'` prints there. The same checkout gives the same tables. FOLDER
is where they go, that of this package unless given.
"""

import hashlib
import json
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from packager.data.bicep_types import Draft, Resource, read_types
from packager.data.resource_types import FOLDER, FORMAT
from packager.data.sharing import Table

ORIGIN = "github:Azure/bicep-types-az"


class Collected(NamedTuple):
    """The drafts of a namespace from all its files, and its resources by type and version in lower case."""

    drafts: list[Draft]
    resources: dict[tuple[str, str], Resource]


def main(arguments: list[str]) -> int:
    """Read the checkout, write the tables."""
    if len(arguments) not in (3, 4):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    checkout, commit, date, *others = arguments
    folder = Path(others[0]) if others else FOLDER
    found = collected(Path(checkout))
    if not found:
        sys.stderr.write(f"there is no generated/**/types.json in '{checkout}'\n")
        return 2
    write(found, folder, {"format": FORMAT, "source": ORIGIN, "commit": commit, "commit_date": date})
    return 0


def collected(checkout: Path) -> dict[str, Collected]:
    """The namespaces in a checkout, by name in lower case. Of a type that two files describe, the later file counts."""
    found: dict[str, Collected] = {}
    for file in sorted((checkout / "generated").rglob("types.json")):
        source = read_types(json.loads(file.read_bytes()))
        for name in dict.fromkeys(resource.name.partition("/")[0].lower() for resource in source.resources):
            into = found.setdefault(name, Collected([], {}))
            first = len(into.drafts)
            into.drafts.extend(
                Draft(node, tuple(child + first for child in children)) for node, children in source.drafts
            )
            for one in source.resources:
                if one.name.partition("/")[0].lower() == name:
                    into.resources[one.name.lower(), one.version] = one._replace(body=one.body + first)
    return found


def write(found: dict[str, Collected], folder: Path, head: dict[str, Any]) -> None:
    """Write a file for each namespace, and the index last; files of namespaces that are gone are removed."""
    (folder / "ns").mkdir(parents=True, exist_ok=True)
    entries = {}
    for name in sorted(found):
        content = table(found[name])
        text = laid_out(content)
        data = lzma.compress(text, preset=9 | lzma.PRESET_EXTREME)
        file = f"ns/{name}.json.xz"
        (folder / file).write_bytes(data)
        entries[name] = {
            "file": file,
            "name": content["namespace"],
            "types": len(content["types"]),
            "versions": sum(len(one["versions"]) for one in content["types"].values()),
            "nodes": len(content["nodes"]),
            "bytes": len(data),
            "json": len(text),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    for stale in set((folder / "ns").iterdir()) - {folder / entry["file"] for entry in entries.values()}:
        stale.unlink()
    keys = ("types", "versions", "nodes", "json")
    totals = {key: sum(entry[key] for entry in entries.values()) for key in keys}
    totals["xz"] = sum(entry["bytes"] for entry in entries.values())
    index = {**head, "totals": totals, "namespaces": entries}
    (folder / "index.json").write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")


def laid_out(content: dict[str, Any]) -> bytes:
    """A namespace as JSON with a line for each type and each node, so that a reader can parse those alone it needs."""
    types = (f"{_json(name)}:{_json(entry)}" for name, entry in content["types"].items())
    nodes = map(_json, content["nodes"])
    head = f'{{"format":{FORMAT},"namespace":{_json(content["namespace"])},"types":{{'
    return "\n".join([head, ",\n".join(types), '},"nodes":[', ",\n".join(nodes), "]}"]).encode()


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def table(one: Collected) -> dict[str, Any]:
    """A namespace as its file has it: types by name, versions oldest first."""
    nodes = Table(one.drafts)
    types: dict[str, Any] = {}
    for (lowered, version), resource in sorted(one.resources.items()):
        entry = types.setdefault(lowered, {"name": resource.name, "versions": {}, "functions": {}})
        entry["versions"][version] = [nodes.number(resource.body), resource.writable, resource.readable]
        for function in resource.functions:
            entry["functions"].setdefault(function, []).append(version)
    namespace = next(iter(types.values()))["name"].partition("/")[0]
    return {"format": FORMAT, "namespace": namespace, "types": dict(_named(types)), "nodes": nodes.nodes}


def _named(types: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The types by their names without the namespace, without what is empty."""
    for entry in types.values():
        functions = {"functions": dict(sorted(entry["functions"].items()))} if entry["functions"] else {}
        yield entry["name"].partition("/")[2], {"versions": entry["versions"], **functions}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
