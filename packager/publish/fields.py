"""What a listing says, in the fields of the Ingestion API. A field that the listing leaves out is not among them."""

from typing import Any

from packager.offer.model import Contact, Listing, PlanListing
from packager.offer.store import Audience, Meter, Metering, Price, Selling

Item = dict[str, Any]


def listing_fields(listing: Listing) -> Item:
    """The texts of the offer."""
    written = {
        "title": listing.name,
        "summary": listing.summary,
        "shortDescription": listing.short_description,
        "description": listing.description,
        "keywords": list(listing.keywords) or None,
        "listingUris": _uris(listing) or None,
        "listingContacts": _contacts(listing) or None,
    }
    return {name: value for name, value in written.items() if value is not None}


def _uris(listing: Listing) -> list[Item]:
    found: list[Item] = []
    if listing.privacy_policy is not None:
        found.append({"type": "PrivacyUri", "displayText": "Privacy", "uri": listing.privacy_policy})
    if listing.support is not None and listing.support.url is not None:
        found.append({"type": "PublicCloudSupport", "displayText": "Support", "uri": listing.support.url})
    return found


def _contacts(listing: Listing) -> list[Item]:
    named = (
        ("CustomerSupport", listing.support),
        ("Engineering", listing.engineering),
        ("ChannelManager", listing.channel),
    )
    return [_contact(kind, contact) for kind, contact in named if contact is not None]


def _contact(kind: str, contact: Contact) -> Item:
    found = {"type": kind, "name": contact.name, "email": contact.email, "phone": contact.phone}
    return {**found, "uri": contact.url} if contact.url is not None else found


def plan_listing_fields(plan: PlanListing) -> Item:
    """The texts of a plan."""
    written = {"title": plan.name, "shortDescription": plan.summary, "description": plan.description}
    return {name: value for name, value in written.items() if value is not None}


def property_fields(listing: Listing) -> Item:
    """Categories and legal terms. The Standard Contract is not turned off: it cannot be, once it is published."""
    found: Item = {}
    if listing.categories:
        found["leveledCategories"] = {name: list(inner) for name, inner in listing.categories.items()}
    if listing.terms is not None:
        found |= {"useEnterpriseContract": False, "termsOfUse": listing.terms}
    if listing.amendment is not None:
        found["globalAmendmentTerms"] = listing.amendment
    if listing.amendments:
        found["customAmendments"] = [
            {
                "name": one.name,
                "terms": one.terms,
                "tenants": [{"ID": tenant.id, "description": tenant.description} for tenant in one.tenants],
            }
            for one in listing.amendments
        ]
    return found


def audience_fields(item: Item, audience: tuple[Audience, ...]) -> Item:
    """The subscriptions that see the preview; audiences of other kinds stay."""
    kind = "PreviewMarketplaceGroup"
    others = [one for one in item.get("audiences") or () if not (isinstance(one, dict) and _kind(one) == kind)]
    return {"audiences": [*others, {"Type": kind, "Values": [one.id for one in audience]}]}


def _kind(audience: Item) -> str:
    return str(audience.get("Type") or audience.get("type"))


def metering_fields(metering: Metering) -> Item:
    """The identity that reports usage."""
    return {"azureActiveDirectoryTenantID": metering.tenant, "azureActiveDirectoryApplicationID": metering.application}


def availability_fields(item: Item, selling: Selling) -> Item:
    """To whom, where and for how much a plan is sold."""
    found: Item = {}
    if selling.visibility is not None:
        found["visibility"] = selling.visibility.capitalize()
    if selling.hidden is not None:
        found["isHidden"] = selling.hidden
    if selling.audience is not None:
        found["subscriptionAudiences"] = [{"ID": one.id, "Description": one.label} for one in selling.audience]
    if selling.markets is not None:
        found["marketStates"] = _market_states(item.get("marketStates") or [], set(selling.markets))
    if selling.price is not None:
        markets = selling.markets if selling.markets is not None else _enabled(item.get("marketStates") or [])
        found["priceSchedules"] = [_schedule(selling.price, market) for market in markets]
    if selling.meters is not None:
        found["customMeters"] = [_meter(one, item.get("customMeters") or []) for one in selling.meters]
    return found


def _market_states(states: list[Item], wanted: set[str]) -> list[Item]:
    """The array that the service gave with changed states: a market that it does not know is not made up.

    A market that is stopped already stays so; whether an enabled one may be left, the service decides.
    """
    return [
        {**one, "state": "Enabled"}
        if one.get("marketCode") in wanted
        else {**one, "state": "Disabled"}
        if one.get("state") == "Enabled"
        else one
        for one in states
    ]


def _enabled(states: list[Item]) -> tuple[str, ...]:
    return tuple(str(one["marketCode"]) for one in states if one.get("state") == "Enabled")


def _schedule(price: Price, market: str) -> Item:
    name = "free" if price.amount == 0 else "paid"
    return {
        "isBaseSchedule": False,
        "friendlyName": f"{name}_priceOverrideSchedule_{market}",
        "marketCodes": [market],
        "schedules": [
            {
                "retailPrice": {"openPrice": price.amount, "currencyCode": "USD"},
                "priceCadence": {"type": price.cadence.capitalize(), "value": 1},
                "pricingModel": "Recurring",
            }
        ],
    }


def _meter(meter: Meter, there: list[Item]) -> Item:
    """A dimension; one that is there keeps its unique id, a new one gets it from the service."""
    known = next((one for one in there if one.get("ID") == meter.id), {})
    quantity = {"isInfinite": True} if meter.included is None else {"isInfinite": False, "quantity": meter.included}
    return {
        **known,
        "ID": meter.id,
        "isEnabled": meter.enabled,
        "displayName": meter.name,
        "unitOfMeasure": meter.unit,
        "priceInUsd": meter.price,
        "includedBaseQuantities": [{"recurringUnit": "Monthly", **quantity}],
    }
