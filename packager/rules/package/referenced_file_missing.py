"""A template refers to a file that is not in the package.

Linked templates and scripts are fetched from where the files of the package are, by exact name: one that is missing
fails the deployment in the customer's subscription, after other resources were made. The sub-id names the case:

- `[wrong-case]`: the file is there with other capital letters; addresses tell them apart;
- `[some]`: one of the files that a choice of the customer leads to is missing (a warning below a `condition`);
- `[unresolved]`: the name is put together from what only the deployment knows. No file of the package fits it (a
  warning), or some do (information): make sure that there is one for every case.

Bad (the file is `nested/database.json`):

    "uri": "[uri(parameters('_artifactsLocation'), concat('nested/Database.json', parameters('_artifactsLocationSasToken')))]"

Good:

    "uri": "[uri(parameters('_artifactsLocation'), concat('nested/database.json', parameters('_artifactsLocationSasToken')))]"

Add the file to the package (in offer.yaml, under `artifacts:`), or correct the name.
"""  # noqa: E501 - addresses are this long

from collections.abc import Iterator
from typing import TYPE_CHECKING

from packager.bundle.model import Bundle
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule

if TYPE_CHECKING:
    from packager.arm.filereference import FileReference


@rule(on="package", severity=Severity.ERROR)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report each text whose file is not there, where the root of a package is known: that of its main template."""
    if package.bundle.kind == "file" or package.main is None:
        return
    texts: dict[tuple[str, object], list[FileReference]] = {}
    for reference in package.file_references:
        texts.setdefault((reference.spot.document.name, reference.spot.path), []).append(reference)
    reported: set[tuple[str, str]] = set()
    for references in texts.values():
        for reference, some in _unmet(package.bundle, references):
            # A variable and the property that it is used in lead to the same file: once is enough.
            name = (reference.spot.document.name, reference.shown)
            if name not in reported:
                reported.add(name)
                exact = reference.is_exact
                yield (
                    _missing(package.bundle, reference, some=some) if exact else _unresolved(package.bundle, reference)
                )


def _unmet(bundle: Bundle, references: "list[FileReference]") -> Iterator[tuple["FileReference", bool]]:
    """What one text leads to and is not there, and whether other files that it leads to are."""
    exact = [reference for reference in references if reference.is_exact]
    missing = [reference for reference in exact if not any(bundle.holds(name) for name in reference.names())]
    yield from ((reference, len(missing) < len(exact)) for reference in missing)
    if not exact:
        yield from ((reference, False) for reference in references if reference.is_certain)


def _missing(bundle: Bundle, reference: "FileReference", *, some: bool) -> Hit:
    name = reference.shown
    other = next((found for name in reference.names() if (found := bundle.lookup_any_case(name))), None)
    if other is not None:
        message = f"the file '{name}' is called '{other}' in the package; write the name as it is"
        return Hit(reference.spot, message, sub="wrong-case")
    if name.startswith(".."):
        return Hit(reference.spot, f"'{name}' leads out of the package; every file has to be inside it")
    if some:
        severity = Severity.WARNING if reference.conditional else None
        message = f"the file '{name}', which this can lead to, is not in the package; add it"
        return Hit(reference.spot, message, sub="some", severity=severity)
    return Hit(reference.spot, f"the file '{name}' is not in the package; add it, or correct the name")


def _unresolved(bundle: Bundle, reference: "FileReference") -> Hit:
    fitting = [name for name in bundle.entries if reference.fits(name)]
    if fitting:
        message = f"only the deployment knows which file '{reference.shown}' is; {len(fitting)} of the package fit"
        return Hit(reference.spot, message, sub="unresolved", severity=Severity.INFO)
    message = f"only the deployment knows which file '{reference.shown}' is, and none of the package fits"
    return Hit(reference.spot, message, sub="unresolved", severity=Severity.WARNING)
