"""The legal terms of the listing are not as the store takes them.

An offer has its own terms of use (at most 10,000 characters) or the Standard Contract, which cannot be left once it is
published. The contract takes one universal amendment and ten custom ones, each for at most twenty customers' tenants.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import AMENDMENT_TENANTS, AMENDMENTS, is_guid
from packager.offer.store import Amendment


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at terms and amendments."""
    listing = page.listing
    if listing.terms is not None and not listing.terms.strip():
        yield Hit(
            page.spot("termsOfUse"), "the terms of use are empty; leave them out for the Standard Contract", "empty"
        )
    if listing.terms is not None and (listing.amendments or listing.amendment is not None):
        key = "amendments" if listing.amendments else "amendment"
        yield Hit(page.spot(key), "amendments go with the Standard Contract: take out 'termsOfUse' or these", "both")
    if len(listing.amendments) > AMENDMENTS:
        message = f"there are {len(listing.amendments)} amendments; the store takes {AMENDMENTS}"
        yield Hit(page.spot("amendments", AMENDMENTS), message, "count")
    for one in listing.amendments:
        yield from _tenants(page, one)


def _tenants(page: StorePage, amendment: Amendment) -> Iterator[Hit]:
    if not amendment.tenants:
        yield Hit(
            page.spot(*amendment.at), f"the amendment '{amendment.name}' names no customer: add 'tenants'", "tenants"
        )
    if len(amendment.tenants) > AMENDMENT_TENANTS:
        message = f"the amendment is for {len(amendment.tenants)} customers; the store takes {AMENDMENT_TENANTS}"
        yield Hit(page.spot(*amendment.at, "tenants", AMENDMENT_TENANTS), message, "tenants")
    for tenant in amendment.tenants:
        if not is_guid(tenant.id):
            yield Hit(page.spot(*tenant.at, "id"), f"'{tenant.id[:80]}' is no tenant id: write a GUID", "tenants")
