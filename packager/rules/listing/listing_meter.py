"""A custom dimension of a plan is not one that the store takes.

The form takes 18 dimensions, an offer 30 different ones; a dimension is shared by all plans that have its id, so its
name and unit are the same in each. Prices and included quantities are nothing or more. Dimensions are not for solution
templates, and not metered in Azure Government.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import METERS, METERS_OF_OFFER, is_guid
from packager.offer.store import Meter


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at the dimensions of every plan."""
    kinds = {plan.id: plan.kind for plan in page.offer.plans}
    shared: dict[str, Meter] = {}
    for plan in page.listing.plans:
        meters = plan.selling.meters or ()
        if len(meters) > METERS:
            message = f"the plan has {len(meters)} dimensions; the form takes {METERS}"
            yield Hit(page.spot(*plan.at, "meters", METERS), message, "count", severity=Severity.WARNING)
        if meters and kinds.get(plan.plan) == "solution-template":
            yield Hit(page.spot(*plan.at, "meters"), "a solution template has no dimensions; take them out", "template")
        seen: set[str] = set()
        for meter in meters:
            yield from _meter(page, meter, shared)
            if meter.id in seen:
                yield Hit(page.spot(*meter.at, "id"), f"the dimension '{meter.id}' is there twice", "id")
            seen.add(meter.id)
    if len(shared) > METERS_OF_OFFER:
        message = f"the offer has {len(shared)} different dimensions; the store takes {METERS_OF_OFFER}"
        yield Hit(page.spot("plans"), message, "count")
    metering = page.listing.metering
    if metering is not None:
        for key, value in {"tenant": metering.tenant, "application": metering.application}.items():
            if not is_guid(value):
                yield Hit(page.spot("metering", key), f"'{value[:80]}' is no {key} id: write a GUID", "metering")


def _meter(page: StorePage, meter: Meter, shared: dict[str, Meter]) -> Iterator[Hit]:
    first = shared.setdefault(meter.id, meter)
    if (first.name, first.unit) != (meter.name, meter.unit):
        message = f"the dimension '{meter.id}' has another name or unit in another plan; they share it"
        yield Hit(page.spot(*meter.at), message, "shared", related=(page.spot(*first.at),))
    for key, text in {"id": meter.id, "name": meter.name, "unit": meter.unit}.items():
        if not text.strip():
            yield Hit(page.spot(*meter.at, key), f"the dimension has no {key}", "empty")
    if meter.price < 0:
        yield Hit(page.spot(*meter.at, "price"), f"the price {meter.price} is less than nothing", "amount")
    if meter.included is not None and meter.included < 0:
        yield Hit(
            page.spot(*meter.at, "included"), f"the included quantity {meter.included} is less than nothing", "amount"
        )
