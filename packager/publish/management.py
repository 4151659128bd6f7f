"""Azure Resource Manager: put a resource and wait until it stands, take it away and wait until it is gone."""

from typing import Any

from packager.publish.cloud import Cloud
from packager.publish.failure import ServiceError, words_of
from packager.publish.pace import Pace
from packager.publish.run import Tell
from packager.publish.service import Service

API_VERSION = "2021-07-01"  # the latest stable version of Microsoft.Solutions
DONE, FAILED = "Succeeded", frozenset({"Failed", "Canceled", "Cancelled"})
LONGEST = 4 * 3_600.0  # seconds; a managed application may install for hours


def management_service(cloud: Cloud, pace: Pace) -> Service:
    """The service of a cloud; the address is that of the active cloud of the Azure CLI."""
    resource = cloud.management_resource
    return Service(
        cloud.management, lambda fresh: cloud.token(resource, fresh=fresh), pace, f"api-version={API_VERSION}"
    )


def group_id(subscription: str, group: str) -> str:
    """The id of a resource group."""
    return f"/subscriptions/{subscription}/resourceGroups/{group}"


def solution_id(subscription: str, group: str, kind: str, name: str) -> str:
    """The id of a resource of Microsoft.Solutions."""
    return f"{group_id(subscription, group)}/providers/Microsoft.Solutions/{kind}/{name}"


def state_of(resource: Any) -> str:
    """The provisioning state of a resource; "" when it has none."""
    properties = resource.get("properties") if isinstance(resource, dict) else None
    return str(properties.get("provisioningState") or "") if isinstance(properties, dict) else ""


def wait_until_stands(service: Service, identity: str, pace: Pace, tell: Tell) -> dict[str, Any]:
    """The resource when it stands. Raises ServiceError when Azure gives up, with its words."""
    waited, told = 0.0, ""
    while True:
        resource = service.find(identity)
        state = state_of(resource)
        if resource is not None and state in {DONE, ""}:
            return dict(resource)
        if state in FAILED:
            properties = resource["properties"]
            said = words_of(properties.get("error") or properties.get("statusMessage") or {}) or "it does not say why"
            raise ServiceError(
                f"{_name(identity)}: {state}: {said}", hint="the activity log of the resource group tells more"
            )
        if waited >= LONGEST:
            raise ServiceError(
                f"{_name(identity)} does not stand after {waited:.0f} seconds (state {state or 'absent'})"
            )
        if state != told:
            tell(f"{_name(identity)}: {state or 'not there yet'}")
            told = state
        pace.sleep(pace.poll)
        waited += max(pace.poll, 1.0)


def remove(service: Service, identity: str, pace: Pace, tell: Tell) -> None:
    """Take a resource away and wait until it is gone; one that is not there is gone already."""
    service.delete(identity)
    waited = 0.0
    while service.find(identity) is not None:
        if waited == 0.0:
            tell(f"{_name(identity)}: being removed")
        if waited >= LONGEST:
            raise ServiceError(f"{_name(identity)} is not gone after {waited:.0f} seconds")
        pace.sleep(pace.poll)
        waited += max(pace.poll, 1.0)


def _name(identity: str) -> str:
    kind, name = identity.split("/")[-2:]
    return f"{kind} {name}"
