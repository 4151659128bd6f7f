"""A definition in a service catalogue, and an instance of it that is deployed for a try and taken away again."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from packager.publish.catalog import Definition
from packager.publish.cloud import Cloud
from packager.publish.management import management_service, remove, solution_id, wait_until_stands
from packager.publish.pace import Pace
from packager.publish.packages import Request
from packager.publish.run import Tell
from packager.publish.state import opened_state


@dataclass(frozen=True, slots=True)
class Place:
    """A resource group, an identity, and how patient to be."""

    cloud: Cloud
    pace: Pace
    tell: Tell
    subscription: str
    group: str


def make_definition(place: Place, request: Request, wanted: Definition, address: str) -> str:
    """Put the definition and wait until it stands; its id. Putting it again changes nothing."""
    service = management_service(place.cloud, place.pace)
    identity = solution_id(place.subscription, place.group, "applicationDefinitions", wanted.name)
    with closing(service), opened_state(request.folder, request.offer_id, service.base, kind="catalog") as state:
        section = state.section("resources", identity)
        state.record(section, status="asked", sha256=request.packages[0].sha256)
        place.tell(f"applicationDefinitions {wanted.name}: putting it")
        service.put(identity, wanted.body(address))
        wait_until_stands(service, identity, place.pace, place.tell)
        state.record(section, status="done")
    return identity


def rehearse_application(
    place: Place, request: Request, identity: str, body: Mapping[str, Any], *, keep: bool
) -> dict[str, Any]:
    """Deploy an instance, wait for it, and take it away whatever came of it; its outputs."""
    service = management_service(place.cloud, place.pace)
    with closing(service), opened_state(request.folder, request.offer_id, service.base, kind="catalog") as state:
        section = state.section("resources", identity)
        try:
            state.record(section, status="asked")
            if service.find(identity) is None:
                place.tell(f"applications {identity.rpartition('/')[2]}: deploying it")
                service.put(identity, dict(body))
            found = wait_until_stands(service, identity, place.pace, place.tell)
            state.record(section, status="done")
        finally:
            # Also when it failed or somebody is impatient: what was deployed costs money.
            if not keep:
                remove(service, identity, place.pace, place.tell)
                state.record(section, status="removed")
    outputs = found.get("properties", {}).get("outputs")
    return dict(outputs) if isinstance(outputs, dict) else {}
