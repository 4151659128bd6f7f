"""Versions of Kubernetes, and what they no longer serve."""

import importlib.util
import json
import pathlib

import pytest

from packager.data.kubernetes import KubernetesVersion, Removal, read_version, removal
from packager.errors import UsageError


@pytest.mark.parametrize("text", ["1.34", "v1.34", "1.34.2", "v1.34.0-rc.1", "1.34.2+k3s1"])
def test_versions_are_read_as_people_write_them(text):
    assert (read_version(text), str(read_version(text))) == (KubernetesVersion(34), "1.34")


@pytest.mark.parametrize("text", ["", "1", "1.", "34", "2.0", "1.x", "latest", "1.٣٤", "1.1234", " 1.34"])
def test_what_is_no_version_is_refused(text):
    with pytest.raises(UsageError, match="is no version of Kubernetes"):
        read_version(text)


def test_what_is_no_longer_served():
    assert removal("policy/v1beta1", "PodDisruptionBudget") == Removal(KubernetesVersion(25), "policy/v1")
    assert removal("policy/v1beta1", "PodSecurityPolicy") == Removal(KubernetesVersion(25), "")
    assert removal("policy/v1", "PodDisruptionBudget") is None
    assert removal("example.com/v1beta1", "Ingress") is None


def test_the_table_agrees_with_the_published_schemas():
    found = importlib.util.find_spec("kubernetes_validate")
    if found is None:
        pytest.skip("kubernetes-validate, which has the schemas, is not installed")
    folder = pathlib.Path(found.submodule_search_locations[0]) / "kubernetes-json-schema"
    versions = sorted(int(one.name.split(".")[1]) for one in folder.glob("v1.*-local"))
    served = {version: set(served_in(folder / f"v1.{version}.0-local")) for version in versions}
    gone = {pair: version for version in versions[1:] for pair in served[version - 1] - served[version]}
    assert gone
    assert {pair: removal(*pair).version.minor for pair in gone} == gone
    still = {pair for version in versions for pair in served[version] if is_gone(pair, version)}
    assert still == set()


def is_gone(pair, version):
    known = removal(*pair)
    return known is not None and known.version.minor <= version


def served_in(folder):
    """API version and kind of every beta version that a version of Kubernetes serves."""
    for file in folder.glob("*-v*beta*.json"):
        yield from kinds(file)


def kinds(file):
    for one in json.loads(file.read_text(encoding="utf-8")).get("x-kubernetes-group-version-kind", ()):
        if not one["kind"].endswith("List") and one["kind"] not in {"DeleteOptions", "WatchEvent"}:
            yield f"{one['group']}/{one['version']}", one["kind"]
