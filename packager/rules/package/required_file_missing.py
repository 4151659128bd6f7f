"""`mainTemplate.json` or `createUiDefinition.json` is not at the root of the package.

Partner Center looks for exactly these two names, with this case, at the root of the archive, and refuses an upload
without them. The sub-id names what is there instead:

- `[wrapped]`: the files are in a folder of the archive, because the folder was zipped instead of its contents;
- `[wrong-case]`: the name is capitalised otherwise, `createUIDefinition.json` say;
- `[azuredeploy]`: the folder has the names of a quickstart sample, `azuredeploy.json` (a warning).

The form of a Kubernetes offer may be called otherwise: its `manifest.yaml` names it.

Zip the contents of the folder, or rename the file:

    cd package && zip -r ../package.zip .
"""

from collections.abc import Iterator

from packager.bundle.model import Bundle
from packager.checks.finding import Severity
from packager.checks.package import FORM, MAIN_TEMPLATE, Package
from packager.checks.rule import Hit, rule
from packager.source.document import Document
from packager.source.span import Span
from packager.source.spot import Spot

REQUIRED = (MAIN_TEMPLATE, FORM)
QUICKSTART = "azuredeploy.json"


@rule(on="package", severity=Severity.ERROR)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report each missing file, and where it is found instead when it is there by another name."""
    bundle = package.bundle
    if bundle.kind not in {"zip", "folder"} or not bundle.entries:
        return
    missing = [required for required in REQUIRED if not bundle.holds(required)]
    if bundle.kind == "folder" and not _is_package(bundle):
        yield from _wrapped_folder(bundle)
        return
    if bundle.kind == "folder" and _is_container_offer(package) and bundle.lookup_any_case(FORM):
        missing = [required for required in missing if required != FORM]
    folders = {_folder_instead(bundle, required) for required in REQUIRED}
    if missing == list(REQUIRED) and len(folders) == 1 and (folder := folders.pop()):
        message = f"the files of the package are in the folder '{folder}': zip the contents of that folder"
        yield _hit("", message, "wrapped")
        return
    for required in missing:
        yield _missing(bundle, required)


def _folder_instead(bundle: Bundle, required: str) -> str | None:
    """The folder of a required file that is not at the root by any name."""
    return None if bundle.lookup_any_case(required) else next(iter(_folders_with(bundle, required)), None)


def _is_package(bundle: Bundle) -> bool:
    """Whether a folder is meant as a package: one of the two files is at its root, however it is capitalised."""
    return any(bundle.lookup_any_case(required) is not None for required in REQUIRED)


def _is_container_offer(package: Package) -> bool:
    """Whether this is the source of a Kubernetes offer: no zip is made of it, and its manifest.yaml names the files.

    The variables that `cpa` fills in have this value in every such template.
    """
    return package.main is not None and "DONOTMODIFY" in package.main.document.text


def _missing(bundle: Bundle, required: str) -> Hit:
    said = f"the package has no '{required}' at its root"
    other = bundle.lookup_any_case(required)
    if other is not None:
        return _hit(other, f"{said}; rename '{other}' to '{required}'", "wrong-case")
    quickstart = bundle.lookup_any_case(QUICKSTART)
    if bundle.kind == "folder" and required == MAIN_TEMPLATE and quickstart is not None:
        message = f"{said}; rename '{quickstart}' before this folder becomes a package"
        return _hit(quickstart, message, "azuredeploy", Severity.WARNING)
    folder = _folder_instead(bundle, required)
    if folder is None:
        return _hit("", f"{said}; add it, or check that everything was packed")
    return _hit("", f"{said}; it is in the folder '{folder}': zip the contents of that folder", "wrapped")


def _wrapped_folder(bundle: Bundle) -> Iterator[Hit]:
    """A folder that holds packages without being one; a folder of other templates is none of this rule's business."""
    forms = set(_folders_with(bundle, FORM))
    folders = [folder for folder in _folders_with(bundle, MAIN_TEMPLATE) if folder in forms]
    if len(folders) == 1:
        message = f"the package is in the folder '{folders[0]}': name that folder, and zip its contents"
        yield _hit("", message, "wrapped")
    elif folders:
        shown = ", ".join(f"'{folder}'" for folder in folders[:5]) + (", ..." if len(folders) > 5 else "")
        yield _hit("", f"the folder holds {len(folders)} packages ({shown}): name each of them", "wrapped")


def _folders_with(bundle: Bundle, required: str) -> list[str]:
    """The folders that hold a file of that name in any case, outermost first."""
    split = (name.rpartition("/") for name in bundle.entries)
    found = (folder for folder, _, name in split if folder and name.lower() == required.lower())
    return sorted(found, key=lambda folder: (folder.count("/"), folder))


def _hit(name: str, message: str, sub: str | None = None, severity: Severity | None = None) -> Hit:
    # Both files may be missing: with a span, the message takes part in what tells the findings apart.
    spot = Spot(Document.from_text(name, ""), span=Span(0, 0))
    return Hit(spot, message, sub=sub, severity=severity)
