"""The audience of the preview or of a private plan is not one that the store takes.

The preview is shown to one to ten Azure subscriptions, by their ids. A private plan has an audience of at most 10,000,
of which ten can be typed in the portal; a public plan has none. An offer has at most 100 plans, 45 of them private.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import PLANS, PREVIEW_AUDIENCE, PRIVATE_AUDIENCE, PRIVATE_PLANS, is_guid
from packager.offer.store import Audience


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at every audience, and counts the plans."""
    preview = page.listing.preview_audience
    if preview is not None:
        if not 1 <= len(preview) <= PREVIEW_AUDIENCE:
            message = f"the preview has {len(preview)} subscriptions; the store takes 1 to {PREVIEW_AUDIENCE}"
            yield Hit(page.spot("previewAudience"), message, "count")
        yield from _ids(page, preview)
    private = [plan for plan in page.listing.plans if plan.selling.visibility == "private"]
    if len(page.offer.plans) > PLANS:
        yield Hit(page.spot("plans"), f"there are {len(page.offer.plans)} plans; the store takes {PLANS}", "plans")
    if len(private) > PRIVATE_PLANS:
        message = f"there are {len(private)} private plans; the store takes {PRIVATE_PLANS}"
        yield Hit(page.spot(*private[PRIVATE_PLANS].at), message, "plans")
    for plan in page.listing.plans:
        audience = plan.selling.audience or ()
        if audience and plan.selling.visibility != "private":
            message = f"the plan '{plan.plan}' has an audience and is not private: add 'visibility: private'"
            yield Hit(page.spot(*plan.at, "audience"), message, "public")
        if not audience and plan.selling.visibility == "private":
            message = f"the plan '{plan.plan}' is private and has no audience: add 'audience'"
            yield Hit(page.spot(*plan.at), message, "count")
        if len(audience) > PRIVATE_AUDIENCE:
            message = f"the plan has an audience of {len(audience):,}; the store takes {PRIVATE_AUDIENCE:,}"
            yield Hit(page.spot(*plan.at, "audience"), message, "count")
        yield from _ids(page, audience)


def _ids(page: StorePage, audience: tuple[Audience, ...]) -> Iterator[Hit]:
    seen: set[str] = set()
    for one in audience:
        if not is_guid(one.id):
            yield Hit(page.spot(*one.at, "id"), f"'{one.id[:80]}' is no subscription id: write a GUID", "id")
        elif one.id.lower() in seen:
            yield Hit(page.spot(*one.at, "id"), f"the subscription '{one.id}' is there twice", "id")
        seen.add(one.id.lower())
