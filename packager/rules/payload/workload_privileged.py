"""A workload has rights on its node: it is privileged, or shares its network, processes or files.

Who takes over such a container has the node, and with it every other workload there. The sub-id tells what it is:

- `[privileged]`: `securityContext.privileged`, or a `hostProcess` container of Windows;
- `[host-network]`, `[host-pid]`, `[host-ipc]`: the pod is in the namespaces of its node;
- `[host-path]`: a volume that is a folder of the node;
- `[capability]`: a capability is added that amounts to the same;
- `[values]`: values of Helm (`*-values.yaml`, `values*.yaml`, `spec.values` of Flux) have one of the first four names
  set to `true`.

Agents of nodes may need it. Then say why, in a comment on the line:

    hostNetwork: true # packager: ignore workload-privileged -- reads the counters of the node's interfaces
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.objects import Container, Part, Pod, inside

_HOST = (("hostNetwork", "host-network"), ("hostPID", "host-pid"), ("hostIPC", "host-ipc"))
DANGEROUS = frozenset(
    {
        *("ALL", "BPF", "DAC_READ_SEARCH", "MKNOD", "NET_ADMIN", "PERFMON"),
        *("SYSLOG", "SYS_ADMIN", "SYS_BOOT", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO"),
    }
)


@rule(on="payload", severity=Severity.WARNING)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Look at every pod and its containers."""
    for pod in payload.pods:
        yield from _of_pod(pod)
    for container in payload.containers:
        yield from _of_container(container)
    for settings in payload.settings:
        for one in settings.named("privileged", *(key for key, _ in _HOST)):
            if one.value is True:
                message = f"'{one.name}' gives a workload rights on its node, or a chart does not know it"
                yield Hit(settings.spot(one), message, "values")


def _of_pod(pod: Pod) -> Iterator[Hit]:
    title = pod.owner.title
    for key, sub in _HOST:
        if pod.spec.value.get(key) is True:
            yield Hit(pod.spec.spot(key), f"'{key}' of {title} puts its pods beside the processes of the node", sub)
    for volume in pod.spec.parts("volumes"):
        path = inside(volume.value, "hostPath", "path")
        if path is not None:
            yield Hit(volume.spot("hostPath"), f"{title} mounts '{path}' of the node", "host-path")
    yield from _host_process(pod.spec, title)


def _of_container(container: Container) -> Iterator[Hit]:
    part, title = container.part, container.title
    if inside(part.value, "securityContext", "privileged") is True:
        yield Hit(part.spot("securityContext", "privileged"), f"{title} is privileged: it owns its node", "privileged")
    yield from _host_process(part, title)
    added: Any = inside(part.value, "securityContext", "capabilities", "add")
    for position, name in enumerate(added if isinstance(added, list) else ()):
        if isinstance(name, str) and name.upper().removeprefix("CAP_") in DANGEROUS:
            spot = part.spot("securityContext", "capabilities", "add", position)
            yield Hit(spot, f"{title} gets the capability {name}, which reaches beyond it", "capability")


def _host_process(part: Part, title: str) -> Iterator[Hit]:
    steps = ("securityContext", "windowsOptions", "hostProcess")
    if inside(part.value, *steps) is True:
        yield Hit(part.spot(*steps), f"{title} runs as a process of the node", "privileged")
