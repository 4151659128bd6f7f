"""An object goes into the namespace `default`, or says nothing of its namespace.

What is in `default` shares it with whatever else nobody gave a namespace to: names clash, and neither rights nor
network policies nor quotas can tell one workload from another. The sub-id tells what it is:

- `[default]`: the object names `default`;
- `[missing]`: the object names none, so that it depends on how the file is applied. Said in profile `strict`, and not
  of what Helm or a kustomization gives a namespace.

Name a namespace of the offer's own.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule

# Kinds that are of a namespace and do something in it.
_KINDS = frozenset(
    {
        *("ConfigMap", "CronJob", "DaemonSet", "Deployment", "HorizontalPodAutoscaler", "Ingress", "Job", "LimitRange"),
        *("NetworkPolicy", "PersistentVolumeClaim", "Pod", "PodDisruptionBudget", "ReplicaSet", "ResourceQuota"),
        *("ReplicationController", "Role", "RoleBinding", "Secret", "Service", "ServiceAccount", "StatefulSet"),
    }
)


@rule(on="payload", severity=Severity.INFO)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Look at the namespace of every object that has one."""
    given = payload.rendered or payload.kustomized.named
    for one in payload.of_kind(*_KINDS):
        if one.namespace == "default":
            message = f"{one.title} goes into the namespace 'default'; give the offer a namespace of its own"
            yield Hit(one.part.spot("metadata", "namespace"), message, "default")
        elif one.namespace is None and not given:
            message = f"{one.title} names no namespace: where it goes depends on how it is applied"
            yield Hit(one.part.spot("metadata", key=True), message, "missing", strict=True)
