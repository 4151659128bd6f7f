"""The words and numbers that Kubernetes takes in fields for which the published schemas name any text and number."""

from collections.abc import Iterator
from typing import Any

from packager.helm.admission.refusal import Refusal, Route, route, values_at, whole, written
from packager.helm.objects import KubernetesObject, Part
from packager.source.nearest import did_you_mean

_CONTAINERS = ("initContainers", "containers")
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_PULL = ("Always", "IfNotPresent", "Never")
_PROTOCOLS = ("TCP", "UDP", "SCTP")
_ACCESS = ("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod")
_VOLUME_MODES = ("Filesystem", "Block")
_SEEN_FROM = ("Cluster", "Local")

# Below the spec of a pod.
_OF_PODS: dict[str, tuple[str, ...]] = {
    "restartPolicy": ("Always", "OnFailure", "Never"),
    "dnsPolicy": ("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"),
    "preemptionPolicy": ("PreemptLowerPriority", "Never"),
    "tolerations.*.operator": ("Exists", "Equal", "Lt", "Gt"),
    "tolerations.*.effect": ("NoSchedule", "PreferNoSchedule", "NoExecute"),
    "topologySpreadConstraints.*.whenUnsatisfiable": ("DoNotSchedule", "ScheduleAnyway"),
    "securityContext.seccompProfile.type": ("RuntimeDefault", "Localhost", "Unconfined"),
}
_OF_CONTAINERS: dict[str, tuple[str, ...]] = {
    "imagePullPolicy": _PULL,
    "terminationMessagePolicy": ("File", "FallbackToLogsOnError"),
    "ports.*.protocol": _PROTOCOLS,
    "volumeMounts.*.mountPropagation": ("None", "HostToContainer", "Bidirectional"),
    "securityContext.seccompProfile.type": ("RuntimeDefault", "Localhost", "Unconfined"),
    **{f"{probe}.httpGet.scheme": ("HTTP", "HTTPS") for probe in _PROBES},
}
_OF_KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "Service": {
        "spec.type": ("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"),
        "spec.ports.*.protocol": _PROTOCOLS,
        "spec.sessionAffinity": ("None", "ClientIP"),
        "spec.externalTrafficPolicy": _SEEN_FROM,
        "spec.internalTrafficPolicy": _SEEN_FROM,
        "spec.ipFamilyPolicy": ("SingleStack", "PreferDualStack", "RequireDualStack"),
        "spec.ipFamilies.*": ("IPv4", "IPv6"),
    },
    "Ingress": {"spec.rules.*.http.paths.*.pathType": ("Exact", "Prefix", "ImplementationSpecific")},
    "NetworkPolicy": {
        "spec.policyTypes.*": ("Ingress", "Egress"),
        "spec.ingress.*.ports.*.protocol": _PROTOCOLS,
        "spec.egress.*.ports.*.protocol": _PROTOCOLS,
    },
    "PersistentVolumeClaim": {"spec.accessModes.*": _ACCESS, "spec.volumeMode": _VOLUME_MODES},
    "PersistentVolume": {
        "spec.accessModes.*": _ACCESS,
        "spec.volumeMode": _VOLUME_MODES,
        "spec.persistentVolumeReclaimPolicy": ("Retain", "Recycle", "Delete"),
    },
    "StorageClass": {
        "reclaimPolicy": ("Delete", "Retain"),
        "volumeBindingMode": ("Immediate", "WaitForFirstConsumer"),
    },
    "Deployment": {"spec.strategy.type": ("RollingUpdate", "Recreate")},
    "DaemonSet": {"spec.updateStrategy.type": ("RollingUpdate", "OnDelete")},
    "StatefulSet": {
        "spec.updateStrategy.type": ("RollingUpdate", "OnDelete"),
        "spec.podManagementPolicy": ("OrderedReady", "Parallel"),
        "spec.volumeClaimTemplates.*.spec.accessModes.*": _ACCESS,
        "spec.volumeClaimTemplates.*.spec.volumeMode": _VOLUME_MODES,
    },
    "Job": {"spec.completionMode": ("NonIndexed", "Indexed")},
    "CronJob": {"spec.concurrencyPolicy": ("Allow", "Forbid", "Replace")},
    "RoleBinding": {
        "roleRef.kind": ("Role", "ClusterRole"),
        "subjects.*.kind": ("ServiceAccount", "User", "Group"),
    },
    "ClusterRoleBinding": {
        "roleRef.kind": ("ClusterRole",),
        "subjects.*.kind": ("ServiceAccount", "User", "Group"),
    },
    "PodDisruptionBudget": {"spec.unhealthyPodEvictionPolicy": ("IfHealthyBudget", "AlwaysAllow")},
    "CustomResourceDefinition": {"spec.scope": ("Namespaced", "Cluster")},
    "MutatingWebhookConfiguration": {
        "webhooks.*.failurePolicy": ("Fail", "Ignore"),
        "webhooks.*.reinvocationPolicy": ("Never", "IfNeeded"),
    },
    "ValidatingWebhookConfiguration": {"webhooks.*.failurePolicy": ("Fail", "Ignore")},
}

