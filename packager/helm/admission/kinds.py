"""What is refused of objects of one kind, beyond their words, names and pods."""

from collections.abc import Callable, Iterator
from typing import Any

from packager.helm.admission.names import misnamed, misnamed_ports
from packager.helm.admission.refusal import Refusal, parts_at, repeated, route, values_at, whole, written
from packager.helm.admission.schedules import schedule_problem
from packager.helm.objects import KubernetesObject, Part, inside, text_at

_BACKENDS = ("spec.defaultBackend", "spec.rules.*.http.paths.*.backend")


def refused_of_kind(one: KubernetesObject) -> Iterator[Refusal]:
    """What is refused of an object because of its kind."""
    check = _CHECKS.get(one.kind)
    if check is not None:
        yield from check(one)


def _service(one: KubernetesObject) -> Iterator[Refusal]:
    part = one.part
    spec = inside(part.value, "spec")
    kind, ports = inside(spec, "type"), list(part.parts("spec", "ports"))
    if isinstance(spec, dict) and not spec.get("ports") and kind != "ExternalName" and not _is_headless(spec):
        yield Refusal(part.spot("spec", key=True), f"{one.title} has no ports")
    if kind == "ExternalName" and not spec.get("externalName"):
        yield Refusal(part.spot("spec", "type"), f"{one.title} has no 'externalName'")
    for port in ports if ports[1:] else ():
        if not port.value.get("name"):
            yield Refusal(port.spot(), f"each port of {one.title} needs a name, because there are several")
    yield from misnamed(part, "spec.ports.*.name", "a port")
    yield from misnamed_ports(part, "spec.ports.*.targetPort")
    yield from repeated(part, route("spec.ports.*.name"), "the port")
    seen = set[tuple[int | None, str]]()
    for port in ports:
        number = whole(port.value.get("port"))
        pair = (number, text_at(port.value, "protocol") or "TCP")
        if number is not None and pair in seen:
            yield Refusal(port.spot("port"), f"{one.title} has the port {number} twice")
        seen.add(pair)


def _is_headless(spec: dict[str, Any]) -> bool:
    return spec.get("clusterIP") == "None" or spec.get("clusterIPs") == ["None"]


def _ingress(one: KubernetesObject) -> Iterator[Refusal]:
    spec = one.part.value.get("spec")
    if isinstance(spec, dict) and not spec.get("rules") and spec.get("defaultBackend") is None:
        yield Refusal(one.part.spot("spec", key=True), f"{one.title} has neither 'rules' nor 'defaultBackend'")
    for place in _BACKENDS:
        for backend in parts_at(one.part, route(place)):
            yield from _backend(backend)
    for path, value in values_at(one.part, route("spec.rules.*.http.paths.*.path")):
        text = written(value)
        if text is not None and not text.startswith("/"):
            yield Refusal(one.part.spot(*path), f"the path '{text}' must start with '/'")


def _backend(backend: Part) -> Iterator[Refusal]:
    found = [key for key in ("service", "resource") if backend.value.get(key) is not None]
    if len(found) != 1 and not {"serviceName", "servicePort"} & backend.value.keys():  # as before networking.k8s.io/v1
        yield Refusal(backend.spot(key=True), "a backend is either a 'service' or a 'resource'")
    port = inside(backend.value, "service", "port")
    if "service" in found and isinstance(port, dict | None):
        named = [key for key in ("name", "number") if (port or {}).get(key)]
        if len(named) != 1:
            yield Refusal(
                backend.spot("service", "port", key=True), "the port of a backend is its 'name' or its 'number'"
            )


def _cron_job(one: KubernetesObject) -> Iterator[Refusal]:
    text = written(inside(one.part.value, "spec", "schedule"))
    problem = schedule_problem(text) if text is not None else None
    if problem is not None:
        yield Refusal(one.part.spot("spec", "schedule"), f"the schedule of {one.title} is none: {problem}")


def _claim(one: KubernetesObject) -> Iterator[Refusal]:
    yield from _claim_spec(one.part, one.title)


def _claims(one: KubernetesObject) -> Iterator[Refusal]:
    for claim in one.part.parts("spec", "volumeClaimTemplates"):
        yield from _claim_spec(claim, f"a volume claim of {one.title}")


def _claim_spec(claim: Part, title: str) -> Iterator[Refusal]:
    spec = claim.part("spec")
    if spec is None:
        return
    if not spec.value.get("accessModes") and "accessMode" not in spec.value:  # of that, the schemas speak
        yield Refusal(spec.spot("accessModes", key=True), f"{title} has no 'accessModes'")
    if inside(spec.value, "resources", "requests", "storage") is None:
        yield Refusal(spec.spot("resources", key=True), f"{title} has no 'resources.requests.storage'")


def _deployment(one: KubernetesObject) -> Iterator[Refusal]:
    strategy = inside(one.part.value, "spec", "strategy")
    if inside(strategy, "type") == "Recreate" and inside(strategy, "rollingUpdate") is not None:
        spot = one.part.spot("spec", "strategy", "rollingUpdate", key=True)
        yield Refusal(spot, f"{one.title} has both 'rollingUpdate' and the strategy Recreate")


def _budget(one: KubernetesObject) -> Iterator[Refusal]:
    spec = inside(one.part.value, "spec")
    if inside(spec, "minAvailable") is not None and inside(spec, "maxUnavailable") is not None:
        spot = one.part.spot("spec", "maxUnavailable", key=True)
        yield Refusal(spot, f"{one.title} has both 'minAvailable' and 'maxUnavailable'; leave one")


def _autoscaler(one: KubernetesObject) -> Iterator[Refusal]:
    least, most = (whole(inside(one.part.value, "spec", key)) for key in ("minReplicas", "maxReplicas"))
    if least is not None and most is not None and most < least and most > 0:
        message = f"{one.title} has {most} as 'maxReplicas', which is less than its 'minReplicas', {least}"
        yield Refusal(one.part.spot("spec", "maxReplicas"), message)


def _role(one: KubernetesObject) -> Iterator[Refusal]:
    for item in one.part.parts("rules"):
        lacking = [key for key in ("verbs", "apiGroups", "resources") if not item.value.get(key)]
        if item.value.get("nonResourceURLs"):
            lacking = [key for key in lacking if key == "verbs"]
        if lacking and "verbs" in item.value:  # the schema asks for verbs
            yield Refusal(item.spot(), f"a rule of {one.title} has no {' and no '.join(map(repr, lacking))}")


_CHECKS: dict[str, Callable[[KubernetesObject], Iterator[Refusal]]] = {
    "ClusterRole": _role,
    "CronJob": _cron_job,
    "Deployment": _deployment,
    "HorizontalPodAutoscaler": _autoscaler,
    "Ingress": _ingress,
    "PersistentVolumeClaim": _claim,
    "PodDisruptionBudget": _budget,
    "Role": _role,
    "Service": _service,
    "StatefulSet": _claims,
}
