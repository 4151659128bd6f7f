"""A source that Azure does not read is in the package.

Bicep files have to be compiled, and Jinja sources rendered, before they become a package; in it they only show what was
not meant to be published, or stand where the compiled file should be.

    bicep build main.bicep --outfile mainTemplate.json

Or name the source in offer.yaml: `packager build` compiles and renders it.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule

SOURCES = {
    ".bicep": "is a Bicep source, which Azure does not read; ship the template that it compiles to",
    ".bicepparam": "is a parameter file of Bicep, which has no use in a package; leave it out",
    ".j2": "is a Jinja source; ship the file that it renders to",
}


@rule(on="package", severity=Severity.WARNING)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report each source by its ending."""
    for name in package.bundle.entries:
        said = SOURCES.get(ending(name))
        if said is not None:
            yield Hit(package.file_spot(name), f"'{name}' {said}")


def ending(name: str) -> str:
    """What follows the last dot of a name, with the dot and in lower case."""
    return "." + name.lower().rpartition(".")[2]
