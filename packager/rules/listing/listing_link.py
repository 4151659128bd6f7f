"""A link of the listing is not one that the store takes.

The privacy policy and the useful links are https addresses; at most ten links, their titles at most 255 characters. The
tool does not open them: whether they answer, certification finds out.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import LINK_TITLE, LINKS, https_problem


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at the links."""
    listing = page.listing
    if listing.privacy_policy and (problem := https_problem(listing.privacy_policy)) is not None:
        yield Hit(page.spot("privacyPolicy"), f"the address of the privacy policy {problem}")
    if len(listing.links) > LINKS:
        message = f"there are {len(listing.links)} links; the store takes {LINKS}"
        yield Hit(page.spot("links", LINKS), message, "count", severity=Severity.WARNING)
    for index, link in enumerate(listing.links):
        if (problem := https_problem(link.url)) is not None:
            yield Hit(page.spot("links", index, "url"), f"the address of this link {problem}")
        if not link.title.strip():
            yield Hit(page.spot("links", index, "title"), "the link has no title", "title")
        elif len(link.title) > LINK_TITLE:
            message = f"the title of this link has {len(link.title)} characters; the store takes {LINK_TITLE}"
            yield Hit(page.spot("links", index, "title"), message, "title")
