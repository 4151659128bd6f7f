"""Values of Helm as they are written."""

import pytest

from packager.helm.objects import read_manifest
from packager.helm.settings import is_values_file, settings_in, settings_of
from packager.source.document import Document

TEXT = (
    """image: {repository: acme/web, tag: latest}
sidecars:
  - image: acme/log:latest
    env: [{name: LOG_TOKEN, value: abc}]
channel: {tag: latest}
exporterImage: acme/exporter@sha256:"""
    + "0" * 64
    + """
imageTag: latest
hostNetwork: true
nested: {hostnetwork: 1}
"""
)


def test_what_values_hold():
    settings = settings_in(Document.from_text("values.yaml", TEXT))
    assert [one.steps for one in settings.latest_images()] == [
        ("imageTag",),
        ("image", "tag"),
        ("sidecars", 0, "image"),
    ]
    assert [one.steps for one in settings.tags()] == [("imageTag",), ("image", "tag")]
    assert [(one.name, one.value) for one in settings.named("hostNetwork")] == [
        ("hostNetwork", True),
        ("hostnetwork", 1),
    ]
    named = {one.steps: one.name for one in settings.texts()}
    assert named["sidecars", 0, "env", 0, "value"] == "LOG_TOKEN"
    token = next(one for one in settings.texts() if one.name == "LOG_TOKEN")
    assert settings.spot(token).place()[:2] == (4, 36)


@pytest.mark.parametrize("text", ["", "[]", "text", "a: [", "a: 1\n---\nb: 1\n"])
def test_what_holds_no_values(text):
    assert settings_in(Document.from_text("values.yaml", text)) is None


def test_values_that_flux_hands_on():
    head = "apiVersion: {}\nkind: {}\nspec:\n  values: {{image: {{tag: latest}}}}\n"
    [release] = read(head.format("helm.toolkit.fluxcd.io/v2", "HelmRelease"))
    [image] = settings_of(release).latest_images()
    assert settings_of(release).spot(image).path == (0, "spec", "values", "image", "tag")
    assert settings_of(read(head.format("v1", "HelmRelease"))[0]) is None
    assert settings_of(read(head.format("helm.toolkit.fluxcd.io/v2", "Other"))[0]) is None


def read(text):
    return read_manifest(Document.from_text("a.yaml", text, kind="yaml-stream")).objects


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        *((name, True) for name in ("values.yaml", "a/Values.YML", "values-dev.yaml", "web-values.yaml")),
        *((name, False) for name in ("values.yaml.j2", "myvalues.yaml", "values.json", "values/a.yaml")),
    ],
)
def test_names_of_files_with_values(name, holds):
    assert is_values_file(name) is holds
