"""A shell script is not written in the way that a shell on Linux reads.

- `[line-ending]`: lines end with a carriage return, as on Windows. Linux looks for an interpreter with it in its name,
  and every word at the end of a line has one character too many. Where only the custom script extension downloads the
  script, that is a warning: it converts line endings, unless `skipDos2Unix` is set;
- `[byte-order-mark]`: a byte-order mark stands before the `#!`, so Linux does not see it;
- `[encoding]`: the file is no UTF-8, or has NUL characters.

Save the script as UTF-8 without a mark and with line feeds only; in git, a line
`*.sh text eol=lf` in `.gitattributes` keeps it so.
"""

from collections.abc import Iterator

from packager.checks.content import SCRIPTS, may_be_script
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.document import Document
from packager.source.span import Span
from packager.source.spot import Spot

MARK = "\ufeff"


@rule(on="package", severity=Severity.ERROR)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Look at the characters of each script, readable or not."""
    for name in package.bundle.entries:
        if package.bundle.is_reported(name) and may_be_script(name):
            yield from _hits(package.bundle.document(name), package)


def _hits(document: Document, package: Package) -> Iterator[Hit]:
    if document.problem is not None:
        if document.name.lower().endswith(SCRIPTS):
            message = f"{document.problem.message}; a shell reads UTF-8"
            yield Hit(Spot(document, span=document.problem.span), message, "encoding")
        return
    from packager.code.script import script_of  # 3 ms that only packages with scripts pay

    if script_of(document) is None:
        return
    if document.text.startswith(MARK + "#!"):
        message = "a byte-order mark stands before the '#!', so Linux does not find the interpreter; save without it"
        yield Hit(Spot(document, span=Span(0, 1)), message, "byte-order-mark")
    place = document.text.find("\r\n")
    if place >= 0:
        converted = _is_converted(document.name, package)
        hint = "; the custom script extension converts it, unless 'skipDos2Unix' is set" if converted else ""
        message = f"lines end with a carriage return, which a shell on Linux takes for text; save with line feeds{hint}"
        severity = Severity.WARNING if converted else None
        yield Hit(Spot(document, span=Span(place, place + 1)), message, "line-ending", severity=severity)


def _is_converted(name: str, package: Package) -> bool:
    """Whether the templates name the script, and only for a custom script extension to download."""
    keys = {reference.key for reference in package.file_references if reference.is_exact and reference.shown == name}
    return keys == {"fileuris"}
