"""Azure will not read the package's `viewDefinition.json`.

The view that replaces the overview page of a managed application is found by its exact name at the root of the package,
beside `mainTemplate.json` (`[wrong-case]`, `[folder]`). A solution template has no such page: its plan has no use for
the file (`[solution-template]`).

Rename or move the file, or leave it out.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import MAIN_TEMPLATE, VIEW, Package
from packager.checks.rule import Hit, rule


@rule(on="package", severity=Severity.WARNING)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report each view definition that is in vain."""
    for name in package.bundle.entries:
        folder, _slash, base = name.rpartition("/")
        if base.lower() != VIEW.lower():
            continue
        if package.kind == "solution-template":
            yield _hit(package, name, f"'{name}' has no use in a solution template; leave it out", "solution-template")
        elif folder and not package.bundle.holds(VIEW) and not package.bundle.holds(f"{folder}/{MAIN_TEMPLATE}"):
            yield _hit(package, name, f"'{name}' is read only at the root of the package; move it there", "folder")
        elif not folder and base != VIEW:
            yield _hit(package, name, f"'{name}' is read only when it is called '{VIEW}'; rename it", "wrong-case")


def _hit(package: Package, name: str, message: str, sub: str) -> Hit:
    return Hit(package.file_spot(name), message, sub=sub)
