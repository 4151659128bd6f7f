"""No template refers to a file of the package.

Such a file reaches customers and does nothing there, or something was meant to refer to it and does not. A script that
fetches further files by itself is not seen by this rule, nor is an address under a fixed URL outside the package.

Leave the file out, or refer to it: with `templateLink` for templates, `supportingScriptUris` for what a script needs.
"""

from collections.abc import Iterator

from packager.bundle.model import Entry
from packager.checks.finding import Severity
from packager.checks.package import FORM, MAIN_TEMPLATE, VIEW, Package
from packager.checks.rule import Hit, rule
from packager.rules.package.junk_file import junk_folder, left_by
from packager.rules.package.secret_file import secret_kind
from packager.rules.package.uncompiled_source import SOURCES, ending

KNOWN = frozenset(name.lower() for name in (FORM, MAIN_TEMPLATE, VIEW, "azuredeploy.json"))


@rule(on="package", severity=Severity.INFO)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report each file that no address leads to; where there is no main template nothing can be said."""
    if package.bundle.kind == "file" or package.main is None:
        return
    exact = {name for reference in package.file_references if reference.is_exact for name in reference.names()}
    patterns = {reference.pattern: reference for reference in package.file_references if not reference.is_exact}
    for name, entry in package.bundle.entries.items():
        if name.lower() in KNOWN or name in exact or any(reference.fits(name) for reference in patterns.values()):
            continue
        if not _is_told_to_leave(entry):
            said = "Azure does not read parameter files" if _is_parameters(name) else "leave it out, or refer to it"
            yield Hit(package.file_spot(name), f"no template refers to '{name}'; {said}")


def _is_told_to_leave(entry: Entry) -> bool:
    """Whether another rule says already that the file should not be there."""
    name = entry.name
    return bool(junk_folder(name) or left_by(name) or ending(name) in SOURCES or secret_kind(entry))


def _is_parameters(name: str) -> bool:
    return name.lower().endswith(".parameters.json")
