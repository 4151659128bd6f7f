"""Objects are compared with the schemas of Kubernetes as the library that ships them would, and in plain words."""

import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packager.data.kubernetes import KubernetesVersion
from packager.helm import schemas
from packager.helm.schemas import library_folder, schemas_for

FOLDER = library_folder()
if FOLDER is None:
    pytest.skip("kubernetes-validate, which has the schemas, is not installed", allow_module_level=True)
KNOWN = schemas_for(FOLDER, KubernetesVersion(34))

CONTAINER = {
    "name": "web",
    "image": "acme/web:1.0",
    "ports": [{"name": "http", "containerPort": 8080}],
    "env": [{"name": "COLOUR", "value": "red"}],
    "resources": {"limits": {"memory": "64Mi", "cpu": 1}},
    "readinessProbe": {"httpGet": {"path": "/", "port": "http"}},
}
DEPLOYMENT = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "web", "labels": {"app": "web"}, "creationTimestamp": None},
    "spec": {
        "replicas": 2,
        "selector": {"matchLabels": {"app": "web"}},
        "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [CONTAINER]}},
    },
}
CONTAINER_PATH = ("spec", "template", "spec", "containers", 0)


def changed(path, value, base=DEPLOYMENT):
    if not path:
        return value
    copy = dict(base) if isinstance(base, dict) else list(base)
    inner = base.get(path[0], {}) if isinstance(base, dict) else base[path[0]]
    copy[path[0]] = changed(path[1:], value, inner)
    return copy


def mismatches(value):
    return list(KNOWN.mismatches(value, KNOWN.schema(value["apiVersion"], value["kind"])))


def test_what_is_right_has_no_mismatch():
    assert mismatches(DEPLOYMENT) == []


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("spec", "replicas"), "2", "'replicas' must be an integer, not '2'"),
        (("spec", "replicas"), 2**40, "'replicas' must be at most 2147483647, not 1099511627776"),
        (("spec", "replicsa"), 2, "unknown field 'replicsa'"),
        (("spec", "selector"), None, "'spec' has no 'selector'"),
        (("metadata", "labels", "app"), 1, "'app' must be text, not 1; put it in quotes"),
        ((*CONTAINER_PATH, "ports", 0, "containerPort"), None, "an item of 'ports' has no 'containerPort'"),
        ((*CONTAINER_PATH, "image"), ["a"], "'image' must be text, not a list"),
        (
            (*CONTAINER_PATH, "resources", "limits", "memory"),
            "64MB",
            "'memory' must be an amount like 500m, 2, 256Mi or",
        ),
        ((*CONTAINER_PATH, "livenesProbe"), {}, "unknown field 'livenesProbe'; did you mean 'livenessProbe'?"),
        ((*CONTAINER_PATH, "args"), "serve", "'args' must be a list, not 'serve'"),
    ],
)
def test_each_mistake_is_told_at_its_place(path, value, message):
    first, *others = mismatches(changed(path, value))
    assert (first.message[: len(message)], others) == (message, [])
    assert first.path == path[: len(first.path)]


def test_what_is_filled_in_later_fits_everything():
    assert mismatches(changed(("spec", "replicas"), "${REPLICAS}")) == []
    assert mismatches(changed((*CONTAINER_PATH, "resources", "limits", "memory"), "${MEMORY}")) == []


@pytest.mark.parametrize(
    ("amount", "fits"),
    [(one, True) for one in ("1", "0.5", ".5", "1.", "500m", "1Gi", "1e3", "1E-2", "12M", " 1Mi ", "-1", "1Ei")]
    + [(one, False) for one in ("", "1GB", "1 Gi", "1gi", "Gi", "1e", "0x1", "٣")],
)
def test_amounts(amount, fits):
    assert (mismatches(changed((*CONTAINER_PATH, "resources", "limits", "memory"), amount)) == []) is fits


def test_data_of_secrets_is_base64():
    def data(text):
        return mismatches({"apiVersion": "v1", "kind": "Secret", "data": {"key": text}})

    assert data("aHVudGVyMjI=") == data("aHVu\ndGVyMjI=") == data("") == []
    assert [one.message for one in data("hunter22!")] == ["'key' must be base64"]


@pytest.mark.parametrize(
    ("api_version", "kind", "found"),
    [
        ("apps/v1", "Deployment", True),
        ("v1", "Pod", True),
        ("rbac.authorization.k8s.io/v1", "ClusterRole", True),
        ("apps/v1", "deployment", False),
        ("apps.example.com/v1", "Deployment", False),
        ("apps/v2", "Deployment", False),
        ("", "Pod", False),
        ("v1", "../_definitions", False),
        ("v1/../..", "Pod", False),
        ("v1", "", False),
    ],
)
def test_which_kinds_have_a_schema(api_version, kind, found):
    assert (KNOWN.schema(api_version, kind) is not None) is found


def test_the_newest_schemas_that_are_not_newer():
    assert schemas_for(FOLDER, KubernetesVersion(999)).version >= KubernetesVersion(34)
    assert schemas_for(FOLDER, KubernetesVersion(30)).version == KubernetesVersion(30)
    assert schemas_for(FOLDER, KubernetesVersion(1)) is None
    assert schemas_for(pathlib.Path("/nowhere"), KubernetesVersion(34)) is None


def test_a_library_that_is_not_there(monkeypatch):
    monkeypatch.setattr(schemas, "LIBRARY", "no_such_library")
    assert library_folder() is None


def test_very_deep_values_end():
    inner = {"type": "object"}
    for _ in range(240):
        inner = {"properties": {"a": inner}}
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": inner}}
    names = {"plural": "widgets", "kind": "Widget"}
    spec = {"group": "example.com", "names": names, "scope": "Namespaced", "versions": [version]}
    assert mismatches({"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "spec": spec}) == []


# Neither what only this comparison looks at (amounts, base64, placeholders), nor null, which the library's schemas
# refuse where Kubernetes takes it for nothing.
PATHS = st.sampled_from(
    [
        *((key,) for key in ("metadata", "spec", "status", "speck")),
        *(("metadata", key) for key in ("name", "labels", "annotations", "finalizers", "title")),
        *(("spec", key) for key in ("replicas", "selector", "template", "paused", "strategy", "replica")),
        *((*CONTAINER_PATH, key) for key in ("image", "ports", "env", "args", "stdin", "tty", "readinessProbe", "x")),
        (*CONTAINER_PATH, "ports", 0, "containerPort"),
        (*CONTAINER_PATH, "readinessProbe", "httpGet", "port"),
        CONTAINER_PATH,
    ]
)
TEXT = st.text("abc", max_size=3)
PLAIN = st.booleans() | st.integers(-9, 9) | TEXT
INNER = st.recursive(
    PLAIN, lambda one: st.lists(one, max_size=2) | st.dictionaries(TEXT, one, max_size=2), max_leaves=4
)


@settings(max_examples=30, deadline=None)
@given(PATHS, INNER)
def test_the_verdict_is_that_of_the_library(path, value):
    library = pytest.importorskip("kubernetes_validate")
    one = changed(path, value)
    try:
        library.validate(one, "1.34.0", strict=True)
    except library.ValidationError:
        assert mismatches(one)
    else:
        assert mismatches(one) == []
