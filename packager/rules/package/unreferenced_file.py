"""No template refers to a file of the package.

Such a file reaches customers and does nothing there, or something was meant to refer to it and does not. What a
script fetches by itself counts when there is a list of it: a `.txt` file that a template refers to, with the name of
a file of the package on each line. An address under a fixed URL outside the package is not seen.

Leave the file out, or refer to it: with `templateLink` for templates, `supportingScriptUris` for what a script needs.
The manifest of an item of Azure Stack Hub's marketplace may lie in the package; what it names belongs to the item.
"""

import re
from collections.abc import Iterator

from packager.bundle.model import Entry
from packager.checks.finding import Severity
from packager.checks.package import FORM, MAIN_TEMPLATE, VIEW, Package
from packager.checks.rule import Hit, rule
from packager.errors import PackagerError
from packager.rules.package.junk_file import junk_folder, left_by
from packager.rules.package.secret_file import secret_kind
from packager.rules.package.uncompiled_source import SOURCES, ending
from packager.source.lazy import lazy_pattern
from packager.source.tree import Tree

LIST_ENDING, LONGEST_LIST = ".txt", 1_000_000
GALLERY = lazy_pattern(r"https?://gallery\.azure\.com/schemas/[^/]+/manifest\.json", re.IGNORECASE)
KNOWN = frozenset(name.lower() for name in (FORM, MAIN_TEMPLATE, VIEW, "azuredeploy.json"))


@rule(on="package", severity=Severity.INFO)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report each file that no address leads to; where there is no main template nothing can be said."""
    if package.bundle.kind == "file" or package.main is None:
        return
    exact = {name for reference in package.file_references if reference.is_exact for name in reference.names()}
    exact |= _listed(package, exact)
    exact |= set(_in_gallery_item(package))
    patterns = {reference.pattern: reference for reference in package.file_references if not reference.is_exact}
    for name, entry in package.bundle.entries.items():
        if name.lower() in KNOWN or name in exact or any(reference.fits(name) for reference in patterns.values()):
            continue
        if not _is_told_to_leave(entry):
            said = "Azure does not read parameter files" if _is_parameters(name) else "leave it out, or refer to it"
            yield Hit(package.file_spot(name), f"no template refers to '{name}'; {said}")


def _listed(package: Package, referenced: set[str]) -> set[str]:
    """Names that stand, one a line, in lists that a template refers to; longer lists than a megabyte are not read."""
    entries = package.bundle.entries
    lists = (entries[name] for name in referenced if name.endswith(LIST_ENDING) and name in entries)
    return {line for entry in lists if entry.size <= LONGEST_LIST for line in _lines(entry)}


def _lines(entry: Entry) -> list[str]:
    try:
        return entry.read().decode("utf-8", "replace").splitlines()
    except PackagerError:
        return []


def _in_gallery_item(package: Package) -> Iterator[str]:
    """The manifests of items for Azure Stack Hub's marketplace, and the files that they name."""
    for document in package.json_documents:
        schema = document.value.get("$schema") if isinstance(document.value, dict) else None
        if isinstance(schema, str) and GALLERY.match(schema):
            yield document.name
            folder = document.name[: document.name.rfind("/") + 1]
            named = (text for _, _, text in Tree(document.value).texts(lambda _, __: False))
            yield from (folder + text.replace("\\", "/") for text in named)
            # Texts that begin with ms-resource: stand there.
            yield f"{folder}strings/resources.resjson"


def _is_told_to_leave(entry: Entry) -> bool:
    """Whether another rule says already that the file should not be there."""
    name = entry.name
    return bool(junk_folder(name) or left_by(name) or ending(name) in SOURCES or secret_kind(entry))


def _is_parameters(name: str) -> bool:
    return name.lower().endswith(".parameters.json")
