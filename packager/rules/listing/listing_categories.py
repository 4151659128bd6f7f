"""The listing has more categories or sub-categories than the store takes.

An offer has one or two categories with at most two sub-categories each, by their ids in Partner Center:

    categories: {analytics: [big-data]}
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import CATEGORIES, SUBCATEGORIES


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Counts categories; which ids exist is not known to the tool."""
    found = page.listing.categories
    if len(found) > CATEGORIES:
        yield Hit(page.spot("categories"), f"there are {len(found)} categories; the store takes {CATEGORIES}")
    for name, inner in found.items():
        if len(inner) > SUBCATEGORIES:
            message = f"the category '{name}' has {len(inner)} sub-categories; the store takes {SUBCATEGORIES}"
            yield Hit(page.spot("categories", name), message)
        if len(set(inner)) < len(inner):
            yield Hit(page.spot("categories", name), f"a sub-category of '{name}' is there twice", "twice")
