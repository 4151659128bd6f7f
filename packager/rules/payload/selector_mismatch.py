"""The selector of a workload does not fit the labels of its own pods.

Kubernetes refuses such a workload: "selector does not match template labels". It is refused as well without a selector,
which `object-schema` reports where the schemas are installed.

Give the template in `spec.template.metadata.labels` every label that `spec.selector.matchLabels` names.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.objects import inside
from packager.helm.schemas import compares
from packager.helm.selectors import unmatched

_KINDS = frozenset({"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"})


@rule(on="payload", severity=Severity.ERROR)
def check(payload: Payload, package: Package) -> Iterator[Hit]:
    """Compare selector and labels of every workload that has both."""
    for pod in payload.pods:
        owner = pod.owner
        if owner.kind not in _KINDS:
            continue
        selector = inside(owner.part.value, "spec", "selector")
        if selector is None and compares(package.kubernetes):
            continue  # the schema asks for one
        if not isinstance(selector, dict) or not selector:
            message = f"{owner.title} has no selector, and is refused; write 'spec.selector.matchLabels'"
            yield Hit(owner.part.spot("spec", key=True), message)
            continue
        wrong = unmatched(selector, pod.labels)
        if wrong is not None:
            message = f"the pods of {owner.title} do not have {wrong.words}, which its selector asks for"
            yield Hit(owner.part.spot("spec", "selector", *wrong.path), message)
