"""Makes what an offer needs before a package can go into it: its plans, and the choices that come with a new offer."""

from packager.errors import UsageError
from packager.publish.failure import LostAnswerError
from packager.publish.ingestion import Item, variant_of
from packager.publish.packages import Request
from packager.publish.run import Run

_CLOUDS = {"public": "public-azure", "government": "azure-government"}


def ensure_variants(run: Run, request: Request, *, create: bool) -> dict[str, str]:
    """The variant of each plan; with `create` those that are missing are made.

    Raises UsageError for a plan that Partner Center does not have, and that is not to be made.
    """
    variants = run.api.variants()
    found: dict[str, str] = {}
    for package in request.packages:
        known = {str(one.get("externalID")).lower() for one in variants}
        if package.plan.lower() in known or not create:
            found[package.plan] = str(variant_of(variants, package.plan)["id"])
        else:
            found[package.plan] = str(_made(run, _body(request, package.plan))["id"])
    return found


def _body(request: Request, plan: str) -> Item:
    """What Partner Center wants to know of a new plan."""
    offer = request.offer
    if offer is None:
        message = f"the offer has no plan '{plan}' in Partner Center"
        raise UsageError(message, hint="name the offer.yaml instead of a record to make it")
    kind = next(one.kind for one in offer.plans if one.id == plan)
    listed = next((one for one in offer.listing.plans if one.plan == plan), None) if offer.listing else None
    clouds = listed.selling.clouds if listed is not None and listed.selling.clouds else ("public",)
    return {
        "resourceType": "AzureSkuVariant",
        "state": "Active",
        "friendlyName": (listed.name if listed is not None else None) or plan,
        "externalID": plan,
        "SubType": kind,
        "cloudAvailabilities": [_CLOUDS[cloud] for cloud in clouds],
    }


def _made(run: Run, body: Item) -> Item:
    """A new plan; one whose answer was lost is found by its id."""
    plan = str(body["externalID"])
    run.tell(f"plan {plan}: making it")
    for _ in range(run.pace.attempts):
        try:
            return run.api.add_variant(body)
        except LostAnswerError as error:
            for one in run.api.variants():
                if str(one.get("externalID")).lower() == plan.lower():
                    return one
            lost = error
    raise lost
