"""A text or an address of the listing is still that of a template.

Words such as "lorem ipsum" or "<Short description*>" are found by certification, and by every customer. Addresses at
example.com, example.org and example.net belong to nobody: nothing will ever answer there.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.source.lazy import lazy_pattern
from packager.source.span import Path

PLACEHOLDER = lazy_pattern(
    r"(?i:lorem ipsum|\btbd\b|\bto be defined\b|\bplaceholder\b)|\bTODO\b|\bFIXME\b|\bXXX\b|<[A-Z][^<>]{0,80}\*>"
)

EXAMPLE = lazy_pattern(r"(?i)(?:@|//|\.)(example\.(?:com|org|net))(?![\w-])")


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks for words that stand for a text, and for addresses that stand for an address."""
    for path, text in page.texts():
        if (found := PLACEHOLDER.search(text)) is not None:
            yield Hit(page.spot(*path), f"'{found[0]}' stands for a text that is not written yet")
    for path, address in _addresses(page):
        if (found := EXAMPLE.search(address)) is not None:
            message = f"nobody answers at '{found[1]}', which is kept for examples"
            yield Hit(page.spot(*path), message, "address", severity=Severity.WARNING)


def _addresses(page: StorePage) -> Iterator[tuple[Path, str]]:
    listing = page.listing
    if listing.privacy_policy is not None:
        yield ("privacyPolicy",), listing.privacy_policy
    yield from ((("links", index, "url"), link.url) for index, link in enumerate(listing.links))
    contacts = {"support": listing.support, "engineering": listing.engineering, "channel": listing.channel}
    for key, contact in contacts.items():
        if contact is not None:
            yield (key, "email"), contact.email
            if contact.url is not None:
                yield (key, "url"), contact.url
