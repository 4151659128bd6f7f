"""A port is named that nothing has.

Traffic for it arrives nowhere, and a probe of it never succeeds. The sub-id tells where the name stands:

- `[service]`: `targetPort` of a service, which no container of its pods has under `ports`;
- `[probe]`: the port of a probe or a handler, which its own container does not have;
- `[ingress]`: the port of an ingress, which its service in the payload does not have.

Ports given as numbers need no declaration in pods, and are not looked at there.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.objects import Container, KubernetesObject, Part, Pod, inside
from packager.source.nearest import did_you_mean

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_HANDLERS = ("httpGet", "tcpSocket")


@rule(on="payload", severity=Severity.WARNING)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Look up every name of a port."""
    for service in payload.of_kind("Service"):
        yield from _of_service(service, payload)
    for container in payload.containers:
        yield from _of_probes(container)
    for ingress in payload.of_kind("Ingress"):
        yield from _of_ingress(ingress, payload)


def _of_service(service: KubernetesObject, payload: Payload) -> Iterator[Hit]:
    selector = inside(service.part.value, "spec", "selector")
    if not isinstance(selector, dict) or not selector:
        return
    pods = payload.selected(service, {"matchLabels": selector})
    names = {name for pod in pods for name in _names(pod)}
    for port in service.part.parts("spec", "ports") if pods else ():
        target = port.value.get("targetPort")
        if isinstance(target, str) and not target.isdigit() and target not in names:
            message = f"no container of the pods of {service.title} has a port '{target}'{did_you_mean(target, names)}"
            yield Hit(port.spot("targetPort"), message, "service")


def _names(pod: Pod) -> Iterator[str]:
    for container in pod.containers():
        yield from _port_names(container)


def _port_names(container: Container) -> Iterator[str]:
    names = (port.value.get("name") for port in container.part.parts("ports"))
    return (name for name in names if isinstance(name, str))


def _of_probes(container: Container) -> Iterator[Hit]:
    names = set(_port_names(container))
    for probe in _PROBES:
        for handler in _HANDLERS:
            port = inside(container.part.value, probe, handler, "port")
            if isinstance(port, str) and not port.isdigit() and port not in names:
                message = f"{container.title} has no port '{port}', which its {probe} asks{did_you_mean(port, names)}"
                yield Hit(container.part.spot(probe, handler, "port"), message, "probe")


def _of_ingress(ingress: KubernetesObject, payload: Payload) -> Iterator[Hit]:
    services = {one.name: one for one in payload.of_kind("Service") if ingress.may_reach(one)}
    for backend in _backends(ingress):
        service = services.get(str(inside(backend.value, "service", "name")))
        if service is None:
            continue
        for key in ("name", "number"):
            wanted = inside(backend.value, "service", "port", key)
            if wanted is not None and wanted not in _service_ports(service, "port" if key == "number" else "name"):
                message = f"{service.title} has no port '{wanted}', which {ingress.title} names"
                yield Hit(backend.spot("service", "port", key), message, "ingress")


def _backends(ingress: KubernetesObject) -> Iterator[Part]:
    default = ingress.part.part("spec", "defaultBackend")
    if default is not None:
        yield default
    for one in ingress.part.parts("spec", "rules"):
        for path in one.parts("http", "paths"):
            backend = path.part("backend")
            if backend is not None:
                yield backend


def _service_ports(service: KubernetesObject, key: str) -> list[Any]:
    return [port.value.get(key) for port in service.part.parts("spec", "ports")]
