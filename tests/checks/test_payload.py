"""What rules on a payload are handed: the Kubernetes objects of a package, or of what Helm rendered."""

import datetime

import pytest

from packager.bundle.model import Bundle, Entry
from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.package import Package
from packager.checks.payload import payload_run, rendered_manifest
from packager.checks.registry import all_rules
from packager.source.sourcemap import Origin, SourceMap

DAY = datetime.date(2026, 11, 26)
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers: [{name: web, image: nginx}]\n"


def package(**files):
    entries = {}
    for name, text in files.items():
        data = text.encode()
        entries[name] = Entry(name, len(data), lambda data=data: data)
    return Package(Bundle("p", "folder", None, entries), DAY)


@pytest.mark.parametrize(
    ("name", "text", "kinds"),
    [
        ("a.yaml", POD, ["Pod"]),
        ("deep/a.YML", POD + "---\n" + POD, ["Pod", "Pod"]),
        ("a.yaml", "# only\n---\n---\n" + POD + "...\n", ["Pod"]),
        ("a.yaml", "apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Secret}, 1, {kind: x}]", ["Secret"]),
        ("a.yaml", "apiVersion: v1\nkind: PodList\nitems: []", []),
        ("a.yaml", "apiVersion: example.com/v1\nkind: PlayList\nspec: {}", ["PlayList"]),
        ("kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1\nkind: Kustomization", ["Kustomization"]),
        ("a.yaml", "apiVersion: 1\nkind: Pod", []),
        ("a.yaml", "apiVersion: v1\nkind: [Pod]", []),
        ("Chart.yaml", "apiVersion: v2\nname: kind\nversion: 1.0.0", []),
        ("a.yaml", "apiVersion: v1\nkind: {{ .Values.kind }}", []),
        ("a.yaml", "apiVersion: v1\nkind: Pod\n bad: 1", []),
        ("a.txt", POD, []),
        ("a.json", '{"apiVersion": "v1", "kind": "Pod"}', []),
    ],
)
def test_which_files_hold_objects(name, text, kinds):
    one = package(**{name: text})
    assert [found.kind for found in one.payload.objects()] == kinds
    assert one.has("payload") == bool(kinds)


def test_what_is_rendered_is_checked_with_the_places_of_its_sources():
    text = "# Source: acme/templates/pod.yaml\n" + POD
    document = rendered_manifest("acme.yaml", text, SourceMap([(0, Origin("values.yaml", 7))]))
    config = Config(select=frozenset({"image-version-missing"}))
    report = run(payload_run("offer.yaml", [document], DAY, plan="standard"), all_rules(), config)
    (found,) = report.findings
    assert (found.path, found.plan, found.file, found.line, found.column) == (
        "offer.yaml",
        "standard",
        "acme.yaml",
        6,
        35,
    )
    assert (found.pointer, found.source) == ("/0/spec/containers/0/image", ("values.yaml", 7))


def test_only_rules_on_payloads_look_at_what_is_rendered():
    report = run(payload_run("p", [rendered_manifest("a.yaml", "a: 1\n")], DAY), all_rules(), Config(profile="strict"))
    assert report.findings == ()
