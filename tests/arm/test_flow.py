"""What flows into a value."""

import json

import pytest

from packager.arm.flow import Secret, Sources
from packager.arm.template import Template
from packager.source.document import Document

TEMPLATE = {
    "parameters": {"secret": {"type": "SecureString"}, "name": {"type": "string"}},
    "variables": {
        "plain": "x",
        "secret": "[parameters('SECRET')]",
        "all": {"name": "[parameters('name')]", "key": "[variables('secret')]", "list": ["a", "[variables('secret')]"]},
        "deep": "[variables('all')]",
        "circle": "[concat(variables('circle'), parameters('name'))]",
        "copy": [{"name": "many", "count": 2, "input": "[parameters('secret')]"}],
    },
}


def template():
    return Template(Document.from_text("t.json", json.dumps(TEMPLATE)))


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("[parameters('secret')]", ["secret"]),
        ("[parameters('name')]", []),
        ("parameters('secret')", []),
        ("[[parameters('secret')]", []),
        ("[variables('Secret')]", ["secret"]),
        ("[variables('all').name]", []),
        ("[variables('all').key]", ["secret"]),
        ("[variables('all').list[0]]", []),
        ("[variables('all').list[1]]", ["secret"]),
        ("[variables('all')['key']]", ["secret"]),
        ("[variables('all')[parameters('name')]]", ["secret"]),
        ("[variables('deep').name]", ["secret"]),
        ("[variables('many')[0]]", ["secret"]),
        ("[variables('missing')]", []),
        ("[concat('x', listKeys('a', '1').k, list('b', '2'), my.list('c'))]", ["list", "listkeys"]),
        ("[if(empty(parameters('secret')), 'a', length(parameters('secret')))]", []),
        ({"a": [{"b": "[toLower(parameters('secret'))]"}]}, ["secret"]),
        ("[broken(", []),
    ],
)
def test_secrets(value, names):
    assert sorted(one.name for one in template().shown.secrets(value)) == names


def test_kinds_of_secrets():
    found = template().shown.secrets("[concat(parameters('secret'), listKeys('a', '1').k)]")
    assert found == [Secret("parameter", "secret"), Secret("list", "listkeys")]


@pytest.mark.parametrize(
    ("value", "constant"),
    [
        ("x", True),
        ("[concat('x', variables('plain'))]", True),
        ("[[parameters('name')]", True),
        ("[parameters('name')]", False),
        ("[variables('all').name]", False),
        ("[variables('missing')]", False),
        ("[my.name()]", False),
        ("[resourceGroup().name]", False),
        ("[newGuid()]", False),
        ("[variables('circle')]", False),
    ],
)
def test_constants(value, constant):
    assert template().flow.sources(value).is_constant == constant


def test_a_variable_that_needs_itself_ends():
    found = template().flow.sources("[variables('circle')]")
    assert found == Sources(frozenset({"name"}), frozenset({"concat"}))


def test_a_chain_that_is_too_long_stays_open():
    variables = {f"v{n}": f"[variables('v{n + 1}')]" for n in range(5_000)} | {"v5000": "x"}
    document = Document.from_text("t.json", json.dumps({"variables": variables}))
    assert template().flow.sources("x").is_constant
    assert Template(document).flow.sources("[variables('v0')]").open
