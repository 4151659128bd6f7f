"""A container has no probe that tells whether it works.

Without a readiness probe a pod gets requests from the moment that its process starts, and an update goes on although
the new version answers nothing. Without a liveness probe a process that hangs is never started again. The sub-id tells
which is missing: `[readiness]` or `[liveness]`.

Asked for are both where a container has ports, or is the only one of its pod. Jobs and containers that only prepare the
pod have none.

    readinessProbe: {httpGet: {path: /health, port: http}}
    livenessProbe: {httpGet: {path: /health, port: http}, periodSeconds: 30}
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.objects import Container

_PROBES = (
    ("readinessProbe", "readiness", "gets requests before it can answer them"),
    ("livenessProbe", "liveness", "is not started again when it hangs"),
)


@rule(on="payload", severity=Severity.WARNING)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Look at every container that runs as long as its pod."""
    for container in payload.containers:
        if not container.serves or not _is_asked(container):
            continue
        for key, sub, what in _PROBES:
            if not isinstance(container.part.value.get(key), dict):
                yield Hit(container.part.spot(), f"{container.title} has no '{key}': it {what}", sub)


def _is_asked(container: Container) -> bool:
    alone = sum(one.key == "containers" for one in container.pod.containers()) == 1
    return bool(container.part.value.get("ports")) or (alone and container.key == "containers")