_PORT = (1, 65_535)
_PORT_OR_NONE = (0, 65_535)
_COUNT = (0, 2**31 - 1)  # the schemas refuse what is larger
_PROBE_PORTS = [f"{probe}.{handler}.port" for probe in _PROBES for handler in ("httpGet", "tcpSocket", "grpc")]
_RANGES_OF_CONTAINERS: dict[str, tuple[int, int]] = {
    "ports.*.containerPort": _PORT,
    "ports.*.hostPort": _PORT_OR_NONE,
    **dict.fromkeys(_PROBE_PORTS, _PORT),
    **{f"{probe}.{name}": _COUNT for probe in _PROBES for name in ("initialDelaySeconds", "timeoutSeconds")},
    **{f"{probe}.{name}": _COUNT for probe in _PROBES for name in ("periodSeconds", "failureThreshold")},
    "livenessProbe.successThreshold": (0, 1),
    "startupProbe.successThreshold": (0, 1),
}
_RANGES_OF_KINDS: dict[str, dict[str, tuple[int, int]]] = {
    "Service": {
        "spec.ports.*.port": _PORT,
        "spec.ports.*.targetPort": _PORT_OR_NONE,
        "spec.ports.*.nodePort": _PORT_OR_NONE,
    },
    "Ingress": {
        "spec.defaultBackend.service.port.number": _PORT,
        "spec.rules.*.http.paths.*.backend.service.port.number": _PORT,
    },
    "NetworkPolicy": {"spec.ingress.*.ports.*.port": _PORT, "spec.egress.*.ports.*.port": _PORT},
    "HorizontalPodAutoscaler": {"spec.minReplicas": _COUNT, "spec.maxReplicas": (1, _COUNT[1])},
    "Job": dict.fromkeys(("spec.parallelism", "spec.completions", "spec.backoffLimit"), _COUNT),
    **{kind: {"spec.replicas": _COUNT} for kind in ("Deployment", "StatefulSet", "ReplicaSet")},
}


def refused_words(one: KubernetesObject) -> Iterator[Refusal]:
    """The words and numbers of an object that its kind does not take."""
    yield from _refused(one.part, _OF_KINDS.get(one.kind, {}), _RANGES_OF_KINDS.get(one.kind, {}))
    pod = one.pod()
    if pod is None:
        return
    yield from _refused(pod.spec, _OF_PODS, {"terminationGracePeriodSeconds": _COUNT})
    for key in _CONTAINERS:
        for container in pod.spec.parts(key):
            yield from _refused(container, _OF_CONTAINERS, _RANGES_OF_CONTAINERS)


def _refused(part: Part, words: dict[str, tuple[str, ...]], ranges: dict[str, tuple[int, int]]) -> Iterator[Refusal]:
    for name, known in words.items():
        for path, value in values_at(part, route(name)):
            text = written(value)
            if text is not None and text not in known:
                listed = ", ".join(known)
                message = f"'{_subject(route(name))}' must be {'one of ' if known[1:] else ''}{listed}, not '{text}'"
                yield Refusal(part.spot(*path), message + did_you_mean(text, known))
    for name, (least, most) in ranges.items():
        for path, value in values_at(part, route(name)):
            number = whole(value)
            if number is not None and abs(number) <= _COUNT[1] and not least <= number <= most:
                yield Refusal(
                    part.spot(*path), f"'{_subject(route(name))}' must be {_range(least, most)}, not {number}"
                )


def _range(least: int, most: int) -> str:
    return f"{least} or more" if most == _COUNT[1] else f"from {least} to {most}"


def _subject(steps: Route) -> Any:
    return next(step for step in reversed(steps) if step != "*")
