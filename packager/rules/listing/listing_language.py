"""The listing of an application that is not in English does not say so.

Its description starts with "This application is available only in [language]".

    language: French
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.source.lazy import lazy_pattern

TAG = lazy_pattern(r"<[^<>]*>")


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at the start of the description, markup aside."""
    language = page.listing.language
    if not language or language.lower().startswith(("en", "english")) or page.listing.description is None:
        return
    wanted = f"This application is available only in {language}"
    written = " ".join(TAG.sub(" ", page.listing.description).split())
    if not written.lower().startswith(wanted.lower()):
        yield Hit(page.spot("description"), f"the description starts with '{wanted}' when the language is not English")
