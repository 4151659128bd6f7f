"""The Ingestion API of Partner Center for Azure applications: one function a request, and how what is there is found.

Every module of an offer (listing, package, availability, ...) has a draft instance, found through its branches; each
plan (variant) has instances of its own.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from packager.errors import UsageError
from packager.publish.failure import LostAnswerError, ServiceError
from packager.publish.service import Service
from packager.source.nearest import did_you_mean

BASE = "https://api.partner.microsoft.com/v1.0/ingestion"
MODULES = ("Availability", "Listing", "Package", "Property")
# A variant of every offer that is no plan.
TEST_DRIVE = "testdrive"
RUNNING = "InProgress"

Item = dict[str, Any]


class Ingestion:
    """The API of one product at a time; `product` is its id."""

    def __init__(self, service: Service, product: str) -> None:
        self.service = service
        self.product = product

    @property
    def root(self) -> str:
        """The path of the product."""
        return f"/products/{quote(self.product, safe='')}"

    def branches(self, module: str) -> list[Item]:
        """The draft instances of a module: of the offer, and of each plan."""
        return list(self.service.pages(f"{self.root}/branches/getByModule(module={module})"))

    def instance(self, module: str, variant: str | None = None) -> str:
        """The id of a module's draft instance, of the offer or of a plan. Raises ServiceError when there is none."""
        for branch in self.branches(module):
            if (branch.get("variantID") or None) == variant and branch.get("currentDraftInstanceID"):
                return str(branch["currentDraftInstanceID"])
        whose = f"plan {variant}" if variant else "offer"
        raise ServiceError(f"the {whose} has no draft of the module {module}", hint="open it once in Partner Center")

    def variants(self) -> list[Item]:
        """The plans."""
        found = self.service.pages(f"{self.root}/variants")
        return [one for one in found if one.get("id") not in {None, "", TEST_DRIVE}]

    def add_variant(self, body: Item) -> Item:
        """Make a plan."""
        return _object(self.service.post(f"{self.root}/variants", body))

    def module(self, name: str, instance: str, query: str = "") -> Item:
        """The one item of an instance of a module, such as `packageConfigurations`."""
        path = f"{self.root}/{name}/getByInstanceID(instanceID={quote(instance, safe='-')}){query}"
        found = next(self.service.pages(path), None)
        if found is None or not found.get("id"):
            raise ServiceError(f"GET {path}: there is no item in it")
        return found

    def configuration(self, instance: str) -> Item:
        """The technical configuration of an instance."""
        return self.module("packageConfigurations", instance)

    def put_configuration(self, body: Item) -> None:
        """Write a technical configuration back, if it is still the one that was read."""
        path = f"{self.root}/packageconfigurations/{quote(str(body['id']), safe='-')}"
        self.service.put(path, body, etag_of(body))

    def packages(self) -> list[Item]:
        """The packages that were ever announced."""
        return [one for one in self.service.pages(f"{self.root}/packages") if one.get("id")]

    def package(self, identity: str) -> Item | None:
        """A package with the address to upload it to; None when it has been deleted."""
        return _object_or_none(self.service.find(f"{self.root}/packages/{quote(identity, safe='-')}"))

    def add_package(self, name: str) -> Item:
        """Announce a package; the answer has the address to upload it to."""
        return _object(
            self.service.post(f"{self.root}/packages", {"resourceType": "AzureApplicationPackage", "fileName": name})
        )

    def put_package(self, package: Item) -> None:
        """Say that a package is uploaded."""
        path = f"{self.root}/packages/{quote(str(package['id']), safe='-')}"
        self.service.put(path, {**package, "state": "Uploaded"})

    def submissions(self) -> list[Item]:
        """Every submission, as the service lists them."""
        return [one for one in self.service.pages(f"{self.root}/submissions") if one.get("id")]

    def running(self) -> Item | None:
        """The submission that is not finished: there is one at a time."""
        return next((one for one in self.submissions() if one.get("state") == RUNNING), None)

    def submission(self, identity: str) -> Item | None:
        """A submission; None when it has been cancelled."""
        return _object_or_none(self.service.find(f"{self.root}/submissions/{quote(identity, safe='-')}"))

    def add_submission(self, body: Item) -> Item:
        """Submit to preview."""
        return _object(self.service.post(f"{self.root}/submissions", body))

    def promote(self, identity: str) -> None:
        """Let a submission in preview go live."""
        self.service.post(f"{self.root}/submissions/{quote(identity, safe='-')}/promote")

    def cancel(self, identity: str) -> None:
        """Take a submission back."""
        self.service.delete(f"{self.root}/submissions/{quote(identity, safe='-')}")

    def about_submission(self, identity: str, what: str) -> list[Item]:
        """`reports`, `validations` or `workflowdetails` of a submission; none where the service has none yet."""
        path = f"{self.root}/submissions/{quote(identity, safe='-')}/{what}"
        try:
            return list(self.service.pages(path))
        except ServiceError as error:
            if error.status == 404:
                return []
            raise


def find_product(service: Service, offer: str) -> Item | None:
    """The product of an offer id; None when there is none."""
    text = offer.replace("'", "''")
    wanted = f"externalIDs/Any(i:i/type eq 'AzureOfferId' and i/value eq '{text}')"
    for one in service.pages(f"/products?$filter={quote(wanted)}"):
        if one.get("id") and _has_offer_id(one, offer):
            return one
    return None


def create_product(service: Service, offer: str) -> Item:
    """Make an offer. A lost answer is looked for before the request is sent again."""
    body = {
        "resourceType": "AzureApplication",
        "name": offer,
        "externalIDs": [{"type": "AzureOfferId", "value": offer}],
        "isModularPublishing": True,
    }
    for _ in range(2):
        try:
            return _object(service.post("/products", body))
        except LostAnswerError:
            found = find_product(service, offer)
            if found is not None:
                return found
    return _object(service.post("/products", body))


def _has_offer_id(product: Mapping[str, Any], offer: str) -> bool:
    ids = product.get("externalIDs")
    values = [one.get("value") for one in ids if isinstance(one, dict)] if isinstance(ids, list) else []
    return any(str(value).lower() == offer.lower() for value in [*values, *([] if values else [product.get("name")])])


def variant_of(variants: list[Item], plan: str) -> Item:
    """The variant of a plan id. Raises UsageError with the nearest one when there is none."""
    for one in variants:
        if str(one.get("externalID")).lower() == plan.lower():
            return one
    known = sorted(str(one.get("externalID")) for one in variants)
    hint = f"it has {', '.join(known) or 'none'}; --create makes those that are missing"
    raise UsageError(f"the offer has no plan '{plan}' in Partner Center{did_you_mean(plan, known)}", hint=hint)


def etag_of(item: Mapping[str, Any]) -> str | None:
    """The etag of an item, with its quotes, as it goes into If-Match."""
    found = item.get("@odata.etag")
    return None if found is None else str(found)


def references_of(configuration: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the packages that a technical configuration refers to."""
    for one in configuration.get("packageReferences") or ():
        if isinstance(one, dict) and one.get("type") == "AzureApplicationPackage" and one.get("value"):
            yield str(one["value"])


def _object(body: Any) -> Item:
    if not isinstance(body, dict) or not body.get("id"):
        raise ServiceError("the service answered with something else than an item that has an id")
    return body


def _object_or_none(body: Any) -> Item | None:
    return None if body is None else _object(body)
