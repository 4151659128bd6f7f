"""What rules on a payload are handed: the Kubernetes objects of a package, or of what Helm rendered."""

import datetime
import json
import pathlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packager.bundle.model import Bundle, Entry
from packager.checks import payload
from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.package import Package
from packager.checks.payload import payload_run, rendered_manifest
from packager.checks.registry import all_rules
from packager.checks.suppress import Scope, suppress
from packager.data.kubernetes import DEFAULT_VERSION, read_version
from packager.helm import schemas
from packager.pipeline.check import check_path
from packager.source.document import Document
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
        ("kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1\nkind: Kustomization", []),
        ("a.yaml", "\ufeff" + POD, ["Pod"]),
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
    assert [found.kind for found in one.payload.objects] == kinds
    assert one.has("payload") or not kinds


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


def found(rule_id, *, profile="marketplace", rendered=False, kubernetes=DEFAULT_VERSION, **files):
    if rendered:
        documents = [rendered_manifest(name, text) for name, text in files.items()]
        one = payload_run("p", documents, DAY, kubernetes=kubernetes)
    else:
        one = package(**files)
        one.kubernetes = kubernetes
    report = run(one, all_rules(), Config(profile, select=frozenset({rule_id})))
    assert not report.crashed
    return [(str(hit.severity), hit.rule, hit.line, hit.message) for hit in report.findings]


def test_the_namespace_is_missed_in_profile_strict_where_nothing_gives_one():
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n"
    message = "ConfigMap 'settings' names no namespace: where it goes depends on how it is applied"
    assert found("object-namespace", **{"a.yaml": text}) == []
    assert found("object-namespace", profile="strict", **{"a.yaml": text}) == [
        ("info", "object-namespace[missing]", 3, message)
    ]
    assert found("object-namespace", profile="strict", rendered=True, **{"a.yaml": text}) == []
    named = "namespace: acme\nresources: [a.yaml]\n"
    assert found("object-namespace", profile="strict", **{"a.yaml": text, "kustomization.yaml": named}) == []


@pytest.mark.parametrize(
    ("kubernetes", "severity", "message"),
    [
        ("1.36", "warning", "will be gone in Kubernetes 1.37; write networking.k8s.io/v1"),
        ("v1.37.1", "error", "is gone since Kubernetes 1.37; write networking.k8s.io/v1"),
    ],
)
def test_removed_api_versions_are_judged_by_the_version_of_the_cluster(kubernetes, severity, message):
    text = "apiVersion: networking.k8s.io/v1beta1\nkind: ServiceCIDR\nmetadata: {name: more}\n"
    hits = found("api-version-removed", kubernetes=read_version(kubernetes), **{"a.yaml": text})
    full = f"networking.k8s.io/v1beta1 of ServiceCIDR 'more' {message}"
    assert hits == [(severity, "api-version-removed", 1, full)]


def test_a_secret_that_a_chart_renders_only_informs():
    text = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter22}\n"
    assert [hit[0] for hit in found("secret-literal", **{"a.yaml": text})] == ["error"]
    assert [hit[0] for hit in found("secret-literal", rendered=True, **{"a.yaml": text})] == ["info"]


def test_objects_are_compared_within_a_file_and_within_a_release():
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\n"
    assert found("object-duplicate", **{"dev.yaml": text, "prod.yaml": text}) == []
    hits = found("object-duplicate", rendered=True, **{"dev.yaml": text, "prod.yaml": text})
    assert [hit[:3] for hit in hits] == [("error", "object-duplicate", 3)]


def test_too_much_is_not_read_and_said(monkeypatch):
    monkeypatch.setattr(payload, "_MOST_BYTES", 150)
    hits = found("manifest-syntax", **{"a.yaml": POD, "b.yaml": POD})
    assert [hit[:2] for hit in hits] == [("warning", "manifest-syntax[unread]")]


def test_a_file_that_is_asked_about_alone_does_not_read_its_neighbours():
    entries = package(**{"a.yaml": POD, "a.json": "{}"}).bundle.entries
    alone = Package(Bundle("a.json", "file", None, entries, reported=frozenset({"a.json"})), DAY)
    assert not alone.has("payload")


