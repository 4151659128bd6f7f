"""Kubernetes objects in YAML files: what each is, the pods that it makes, and their containers.

A file is read as a stream of YAML documents; a list (`kind: List`) counts as what is in it.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from packager.helm.images import Image, parse_image
from packager.source.document import Document
from packager.source.span import Path
from packager.source.spot import Spot

# Where the pod, or the template of its pods, stands in each kind of workload.
POD_PLACES: dict[str, Path] = {
    "Pod": (),
    "PodTemplate": ("template",),
    "Deployment": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "ReplicaSet": ("spec", "template"),
    "ReplicationController": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}
# The groups of Kubernetes itself. Others, too, end in k8s.io.
_GROUPS = frozenset({"", "apps", "autoscaling", "batch", "extensions", "policy"})
_DOTTED_GROUPS = frozenset(
    f"{name}.k8s.io"
    for name in (
        *("admissionregistration", "apiextensions", "apiregistration", "authentication", "authorization"),
        *("certificates", "coordination", "discovery", "events", "flowcontrol.apiserver", "internal.apiserver"),
        *("networking", "node", "rbac.authorization", "resource", "scheduling", "storage", "storagemigration"),
    )
)
_CONTAINER_KEYS = ("initContainers", "containers", "ephemeralContainers")
_MOST_LISTS = 8  # lists in each other


class Part(NamedTuple):
    """An object at `path` of a document."""

    document: Document
    path: Path
    value: dict[str, Any]

    def spot(self, *steps: str | int, key: bool = False) -> Spot:
        """The place of something below the part; of what is missing, that of the nearest thing around it."""
        return Spot(self.document, (*self.path, *steps), key)

    def part(self, *steps: str | int) -> "Part | None":
        """The object below; None when there is no object."""
        path = (*self.path, *steps)
        value = self.document.at(path)
        return Part(self.document, path, value) if isinstance(value, dict) else None

    def parts(self, *steps: str | int) -> "Iterator[Part]":
        """The objects in the list below."""
        return parts_of(self.document, (*self.path, *steps))


def parts_of(document: Document, path: Path = ()) -> Iterator[Part]:
    """The objects in the list at `path`; of a YAML stream, the documents of it that are objects."""
    value = document.at(path)
    for position, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield Part(document, (*path, position), item)


class KubernetesObject(NamedTuple):
    """An object with a string `apiVersion` and `kind`."""

    part: Part
    api_version: str
    kind: str

    @property
    def group(self) -> str:
        """The API group; "" is the core group."""
        group, slash, _ = self.api_version.partition("/")
        return group if slash else ""

    @property
    def is_custom(self) -> bool:
        """Whether its kind is none of Kubernetes itself."""
        return self.group not in _GROUPS and self.group not in _DOTTED_GROUPS

    @property
    def name(self) -> str:
        """`metadata.name`; "" when there is none, as with `generateName`."""
        return text_at(self.part.value, "metadata", "name") or ""

    @property
    def namespace(self) -> str | None:
        """`metadata.namespace`, where it is written."""
        return text_at(self.part.value, "metadata", "namespace")

    def may_reach(self, other: "KubernetesObject") -> bool:
        """Whether both are in one namespace; what names none can be in any."""
        return self.namespace is None or other.namespace is None or self.namespace == other.namespace

    @property
    def title(self) -> str:
        """The object as messages name it."""
        return f"{self.kind} '{self.name}'" if self.name else self.kind

    @property
    def annotations(self) -> dict[str, Any]:
        """`metadata.annotations`."""
        found = inside(self.part.value, "metadata", "annotations")
        return found if isinstance(found, dict) else {}

    def pod(self) -> "Pod | None":
        """The pod that the object is or makes; None for what is no workload of Kubernetes itself."""
        place = POD_PLACES.get(self.kind)
        template = self.part.part(*place) if place is not None and not self.is_custom else None
        spec = template.part("spec") if template is not None else None
        return Pod(self, template, spec) if template is not None and spec is not None else None


class Pod(NamedTuple):
    """A pod, or the template of one, of `owner`: `template` has its metadata, `spec` its containers."""

    owner: KubernetesObject
    template: Part
    spec: Part

    @property
    def labels(self) -> dict[str, Any]:
        """The labels that the pods have."""
        found = inside(self.template.value, "metadata", "labels")
        return found if isinstance(found, dict) else {}

    @property
    def ends(self) -> bool:
        """Whether the pod is meant to end by itself, as that of a job does."""
        policy = text_at(self.spec.value, "restartPolicy")
        return self.owner.kind in {"Job", "CronJob"} or policy in {"Never", "OnFailure"}

    def containers(self) -> "Iterator[Container]":
        """Every container, those that prepare the pod first."""
        for key in _CONTAINER_KEYS:
            for part in self.spec.parts(key):
                yield Container(self, part, key)


class Container(NamedTuple):
    """A container; `key` is the list that it stands in."""

    pod: Pod
    part: Part
    key: str

    @property
    def name(self) -> str:
        """Its name; "" when it has none."""
        return text_at(self.part.value, "name") or ""

    @property
    def title(self) -> str:
        """The container as messages name it."""
        return f"container '{self.name}' of {self.pod.owner.title}"

    @property
    def is_of_the_pod(self) -> bool:
        """Whether it belongs to the pod as it is made, and not to a session of debugging."""
        return self.key != "ephemeralContainers"

    @property
    def serves(self) -> bool:
        """Whether it runs as long as the pod does: no init container (unless it is a sidecar), no pod that ends."""
        if not self.is_of_the_pod or self.pod.ends:
            return False
        return self.key == "containers" or self.part.value.get("restartPolicy") == "Always"

    @property
    def image(self) -> Image | None:
        """Its image; None when there is none, or none that a runtime could read."""
        written = text_at(self.part.value, "image")
        return parse_image(written) if written else None


class Manifest(NamedTuple):
    """A file with Kubernetes objects, read as a YAML stream."""

    document: Document
    objects: tuple[KubernetesObject, ...]

    def pods(self) -> Iterator[Pod]:
        """The pods of every workload."""
        for one in self.objects:
            pod = one.pod()
            if pod is not None:
                yield pod


def images_of(objects: Iterable[KubernetesObject]) -> dict[str, list[Spot]]:
    """The images of all containers as they are written, in order of their texts, each with its places."""
    found: dict[str, list[Spot]] = {}
    for one in objects:
        pod = one.pod()
        for container in pod.containers() if pod is not None else ():
            written = text_at(container.part.value, "image")
            if written:
                found.setdefault(written, []).append(container.part.spot("image"))
    return dict(sorted(found.items()))


def read_manifest(document: Document) -> Manifest | None:
    """The objects of a document that was read as a YAML stream; None when it has none."""
    found = tuple(_objects(document))
    return Manifest(document, found) if found else None


def manifest_document(document: Document) -> Document:
    """The text of a document read as a YAML stream: the values of its YAML documents, each with its position."""
    if document.kind == "yaml-stream":
        return document
    return Document.from_text(document.name, document.text, source_map=document.source_map, kind="yaml-stream")


def _objects(document: Document) -> Iterator[KubernetesObject]:
    waiting = list(reversed(list(parts_of(document))))
    while waiting:
        part = waiting.pop()
        version, kind = part.value.get("apiVersion"), part.value.get("kind")
        if not isinstance(version, str) or not isinstance(kind, str):
            continue
        if kind.endswith("List") and isinstance(part.value.get("items"), list) and len(part.path) < 2 * _MOST_LISTS:
            waiting += reversed(list(part.parts("items")))
        else:
            yield KubernetesObject(part, version, kind)


def inside(value: Any, *steps: str) -> Any:
    """What is below in objects; None where there is nothing."""
    for step in steps:
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value


def text_at(value: Any, *steps: str) -> str | None:
    """A text that is below; None when there is none."""
    found = inside(value, *steps)
    return found if isinstance(found, str) else None
