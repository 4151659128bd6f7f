"""A workload needs a config map, a service account or a volume claim that is not in the payload.

A pod whose config map does not exist never starts, and of a service account that does not exist no pod is made at all.
It may well be made elsewhere: by another release, by a script, by hand. So this only informs. Secrets are not looked
at: they should be made elsewhere.
"""

from collections.abc import Iterator
from typing import NamedTuple

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.literals import is_placeholder
from packager.helm.objects import Part, Pod, inside, text_at
from packager.source.spot import Spot

_KINDS = ("ConfigMap", "ServiceAccount", "PersistentVolumeClaim")
# What every namespace has.
_EVERYWHERE = frozenset({("ServiceAccount", "default"), ("ConfigMap", "kube-root-ca.crt")})


class Reference(NamedTuple):
    """A name of an object that a pod needs."""

    kind: str
    name: str
    spot: Spot


@rule(on="payload", severity=Severity.INFO)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Look up what each pod needs; of what is named several times, the first."""
    known = {(one.kind, one.name) for one in payload.of_kind(*_KINDS)} | _EVERYWHERE
    for pod in payload.pods:
        for one in _references(pod):
            if (one.kind, one.name) in known or is_placeholder(one.name):
                continue
            if one.kind == "ConfigMap" and payload.kustomized.generates:
                continue
            known.add((one.kind, one.name))
            yield Hit(one.spot, f"{pod.owner.title} needs the {one.kind} '{one.name}', which is not in the payload")


def _references(pod: Pod) -> Iterator[Reference]:
    yield from _named("ServiceAccount", pod.spec, "serviceAccountName")
    for volume in pod.spec.parts("volumes"):
        yield from _named("ConfigMap", volume, "configMap", "name")
        yield from _named("PersistentVolumeClaim", volume, "persistentVolumeClaim", "claimName")
        for source in volume.parts("projected", "sources"):
            yield from _named("ConfigMap", source, "configMap", "name")
    for container in pod.containers():
        for source in container.part.parts("envFrom"):
            yield from _named("ConfigMap", source, "configMapRef", "name")
        for variable in container.part.parts("env"):
            yield from _named("ConfigMap", variable, "valueFrom", "configMapKeyRef", "name")


def _named(kind: str, part: Part, *steps: str) -> Iterator[Reference]:
    name = text_at(part.value, *steps)
    if name and inside(part.value, *steps[:-1], "optional") is not True:
        yield Reference(kind, name, part.spot(*steps))
