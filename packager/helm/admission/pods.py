"""What is refused of pods and the templates of pods."""

from collections.abc import Iterator

from packager.helm.admission.amounts import refused_amounts
from packager.helm.admission.names import misnamed, misnamed_ports
from packager.helm.admission.refusal import EACH, Refusal, repeated, route, written
from packager.helm.objects import Container, KubernetesObject, Part, Pod, inside, text_at

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc")
_HOOK_HANDLERS = ("exec", "httpGet", "tcpSocket", "sleep")
_PROBE_KEYS = frozenset(
    {
        *("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"),
        "terminationGracePeriodSeconds",
        *_HANDLERS,
        *_HOOK_HANDLERS,
    }
)
_SOURCES = (
    *("azureDisk", "azureFile", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "hostPath", "image", "nfs"),
    *("persistentVolumeClaim", "projected", "secret"),
)
# How often the pods of a kind may be started again; what a pod without one gets is Always.
_RESTARTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"), ("Always",)),
    **dict.fromkeys(("Job", "CronJob"), ("OnFailure", "Never")),
}


def refused_of_pod(one: KubernetesObject) -> Iterator[Refusal]:
    """What is refused of the pods of an object."""
    pod = one.pod()
    if pod is None:
        return
    yield from _restart_policy(pod)
    if pod.spec.value.get("containers") == []:
        yield Refusal(pod.spec.spot("containers"), f"{one.title} has no containers")
    yield from misnamed(pod.spec, "volumes.*.name", "a volume")
    yield from repeated(pod.spec, ("volumes", EACH, "name"), "the volume")
    for volume in pod.spec.parts("volumes"):
        sources = [key for key in _SOURCES if volume.value.get(key) is not None]
        if len(sources) > 1:
            yield Refusal(volume.spot(sources[1], key=True), f"a volume is one of {' and '.join(sources)}, not both")
    names = set[str]()
    for container in pod.containers():
        if container.name in names and written(container.name):
            yield Refusal(container.part.spot("name"), f"the container '{container.name}' is there twice")
        names.add(container.name)
        yield from _container(container)


def _restart_policy(pod: Pod) -> Iterator[Refusal]:
    allowed, value = _RESTARTS.get(pod.owner.kind), pod.spec.value.get("restartPolicy")
    policy = "Always" if value is None or value == "" else written(value)
    known = {"Always", "OnFailure", "Never"}  # others are refused as words
    if allowed is None or policy not in known or policy in allowed:
        return
    fix = f"write 'restartPolicy: {allowed[0]}'" + "".join(f" or {one}" for one in allowed[1:])
    said = f"has restartPolicy {policy}" if value else "has no 'restartPolicy', which makes it Always"
    spot = pod.spec.spot("restartPolicy") if value else pod.spec.spot(key=True)
    yield Refusal(spot, f"{pod.owner.title} {said}; {fix}")


def _container(container: Container) -> Iterator[Refusal]:
    part, title = container.part, container.title
    if written(container.name):
        yield from misnamed(part, "name", "a container")
    yield from misnamed_ports(part, "ports.*.name")
    yield from repeated(part, route("ports.*.name"), "the port")
    yield from _mounts(container)
    for variable in part.parts("env"):
        if variable.value.get("value") and variable.value.get("valueFrom") is not None:
            message = f"the variable '{variable.value.get('name')}' of {title} has both 'value' and 'valueFrom'"
            yield Refusal(variable.spot("valueFrom", key=True), message)
    yield from refused_amounts(part, title)
    for probe in _PROBES:
        yield from _handlers(part, probe, _HANDLERS, title)
        for handler in ("httpGet", "tcpSocket"):
            yield from misnamed_ports(part, f"{probe}.{handler}.port")
    for hook in ("postStart", "preStop"):
        yield from _handlers(part, f"lifecycle.{hook}", _HOOK_HANDLERS, title)
    security = inside(part.value, "securityContext")
    if inside(security, "privileged") is True and inside(security, "allowPrivilegeEscalation") is False:
        message = f"{title} cannot be privileged and have 'allowPrivilegeEscalation: false'"
        yield Refusal(part.spot("securityContext", "allowPrivilegeEscalation"), message)


def _mounts(container: Container) -> Iterator[Refusal]:
    volumes = _volumes(container.pod)
    yield from repeated(container.part, route("volumeMounts.*.mountPath"), f"the mount path of {container.title}")
    for mount in container.part.parts("volumeMounts"):
        name = written(mount.value.get("name"))
        if name is not None and name not in volumes:
            message = f"{container.title} mounts '{name}', which is no volume of {container.pod.owner.title}"
            yield Refusal(mount.spot("name"), message)


def _volumes(pod: Pod) -> set[str | None]:
    """The names of the volumes; those of a StatefulSet's claims, too."""
    claims = pod.owner.part.parts("spec", "volumeClaimTemplates")
    volumes = pod.spec.parts("volumes")
    return {text_at(one.value, "metadata", "name") for one in claims} | {text_at(one.value, "name") for one in volumes}


def _handlers(part: Part, place: str, handlers: tuple[str, ...], title: str) -> Iterator[Refusal]:
    inner = part.part(*route(place))
    if inner is None:
        return
    name = route(place)[-1]
    found = [key for key in handlers if inner.value.get(key) is not None]
    if not found and not inner.value.keys() - _PROBE_KEYS:  # of a handler that is misspelt, the schemas speak
        yield Refusal(inner.spot(key=True), f"the {name} of {title} does nothing: write one of {', '.join(handlers)}")
    elif found[1:]:
        yield Refusal(inner.spot(found[1], key=True), f"the {name} of {title} has {' and '.join(found)}; leave one")
