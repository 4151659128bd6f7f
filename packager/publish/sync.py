"""Brings what the listing says to Partner Center: texts, categories, audiences, prices, images. Only what differs.

Every item is read, changed in the fields that the listing names and written back with its etag; a field that the
listing or the tool does not know goes back as it was.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from packager.diff.values import same
from packager.offer.model import Listing, Offer, PlanListing
from packager.publish.failure import ServiceError
from packager.publish.fields import (
    audience_fields,
    availability_fields,
    listing_fields,
    metering_fields,
    plan_listing_fields,
    property_fields,
)
from packager.publish.ingestion import Ingestion, Item, etag_of
from packager.publish.run import Run

PRICES = "?$expand=MarketStates,Trial,PriceSchedules"
Fields = Callable[[Item], Item]


@dataclass(frozen=True, slots=True)
class Part:
    """Something on the service that the listing speaks of.

    `module` and `instance` say where it is read (`query` included), `collection` where it is written, `fields` what the
    listing wants of it, given what is there.
    """

    name: str
    module: str
    instance: str
    collection: str
    fields: Fields
    query: str = ""

    def read(self, api: Ingestion) -> Item:
        """The item as it is."""
        return api.module(self.module, self.instance, self.query)

    def wanted(self, item: Item) -> Item:
        """The item as the listing wants it."""
        return {**item, **self.fields(item)}

    def write(self, api: Ingestion, item: Item) -> None:
        """Write the item back, if it is still the one that was read."""
        path = f"{api.root}/{self.collection}/{item['id']}{self.query}"
        api.service.put(path, item, etag_of(item))


def parts(api: Ingestion, offer: Offer, variants: dict[str, str]) -> Iterator[Part]:
    """The parts of the offer, and of the plans in `variants` (variant ids by plan id)."""
    listing = offer.listing
    if listing is None:
        return
    yield from _offer_parts(api, listing)
    for plan in listing.plans:
        if plan.plan in variants:
            yield from _plan_parts(api, plan, variants[plan.plan])


def _offer_parts(api: Ingestion, listing: Listing) -> Iterator[Part]:
    yield Part("listing", "listings", api.instance("Listing"), "listings", lambda _: listing_fields(listing))
    yield Part("properties", "properties", api.instance("Property"), "properties", lambda _: property_fields(listing))
    if listing.preview_audience is not None:
        audience = listing.preview_audience
        yield Part(
            "preview audience",
            "productAvailabilities",
            api.instance("Availability"),
            "productavailabilities",
            lambda item: audience_fields(item, audience),
        )
    if listing.metering is not None:
        metering = listing.metering
        yield Part(
            "metering identity",
            "packageConfigurations",
            api.instance("Package"),
            "packageconfigurations",
            lambda _: metering_fields(metering),
        )


def _plan_parts(api: Ingestion, plan: PlanListing, variant: str) -> Iterator[Part]:
    instance = api.instance("Listing", variant)
    yield Part(f"plan {plan.plan}: listing", "listings", instance, "listings", lambda _: plan_listing_fields(plan))
    selling = plan.selling
    named = (selling.visibility, selling.hidden, selling.audience, selling.markets, selling.price, selling.meters)
    if any(value is not None for value in named):
        yield Part(
            f"plan {plan.plan}: audience and prices",
            "featureAvailabilities",
            api.instance("Availability", variant),
            "featureavailabilities",
            lambda item: availability_fields(item, selling),
            PRICES,
        )


def synchronise(run: Run, part: Part) -> bool:
    """Write a part where it differs; whether it did. A part that somebody changes meanwhile is read once more."""
    for last in (False, True):
        item = part.read(run.api)
        wanted = part.wanted(item)
        if same(item, wanted):
            return False
        try:
            part.write(run.api, wanted)
        except ServiceError as error:
            if last or error.status not in {409, 412}:
                raise
        else:
            run.tell(f"{part.name}: written")
            return True
    return True


def ids_of(items: list[dict[str, Any]]) -> dict[str, str]:
    """The variant ids by plan id."""
    return {str(one.get("externalID")): str(one.get("id")) for one in items}
