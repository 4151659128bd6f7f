"""What kustomizations change in the objects of other files."""

import pytest

from packager.helm.kustomize import NOTHING_KUSTOMIZED, Kustomized, is_kustomization_file, kustomized
from packager.helm.objects import manifest_document, parts_of
from packager.source.document import Document


def read(text, name="overlays/dev/kustomization.yaml"):
    return kustomized(tuple(parts_of(manifest_document(Document.from_text(name, text)))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", NOTHING_KUSTOMIZED),
        ("resources: [../../base]\n", NOTHING_KUSTOMIZED),
        (
            "patches: [{path: a.yaml}, {path: ../b.yaml}, {patch: '- op: x'}, 7]\n",
            Kustomized(frozenset({"overlays/dev/a.yaml", "overlays/b.yaml"})),
        ),
        (
            'patchesStrategicMerge: [c.yaml, "kind: x\\nname: y"]\npatchesJson6902: [{path: d.yaml}]\n',
            Kustomized(frozenset({"overlays/dev/c.yaml", "overlays/dev/d.yaml"})),
        ),
        (
            "images: [{name: a, newTag: '1'}, {name: b, digest: x}, {name: c}, {name: d, newTag: latest}, {newTag: x}]",
            Kustomized(images=frozenset({"a", "b"})),
        ),
        ("namespace: acme\nconfigMapGenerator: [{name: a}]\n", Kustomized(named=True, generates=True)),
        ("secretGenerator: [{name: a}]\n", Kustomized(generates=True)),
        ("patches: text\nimages: {}\n", NOTHING_KUSTOMIZED),
    ],
)
def test_what_a_kustomization_changes(text, expected):
    assert read(text) == expected


def test_names_of_kustomizations():
    assert is_kustomization_file("a/kustomization.yaml") and is_kustomization_file("Kustomization.yml")
    assert not is_kustomization_file("my-kustomization.yaml")
