"""Which files arm-ttk takes from a path, in its order, and which groups of checks it runs on each."""

from collections.abc import Iterable
from typing import Any

from packager.bundle.model import Bundle
from packager.checks.armttk.powershell import collation_key, get, truthy
from packager.checks.armttk.run import JsonFile
from packager.source.armttk import arm_ttk_value

MAIN_NAMES = ("azuredeploy.json", "maintemplate.json", "prereq.azuredeploy.json")
GROUPS = ("AllFiles", "CreateUIDefinition", "deploymentParameters", "deploymentTemplate", "all", "mainTemplateTests")
MEMBERS = {
    "all": ("deploymentTemplate", "CreateUIDefinition", "deploymentParameters"),
    "mainTemplateTests": ("deploymentTemplate", "deploymentParameters"),
}
FORM_NAME = "createuidefinition.json"


def chosen_name(bundle: Bundle, *, main_template_first: bool) -> str | None:
    """The entry that arm-ttk starts from: the file that was named, else the main file at the root; None without one.

    arm-ttk takes the first of the three names in order of the folder, so `azuredeploy.json` before
    `mainTemplate.json`; Partner Center knows only the latter, hence the option.
    """
    if bundle.kind == "file":
        return next(iter(bundle.reported or ()), None)
    at_root = sorted((name for name in bundle.entries if name.lower() in MAIN_NAMES), key=collation_key)
    if main_template_first:
        at_root.sort(key=lambda name: name.lower() != "maintemplate.json")
    return at_root[0] if at_root else None


def gathered_names(bundle: Bundle, chosen: str) -> list[str]:
    """The JSON files that arm-ttk looks at for a chosen file, in the order of its folder listing."""
    lowered = chosen.lower()
    if lowered.endswith(".json") and lowered.rpartition("/")[2] not in MAIN_NAMES:
        return [] if _is_unseen(chosen.rpartition("/")[2]) else [chosen]
    folder = chosen.rpartition("/")[0]
    inside = (name for name in bundle.entries if not folder or name.startswith(folder + "/"))
    start = len(folder) + 1 if folder else 0
    return sorted((name for name in inside if is_json(name) and not _is_unseen(name[start:])), key=_listing_order)


def _is_unseen(name: str) -> bool:
    # PowerShell's listing leaves out what begins with a dot, as it does on Linux; a name with a bracket is taken for a
    # wildcard pattern, which does not match itself.
    return "[" in name or any(part.startswith(".") for part in name.split("/"))


def is_json(name: str) -> bool:
    """Whether arm-ttk takes the file for JSON."""
    return name.lower().endswith((".json", ".jsonc"))


def _listing_order(name: str) -> list[tuple[int, object]]:
    # A folder's own files come first, then its sub-folders one by one, each sorted by name.
    *folders, file = name.split("/")
    return [*((1, collation_key(one)) for one in folders), (0, collation_key(file))]


def read_file(bundle: Bundle, name: str) -> JsonFile:
    """A gathered file with what arm-ttk reads from it."""
    document = bundle.document(name)
    return JsonFile(document, arm_ttk_value(document))


def groups_of(file: JsonFile, *, is_first_with_schema: bool) -> frozenset[str]:
    """The groups of checks that run on a file, `all` and `mainTemplateTests` resolved."""
    schema = get(file.value, "$schema")
    if truthy(schema):
        found = [group for group in GROUPS if group != "AllFiles" and mentions(schema, group)]
        return _resolved([*found, "AllFiles"] if is_first_with_schema else found)
    found = ["AllFiles"]
    name = file.name.lower()
    if name.endswith(".json"):
        base = name[: -len(".json")]
        found += [group for group in GROUPS if group.lower() in base]
        if base.endswith(".parameters"):
            found.append("deploymentParameters")
        if f"{base}.json" in MAIN_NAMES or truthy(get(file.value, "resources")):
            found.append("deploymentTemplate")
    return _resolved(found)


def mentions(schema: Any, word: str) -> bool:
    """Whether a `$schema`, or one of a list of them, holds `word`, ignoring case."""
    if isinstance(schema, list):
        return any(mentions(one, word) for one in schema)
    return isinstance(schema, str) and word.lower() in schema.lower()


def _resolved(groups: Iterable[str]) -> frozenset[str]:
    return frozenset(member for group in groups for member in MEMBERS.get(group, (group,)))
