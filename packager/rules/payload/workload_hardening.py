"""A container may gain rights, or run as root.

Both are allowed unless a workload forbids it. Hardened clusters (the Pod Security Standard `restricted`, Azure Policy)
refuse such pods. The sub-id tells what it is:

- `[privilege-escalation]`: `allowPrivilegeEscalation` is not `false`;
- `[root]`: neither container nor pod has `runAsNonRoot: true` or a `runAsUser` other than 0.

    securityContext:
      allowPrivilegeEscalation: false
      runAsNonRoot: true
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import STRICT, Hit, rule
from packager.helm.objects import Container, inside


@rule(on="payload", severity=Severity.WARNING, profiles=STRICT)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Look at every container that a pod is made with."""
    for container in payload.containers:
        if not container.is_of_the_pod or inside(container.pod.spec.value, "os", "name") == "windows":
            continue
        spot = container.part.spot("securityContext", key=True)
        if inside(container.part.value, "securityContext", "allowPrivilegeEscalation") is not False:
            message = f"{container.title} may gain rights; write 'allowPrivilegeEscalation: false'"
            yield Hit(spot, message, "privilege-escalation")
        if _may_be_root(container):
            yield Hit(spot, f"{container.title} may run as root; write 'runAsNonRoot: true'", "root")


def _may_be_root(container: Container) -> bool:
    user = _setting(container, "runAsUser")
    if isinstance(user, int) and user > 0:
        return False
    return user == 0 or _setting(container, "runAsNonRoot") is not True


def _setting(container: Container, name: str) -> Any:
    """What is written for the container, else for its pod."""
    own = inside(container.part.value, "securityContext", name)
    return inside(container.pod.spec.value, "securityContext", name) if own is None else own
