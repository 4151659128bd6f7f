"""A service gets a public address.

On AKS a service of type `LoadBalancer` is reachable from the internet unless an annotation makes it internal. That may
be meant; it should never be an accident.

    metadata:
      annotations:
        service.beta.kubernetes.io/azure-load-balancer-internal: "true"

Nothing is said where `loadBalancerSourceRanges` names who may reach it.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule

INTERNAL = "service.beta.kubernetes.io/azure-load-balancer-internal"


@rule(on="payload", severity=Severity.INFO)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Look at every service."""
    for service in payload.of_kind("Service"):
        spec = service.part.value.get("spec")
        if not isinstance(spec, dict) or spec.get("type") != "LoadBalancer" or spec.get("loadBalancerSourceRanges"):
            continue
        if str(service.annotations.get(INTERNAL)).lower() != "true":
            message = f"{service.title} gets a public address; if that is not meant, annotate it with '{INTERNAL}'"
            yield Hit(service.part.spot("spec", "type"), message)
