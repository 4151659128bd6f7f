"""`mainTemplate.json` or `createUiDefinition.json` is not at the root of the package.

Partner Center looks for exactly these two names, with this case, at the root of the archive, and refuses an upload
without them. The usual causes are a zip of the folder instead of its contents, and `createUIDefinition.json`.

Zip the contents of the folder, or rename the file.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import FORM, MAIN_TEMPLATE, Package
from packager.checks.rule import Hit, rule
from packager.source.document import Document
from packager.source.spot import Spot


@rule(on="package", severity=Severity.ERROR)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report each missing file, where it is found instead when it is there by another name."""
    names = package.bundle.entries
    if package.bundle.kind not in {"zip", "offer"}:
        return
    for required in (MAIN_TEMPLATE, FORM):
        if required not in names:
            spot = Spot(Document.from_text(package.bundle.root, ""))
            yield Hit(spot, f"the package has no '{required}' at its root{_instead(required, list(names))}")


def _instead(required: str, names: list[str]) -> str:
    alike = [name for name in names if name.rpartition("/")[2].lower() == required.lower()]
    if not alike:
        return ""
    folder, _, name = alike[0].rpartition("/")
    if folder:
        return f"; it is in the folder '{folder}': zip the contents of that folder"
    return f"; rename '{name}' to '{required}'"
