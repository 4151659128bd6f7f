"""A document of the listing is not one that the store takes.

One to three PDF files, each with a name.

The name is the text that customers click on; it says what the document is about.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import DOCUMENTS


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at the first bytes of every document."""
    found = page.listing.documents
    if len(found) > DOCUMENTS:
        message = f"there are {len(found)} documents; the store takes {DOCUMENTS}"
        yield Hit(page.spot("documents", DOCUMENTS), message, "count")
    for one in found:
        if not page.header(one.path).startswith(b"%PDF-"):
            yield Hit(page.spot(*one.at, "file"), f"the document '{one.path}' is no PDF file", "format")
        if not one.caption.strip():
            yield Hit(page.spot(*one.at, "name"), "the document has no name", "name")
