"""A service or a disruption budget selects no pod of the payload.

A service that selects nothing answers nothing, and a budget for no pods protects none. Most often a label was renamed
at one of the two places.

Looked at are payloads in which every pod is known: with objects of other kinds than those of Kubernetes itself (an
operator's), which can make pods, nothing is said.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.objects import KubernetesObject, inside


@rule(on="payload", severity=Severity.WARNING)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Search the pods that each of them selects."""
    if not payload.pods or any(one.is_custom for one in payload.objects):
        return
    for one in payload.of_kind("Service", "PodDisruptionBudget"):
        selector = _selector(one)
        if selector and not payload.selected(one, selector):
            message = f"{one.title} selects no pod: none has the labels that its selector asks for"
            yield Hit(one.part.spot("spec", "selector", key=True), message)


def _selector(one: KubernetesObject) -> dict[str, object]:
    found = inside(one.part.value, "spec", "selector")
    if not isinstance(found, dict):
        return {}
    return {"matchLabels": found} if one.kind == "Service" and found else found
