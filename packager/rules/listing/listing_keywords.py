"""The listing has more keywords than the store takes, or empty or repeated ones.

Three keywords are taken; the words of the name and the categories are searched anyway.

Keep those that customers look for and that stand nowhere else on the page.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import KEYWORDS


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Counts the keywords."""
    words = page.listing.keywords
    if len(words) > KEYWORDS:
        yield Hit(page.spot("keywords", KEYWORDS), f"there are {len(words)} keywords; the store takes {KEYWORDS}")
    for index, word in enumerate(words):
        if not word.strip():
            yield Hit(page.spot("keywords", index), "a keyword is empty; take it out", "empty")
        elif word.strip().casefold() in {other.strip().casefold() for other in words[:index]}:
            yield Hit(page.spot("keywords", index), f"the keyword '{word}' is there twice; take one out", "twice")
