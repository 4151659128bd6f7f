"""Versions of Kubernetes, and the API versions that they no longer serve.

From the Deprecated API Migration Guide of Kubernetes (kubernetes.io/docs/reference/using-api/deprecation-guide), and
since 1.26 from what the published schemas of one version have and those of the next lack. API versions with `alpha` in
their name are not listed: they are off unless a cluster turns them on.
"""

from typing import NamedTuple

from packager.errors import UsageError

ORIGIN = "the Deprecated API Migration Guide of Kubernetes, and the published schemas of 1.25 to 1.37"


class KubernetesVersion(NamedTuple):
    """A minor version, `1.<minor>`; patches change neither API versions nor schemas."""

    minor: int

    def __str__(self) -> str:
        return f"1.{self.minor}"


# What payloads are judged by unless the user says which version the cluster has.
DEFAULT_VERSION = KubernetesVersion(34)


class Removal(NamedTuple):
    """The version that stopped serving, and what to write instead; `instead` is empty where nothing replaces it."""

    version: KubernetesVersion
    instead: str


def read_version(text: str) -> KubernetesVersion:
    """The version in `1.34`, `v1.34` or `1.34.2`. UsageError for any other text."""
    major, _, rest = text.removeprefix("v").partition(".")
    minor = rest.partition(".")[0]
    if major != "1" or not (minor.isascii() and minor.isdigit() and len(minor) < 4):
        raise UsageError(f"'{text}' is no version of Kubernetes", hint="write it like 1.34")
    return KubernetesVersion(int(minor))


def removal(api_version: str, kind: str) -> Removal | None:
    """When Kubernetes stopped serving a kind in an API version; None where it did not, or is not known to."""
    found = next((row for row in REMOVED if row[0] == api_version and kind in row[1]), None)
    return Removal(KubernetesVersion(found[2]), found[3]) if found is not None else None


_WORKLOADS = ("DaemonSet", "Deployment", "ReplicaSet", "StatefulSet")
_ROLES = ("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding")
_FLOW = ("FlowSchema", "PriorityLevelConfiguration")
# API version, kinds, minor version that no longer serves them, what to write instead.
REMOVED: tuple[tuple[str, tuple[str, ...], int, str], ...] = (
    ("apps/v1beta1", _WORKLOADS, 16, "apps/v1"),
    ("apps/v1beta2", _WORKLOADS, 16, "apps/v1"),
    ("extensions/v1beta1", _WORKLOADS, 16, "apps/v1"),
    ("extensions/v1beta1", ("NetworkPolicy",), 16, "networking.k8s.io/v1"),
    ("extensions/v1beta1", ("PodSecurityPolicy",), 16, ""),
    ("extensions/v1beta1", ("Ingress",), 22, "networking.k8s.io/v1"),
    ("networking.k8s.io/v1beta1", ("Ingress", "IngressClass"), 22, "networking.k8s.io/v1"),
    (
        "admissionregistration.k8s.io/v1beta1",
        ("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"),
        22,
        "admissionregistration.k8s.io/v1",
    ),
    ("apiextensions.k8s.io/v1beta1", ("CustomResourceDefinition",), 22, "apiextensions.k8s.io/v1"),
    ("apiregistration.k8s.io/v1beta1", ("APIService",), 22, "apiregistration.k8s.io/v1"),
    ("authentication.k8s.io/v1beta1", ("TokenReview",), 22, "authentication.k8s.io/v1"),
    (
        "authorization.k8s.io/v1beta1",
        ("LocalSubjectAccessReview", "SelfSubjectAccessReview", "SubjectAccessReview"),
        22,
        "authorization.k8s.io/v1",
    ),
    ("certificates.k8s.io/v1beta1", ("CertificateSigningRequest",), 22, "certificates.k8s.io/v1"),
    ("coordination.k8s.io/v1beta1", ("Lease",), 22, "coordination.k8s.io/v1"),
    ("rbac.authorization.k8s.io/v1beta1", _ROLES, 22, "rbac.authorization.k8s.io/v1"),
    ("scheduling.k8s.io/v1beta1", ("PriorityClass",), 22, "scheduling.k8s.io/v1"),
    (
        "storage.k8s.io/v1beta1",
        ("CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"),
        22,
        "storage.k8s.io/v1",
    ),
    ("batch/v1beta1", ("CronJob",), 25, "batch/v1"),
    ("discovery.k8s.io/v1beta1", ("EndpointSlice",), 25, "discovery.k8s.io/v1"),
    ("events.k8s.io/v1beta1", ("Event",), 25, "events.k8s.io/v1"),
    ("autoscaling/v2beta1", ("HorizontalPodAutoscaler",), 25, "autoscaling/v2"),
    ("policy/v1beta1", ("PodDisruptionBudget",), 25, "policy/v1"),
    ("policy/v1beta1", ("PodSecurityPolicy",), 25, ""),
    ("node.k8s.io/v1beta1", ("RuntimeClass",), 25, "node.k8s.io/v1"),
    ("autoscaling/v2beta2", ("HorizontalPodAutoscaler",), 26, "autoscaling/v2"),
    ("flowcontrol.apiserver.k8s.io/v1beta1", _FLOW, 26, "flowcontrol.apiserver.k8s.io/v1"),
    ("storage.k8s.io/v1beta1", ("CSIStorageCapacity",), 27, "storage.k8s.io/v1"),
    ("flowcontrol.apiserver.k8s.io/v1beta2", _FLOW, 29, "flowcontrol.apiserver.k8s.io/v1"),
    ("flowcontrol.apiserver.k8s.io/v1beta3", _FLOW, 32, "flowcontrol.apiserver.k8s.io/v1"),
    ("authentication.k8s.io/v1beta1", ("SelfSubjectReview",), 33, "authentication.k8s.io/v1"),
    (
        "admissionregistration.k8s.io/v1beta1",
        ("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"),
        34,
        "admissionregistration.k8s.io/v1",
    ),
    ("networking.k8s.io/v1beta1", ("IPAddress", "ServiceCIDR"), 37, "networking.k8s.io/v1"),
    ("storage.k8s.io/v1beta1", ("VolumeAttributesClass",), 37, "storage.k8s.io/v1"),
)