def test_a_comment_with_a_reason_takes_a_finding_away():
    text = POD.replace("image: nginx}", "image: nginx}] # packager: ignore image-version-missing -- ours").replace(
        "]\n", "\n"
    )
    one = package(**{"a.yaml": text})
    config = Config(select=frozenset({"image-version-missing"}))
    report = suppress(run(one, all_rules(), config), [one.bundle.document("a.yaml")], config, Scope("p", all_rules()))
    assert (report.findings, report.suppressed) == ((), 1)


def many(count):
    """Objects like those of a large release: `count` deployments with services and settings, one broken at the end."""
    labels = "{app: web-%d, tier: front}"
    variables = "".join(f"        - {{name: SETTING_{number}, value: 'value {number}'}}\n" for number in range(30))
    for number in range(count):
        own = labels % number
        image = "acme/web:1.0" if number < count - 1 else "acme/web"
        yield (
            f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web-{number}, namespace: acme, labels: {own}}}\n"
            f"spec:\n  selector: {{matchLabels: {own}}}\n  template:\n    metadata: {{labels: {own}}}\n    spec:\n"
            f"      containers:\n      - name: web\n        image: {image}\n"
            "        resources: {requests: {cpu: 10m, memory: 64Mi}, limits: {memory: 64Mi}}\n"
            "        ports: [{name: http, containerPort: 8080}]\n        readinessProbe: {tcpSocket: {port: http}}\n"
            f"        livenessProbe: {{tcpSocket: {{port: http}}}}\n        env:\n{variables}"
        )
        yield (
            f"apiVersion: v1\nkind: Service\nmetadata: {{name: web-{number}, namespace: acme}}\n"
            f"spec: {{selector: {own}, ports: [{{port: 80, targetPort: http}}]}}\n"
        )


def test_a_large_release_is_checked_in_a_moment():
    text = "---\n".join(many(300))
    assert len(text) > 400_000
    one = package(**{"all.yaml": text})
    begun = time.process_time()
    report = run(one, all_rules(), Config())
    assert time.process_time() - begun < 15, "seconds; a tenth of them is usual"
    assert {hit.rule for hit in report.findings} - {"object-schema[unchecked]"} == {"image-version-missing"}
    assert len(one.payload.objects) == 600


def test_what_is_not_compared_with_a_schema_is_said_once(monkeypatch):
    text = POD + "---\n" + POD.replace("name: web}", "name: other}")
    monkeypatch.setattr(schemas, "LIBRARY", "no_such_library")
    why = "kubernetes-validate is not installed; install 'azure-marketplace-packager[helm]'"
    message = f"no object is compared with the schema of its kind: {why}"
    assert found("object-schema", **{"a.yaml": text}) == [("info", "object-schema[unchecked]", 2, message)]


def test_a_version_without_schemas_is_said():
    pytest.importorskip("kubernetes_validate")
    [hit] = found("object-schema", kubernetes=read_version("1.9"), **{"a.yaml": POD})
    assert hit[3].endswith("there are no schemas of so old a version; name a newer one with --kubernetes-version")


def test_what_is_found_in_values_stands_at_the_line_of_their_source(tmp_path):
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "values.yaml.j2").write_text(
        "{# the values #}\n{% if on %}\nimage: {repository: web, tag: latest}\n{% endif %}\n"
    )
    for name in ("ui.json", "template.json"):
        (tmp_path / name).write_text("{}")
    chart = "{repository: 'https://charts.example.com', name: web, version: 1.0.0}"
    release = f"{{release: web, namespace: acme, values: [values.yaml.j2], chart: {chart}}}"
    plan = f"{{id: one, ui: ui.json, template: template.json, variables: {{on: true}}, helm: [{release}]}}"
    offer = tmp_path / "offer.yaml"
    offer.write_text(
        f"schema: 1\nid: acme\npublisher: acme\nkind: solution-template\nversion: 1.0.0\nplans: [{plan}]\n"
    )
    config = Config(select=frozenset({"image-version-missing"}))
    [hit] = check_path(str(offer), config, DAY, {}).report.findings
    assert (hit.rule, hit.file, hit.source) == (
        "image-version-missing[values]",
        "helm/web-values.yaml",
        ("values.yaml.j2", 3),
    )


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("helm/web-values.yaml", True),
        ("values.yaml", True),
        ("values-production.yml", True),
        ("values.schema.yaml", True),
        ("my.values.yaml", True),
        ("helm/webvalues.yaml", False),
        ("values", False),
        ("values.json", False),
    ],
)
def test_which_files_hold_values(name, counts):
    assert package(**{name: "image: {tag: latest}\n"}).has("payload") is counts


