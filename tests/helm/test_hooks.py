"""Hooks of Helm, and the templates that Helm says it rendered."""

import pytest

from packager.helm.hooks import hook_of, hooks, template_names, template_of
from packager.helm.objects import read_manifest
from packager.source.document import Document


def objects(text):
    return read_manifest(Document.from_text("a.yaml", text, kind="yaml-stream")).objects


@pytest.mark.parametrize(
    ("annotations", "events", "policies", "is_test"),
    [
        ("{helm.sh/hook: 'pre-install, pre-upgrade'}", ("pre-install", "pre-upgrade"), (), False),
        ("{helm.sh/hook: test}", ("test",), (), True),
        ("{helm.sh/hook: 'test,pre-install'}", ("test", "pre-install"), (), False),
        (
            "{helm.sh/hook: test-success, helm.sh/hook-delete-policy: 'hook-succeeded,hook-failed'}",
            ("test-success",),
            ("hook-succeeded", "hook-failed"),
            True,
        ),
    ],
)
def test_what_a_hook_says(annotations, events, policies, is_test):
    [one] = objects(f"apiVersion: v1\nkind: Pod\nmetadata: {{annotations: {annotations}}}\n")
    hook = hook_of(one)
    assert (hook.events, hook.delete_policies, hook.is_test) == (events, policies, is_test)


@pytest.mark.parametrize(
    "metadata", ["{}", "{annotations: {}}", "{annotations: {helm.sh/hook: 1}}", "{annotations: []}"]
)
def test_what_is_no_hook(metadata):
    assert list(hooks(objects(f"apiVersion: v1\nkind: Pod\nmetadata: {metadata}\n"))) == []


def test_the_template_of_an_object():
    a, b, c = (f"apiVersion: v1\nkind: {kind}\n" for kind in "ABC")
    text = f"{a}---\n# Source: x/templates/b.yaml\n{b}---\n{c}"
    every = objects(text)
    names = template_names(every[0].part.document)
    assert [template_of(one, names) for one in every] == ["a.yaml", "x/templates/b.yaml", "x/templates/b.yaml"]
