"""A shell script is not written in the way that a shell on Linux reads.

- `[line-ending]`: lines end with a carriage return, as on Windows. Linux looks for an interpreter with it in its name,
  and every word at the end of a line has one character too many. Where only the custom script extension downloads the
  script, that is a warning: it converts line endings, unless `skipDos2Unix` is set;
- `[byte-order-mark]`: a byte-order mark stands before the `#!`, so Linux does not see it;
- `[encoding]`: the file has NUL characters, as UTF-16 has them, and no shell can read it. Bytes that are no UTF-8 are a
  warning: a shell takes them as they are, and no other rule reads the script.

Save the script as UTF-8 without a mark and with line feeds only; in git, a line
`*.sh text eol=lf` in `.gitattributes` keeps it so.
"""

from collections.abc import Iterator

from packager.bundle.model import Entry
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.code.filenames import ENDINGS, may_be_script
from packager.errors import PackagerError
from packager.source.document import Document
from packager.source.limits import LIMITS
from packager.source.reading import SyntaxProblem
from packager.source.span import Span
from packager.source.spot import Spot

MARK = "\ufeff"


@rule(on="package", severity=Severity.ERROR)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Look at the characters of each script, readable or not."""
    for name in package.bundle.entries:
        if package.bundle.is_reported(name) and may_be_script(name):
            document = package.bundle.document(name)
            if document.problem is None:
                yield from _hits(document, package)
            elif name.lower().endswith(tuple(ENDINGS)):
                yield from _unreadable(document, document.problem, package.bundle.entries[name])


def _unreadable(document: Document, problem: SyntaxProblem, entry: Entry) -> Iterator[Hit]:
    """What a text has that cannot be decoded; a file that cannot be opened has a rule of its own."""
    spot = Spot(document, span=problem.span)
    if entry.size > LIMITS.bytes:
        yield Hit(spot, f"{problem.message}, so the script is not checked", "unchecked", severity=Severity.INFO)
        return
    try:
        data = entry.read()
    except PackagerError:
        return
    if b"\0" in data:
        yield Hit(spot, f"{problem.message}, and no shell can read it; save the script as UTF-8", "encoding")
    else:
        message = f"{problem.message}; save the script as UTF-8, so that it can be checked"
        yield Hit(spot, message, "encoding", severity=Severity.WARNING)


def _hits(document: Document, package: Package) -> Iterator[Hit]:
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
