"""How expansions are written: the formats of the verb `expand`, and the difference of two."""

import difflib
import json
from collections.abc import Callable

from packager.arm.expansion import Expansion
from packager.arm.graphform import as_dot, as_mermaid
from packager.arm.jsonform import as_json
from packager.arm.textform import as_text

FORMATS: dict[str, Callable[[Expansion], str]] = {
    "text": as_text,
    "json": lambda expansion: json.dumps(as_json(expansion), indent=2),
    "mermaid": as_mermaid,
    "dot": as_dot,
}


def difference(found: Expansion, other: Expansion, form: str) -> str:
    """What `found` has more, less or otherwise than `other`, resource by resource; as JSON the ids of each kind."""
    new, old = (_by_id(expansion) for expansion in (found, other))
    changed = [id_ for id_ in new if id_ in old and new[id_] != old[id_]]
    added = [id_ for id_ in new if id_ not in old]
    removed = [id_ for id_ in old if id_ not in new]
    if form == "json":
        return json.dumps({"schema": 1, "added": added, "removed": removed, "changed": changed}, indent=2)
    lines = [f"+ {id_}" for id_ in added] + [f"- {id_}" for id_ in removed]
    for id_ in changed:
        lines.append(f"~ {id_}")
        pair = (old[id_].splitlines(), new[id_].splitlines())
        lines += [
            f"    {line}" for line in difflib.unified_diff(*pair, lineterm="", n=1) if line[:3] not in ("---", "+++")
        ]
    return "\n".join(lines) if lines else "Both deploy the same."


def _by_id(expansion: Expansion) -> dict[str, str]:
    resources = as_json(expansion)["resources"]
    return {one["id"]: json.dumps({**one["body"], "dependsOn": one["dependsOn"]}, indent=2) for one in resources}
