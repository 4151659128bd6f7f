"""A container says nothing of the memory and processor time that it needs.

Without requests the scheduler puts pods onto nodes that are full already, and an autoscaler adds no node. Without a
limit one container can take all the memory of its node from the others. The sub-id tells what is missing:

- `[requests]`: `resources.requests.cpu` or `resources.requests.memory`;
- `[limits]`: `resources.limits.memory`. A limit of processor time is a matter of taste, and not asked for.

A limit counts as a request of the same amount, as in Kubernetes; resources of the pod as a whole count for each of its
containers; where the payload has a `LimitRange`, nothing is said. For containers that only prepare the pod it is said
in profile `strict`.

    resources:
      requests: {cpu: 100m, memory: 256Mi}
      limits: {memory: 256Mi}
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.objects import Container, inside


@rule(on="payload", severity=Severity.WARNING)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Look at every container that a pod is made with."""
    if any(payload.of_kind("LimitRange")):
        return
    for container in payload.containers:
        if container.is_of_the_pod:
            yield from _missing(container)


def _missing(container: Container) -> Iterator[Hit]:
    limits, requests = _given(container, "limits"), _given(container, "requests")
    lacking = [name for name in ("cpu", "memory") if name not in requests and name not in limits]
    spot = container.part.spot("resources", key=True)
    strict = container.key == "initContainers" and not container.serves
    if lacking:
        message = f"{container.title} requests no {' and no '.join(lacking)}; write 'resources.requests'"
        yield Hit(spot, message, "requests", strict=strict)
    if "memory" not in limits:
        message = f"{container.title} has no limit of its memory; write 'resources.limits.memory'"
        yield Hit(spot, message, "limits", strict=strict)


def _given(container: Container, name: str) -> dict[str, Any]:
    """What is written for the container and for its pod."""
    own, around = (inside(part.value, "resources", name) for part in (container.part, container.pod.spec))
    return {**(around if isinstance(around, dict) else {}), **(own if isinstance(own, dict) else {})}
