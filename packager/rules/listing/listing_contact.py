"""A contact of the listing cannot be reached as it is written.

Partner Center takes a name, an e-mail address and a telephone number with country code; the support contact, which
customers see, needs the https address of a support page too.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import https_problem
from packager.source.lazy import lazy_pattern

EMAIL = lazy_pattern(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@.<>()]{1,63}(?:\.[^\s@.<>()]{1,63}){1,8}")
PHONE = lazy_pattern(r"\+?[0-9][0-9 ().\-/]{4,30}(?: ?(?:x|ext\.?) ?[0-9]{1,6})?")


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at the contacts."""
    listing = page.listing
    contacts = {"support": listing.support, "engineering": listing.engineering, "channel": listing.channel}
    for key, contact in contacts.items():
        if contact is None:
            continue
        if not contact.name.strip():
            yield Hit(page.spot(key, "name"), f"the {key} contact has no name")
        if EMAIL.fullmatch(contact.email) is None:
            yield Hit(page.spot(key, "email"), f"'{contact.email[:80]}' is no e-mail address", "email")
        if PHONE.fullmatch(contact.phone) is None:
            message = f"'{contact.phone[:80]}' is no telephone number; write it as +1 555 555 0100"
            yield Hit(page.spot(key, "phone"), message, "phone")
        if contact.url is not None and (problem := https_problem(contact.url)) is not None:
            yield Hit(page.spot(key, "url"), f"the address of the {key} page {problem}", "url")
