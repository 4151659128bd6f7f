"""How expansions are written: the formats of the verb `expand`, each loaded when it is asked for, and a difference."""

import importlib
import json

from packager.arm.expansion import Expansion
from packager.cli.evaluation import printable

FORMATS = {
    "text": "textform:as_text",
    "json": "jsonform:as_json_text",
    "mermaid": "graphform:as_mermaid",
    "dot": "graphform:as_dot",
}
# The formats that a difference has.
COMPARED = ("text", "json")


def written(expansion: Expansion, form: str) -> str:
    """The expansion in a format."""
    module, _, function = FORMATS[form].partition(":")
    found: str = getattr(importlib.import_module(f"packager.arm.{module}"), function)(expansion)
    return printable(found)


def difference(found: Expansion, other: Expansion, form: str) -> str:
    """What `found` has more, less or otherwise than `other`, resource by resource; as JSON the ids of each kind."""
    import difflib  # costs start-up that only a comparison pays

    new, old = (_by_id(expansion) for expansion in (found, other))
    changed = [id_ for id_ in new if id_ in old and new[id_] != old[id_]]
    added = [id_ for id_ in new if id_ not in old]
    removed = [id_ for id_ in old if id_ not in new]
    if form == "json":
        return json.dumps({"schema": 1, "added": added, "removed": removed, "changed": changed}, indent=2)
    lines = [f"+ {id_}" for id_ in added] + [f"- {id_}" for id_ in removed]
    for id_ in changed:
        lines.append(f"~ {id_}")
        compared = difflib.unified_diff(old[id_].splitlines(), new[id_].splitlines(), lineterm="", n=1)
        lines += [f"    {line}" for line in compared if line[:3] not in ("---", "+++")]
    return printable("\n".join(lines)) if lines else "Both deploy the same."


def _by_id(expansion: Expansion) -> dict[str, str]:
    from packager.arm.jsonform import as_json  # as above

    resources = as_json(expansion)["resources"]
    return {one["id"]: json.dumps({**one["body"], "dependsOn": one["dependsOn"]}, indent=2) for one in resources}
