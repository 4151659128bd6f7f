"""Kubernetes objects in a text: workloads of every kind, their pods and containers."""

import pytest

from packager.helm.images import Image
from packager.helm.objects import POD_PLACES, images_of, manifest_document, read_manifest
from packager.source.document import Document


def read(text):
    return read_manifest(Document.from_text("a.yaml", text, kind="yaml-stream"))


@pytest.mark.parametrize(
    ("kind", "version"),
    [
        ("Pod", "v1"),
        ("PodTemplate", "v1"),
        ("ReplicationController", "v1"),
        *((kind, "apps/v1") for kind in ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")),
        ("Job", "batch/v1"),
        ("CronJob", "batch/v1"),
    ],
)
def test_the_pod_of_every_kind_of_workload(kind, version):
    place = POD_PLACES[kind]
    head = "".join("  " * depth + f"{step}:\n" for depth, step in enumerate(place))
    indent = "  " * len(place)
    text = (
        f"apiVersion: {version}\nkind: {kind}\n{head}{indent}metadata: {{labels: {{app: a}}}}\n"
        f"{indent}spec: {{containers: [{{name: c, image: acme/c}}]}}\n"
    )
    [one] = read(text).objects
    pod = one.pod()
    assert (pod.labels, [container.title for container in pod.containers()]) == (
        {"app": "a"},
        [f"container 'c' of {kind}"],
    )
    assert pod.ends == (kind in {"Job", "CronJob"})


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: example.com/v1\nkind: Deployment\nspec: {template: {spec: {}}}",
        "apiVersion: v1\nkind: Service\nspec: {}",
        "apiVersion: apps/v1\nkind: Deployment\nspec: {template: []}",
        "apiVersion: apps/v1\nkind: Deployment\nspec: 1",
        "apiVersion: v1\nkind: Pod",
    ],
)
def test_what_makes_no_pod(text):
    [one] = read(text).objects
    assert one.pod() is None


def test_containers_are_told_apart():
    text = (
        "apiVersion: v1\nkind: Pod\nspec:\n"
        "  initContainers: [{name: first}, {name: beside, restartPolicy: Always}]\n"
        "  containers: [{name: main}, 7]\n  ephemeralContainers: [{name: debug}]\n"
    )
    [pod] = read(text).pods()
    told = [(one.name, one.serves, one.is_of_the_pod) for one in pod.containers()]
    assert told == [
        ("first", False, True),
        ("beside", True, True),
        ("main", True, True),
        ("debug", False, False),
    ]


@pytest.mark.parametrize(
    ("policy", "ends"), [("Never", True), ("OnFailure", True), ("Always", False), ("[Never]", False), ("{a: b}", False)]
)
def test_which_pods_end_by_themselves(policy, ends):
    [pod] = read(f"apiVersion: v1\nkind: Pod\nspec: {{restartPolicy: {policy}}}\n").pods()
    assert pod.ends is ends


def test_objects_know_where_they_stand():
    text = "kind: List\napiVersion: v1\nitems:\n- kind: Pod\n  apiVersion: v1\n  metadata:\n    name: web\n---\n{}\n"
    [one] = read(text).objects
    assert (one.title, one.namespace, one.part.path) == ("Pod 'web'", None, (0, "items", 0))
    assert one.part.spot("metadata", "name").place()[:2] == (7, 11)
    assert one.part.spot("spec", "replicas").place()[:2] == one.part.spot().place()[:2], "what is missing: around it"


def test_lists_in_lists_end():
    text = "{apiVersion: v1, kind: List, items: [" * 30 + "]}" * 30
    assert [one.kind for one in read(text).objects] == ["List"]


def test_images_with_their_places():
    text = (
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: acme/b:1\n  - image: acme/a:1\n"
        "---\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: acme/b:1\n  - image: 7\n"
    )
    manifest = read(text)
    places = {image: [spot.place().line for spot in spots] for image, spots in images_of(manifest.objects).items()}
    assert places == {"acme/a:1": [6], "acme/b:1": [5, 12]}
    [pod, _] = manifest.pods()
    assert next(pod.containers()).image == Image(None, "acme/b", "1", None)


def test_a_document_is_read_as_a_stream():
    document = Document.from_text("a.yaml", "a: 1\n---\nb: 2\n")
    assert (document.value, manifest_document(document).value) == (document.value, [{"a": 1}, {"b": 2}])
    stream = manifest_document(document)
    assert manifest_document(stream) is stream
    assert read_manifest(stream) is None