def test_values_that_are_no_yaml_are_reported():
    hits = found("manifest-syntax", **{"values.yaml": "a: [1\nb: 2\n"})
    assert [hit[:3] for hit in hits] == [("error", "manifest-syntax", 2)]
    assert found("manifest-syntax", **{"values.yaml": "a: {{ .Values.x }}\n"}) == []


@given(
    st.lists(st.sampled_from(["a: ", "- ", "image", "tag: latest", "\n", "  ", "password: x", "{", "}", "*a", "&a "]))
)
def test_no_values_break_the_rules(pieces):
    one = package(**{"values.yaml": "".join(pieces), "a.yaml": "apiVersion: v1\nkind: Pod\n" + "".join(pieces)})
    assert not run(one, all_rules(), Config(profile="strict")).crashed


def nodes(value, path=()):
    """The path of everything in a value."""
    yield path
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from nodes(inner, (*path, step))


def changed(value, path, new):
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


CASES = [
    document
    for case in sorted((pathlib.Path(__file__).parents[1] / "rules").glob("*/*/*.yaml"))
    for document in Document.from_text("a.yaml", case.read_text(encoding="utf-8"), kind="yaml-stream").value or ()
    if isinstance(document, dict)
]
STRANGE = st.sampled_from(
    [None, True, -1, 1.5, 10**30, 10**400, "", "x", "*", [], [None], [{}], [[]], {}, {"a": None}, {"name": 1}]
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_change_of_a_case_breaks_a_rule(data):
    texts = []
    for document in data.draw(st.lists(st.sampled_from(CASES), min_size=1, max_size=3)):
        for path in data.draw(st.lists(st.sampled_from(sorted(nodes(document), key=str)), max_size=2)):
            if path in set(nodes(document)):
                document = changed(document, path, data.draw(STRANGE))
        texts.append(json.dumps(document) + "\n")
    files = {"a.yaml": "---\n".join(texts), "values.yaml": texts[0], "kustomization.yaml": texts[-1]}
    report = run(package(**files), all_rules(), Config(profile="strict"))
    assert [hit.message for hit in report.findings if hit.rule == "internal-error"] == []


@pytest.mark.parametrize(
    ("tag", "made"),
    [
        ("1.10", "1.1"),
        ("1.0", "1"),
        ("20260131", "2.0260131e+07"),
        ("1000000", "1e+06"),
        ("0x10", "16"),
        ("1_0", "10"),
        ("999999", None),
        ("1.5", None),
        ("7", None),
        ("'1.10'", None),
        (".nan", None),
        (".inf", None),
        ("1e999", None),
        ("9" * 400, None),
        ("true", None),
    ],
)
def test_tags_that_are_numbers_are_told_as_helm_writes_them(tag, made):
    hits = found("image-tag-number", **{"values.yaml": f"image: {{tag: {tag}}}\n"})
    words = f"'tag: {tag}' is a number, which Helm writes as {made}; put it in quotes"
    assert [hit[3] for hit in hits] == ([words] if made else [])


def test_what_is_rendered_may_be_laid_out_in_any_way():
    text = '{"kind": "Pod", "apiVersion": "v1", "spec": {"containers": [{"name": "web", "image": "nginx"}]}}\n'
    assert found("image-version-missing", **{"a.yaml": text}) == []
    assert len(found("image-version-missing", rendered=True, **{"a.yaml": text})) == 1


@pytest.mark.parametrize("mark", ["{{ .Values.tag }}", "{% if x %}", "<%= tag %>", "@IMAGE_TAG@", "%TAG%"])
def test_a_file_that_is_filled_in_first_is_not_called_broken(mark):
    text = f"apiVersion: v1\nkind: ConfigMap\ndata: [\n  a: {mark}\n"
    assert found("manifest-syntax", **{"a.yaml": text, "values.yaml": text}) == []
