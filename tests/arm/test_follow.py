"""Variables followed to their values."""

import json

import pytest

from packager.arm.follow import followed, parsed
from packager.arm.template import Template
from packager.source.document import Document

VARIABLES = {
    "text": "plain",
    "one": "[variables('text')]",
    "object": {"a": ["x", "[variables('one')]"], "B": 5},
    "again": "[variables('object')]",
    "circle": "[variables('circle')]",
    "deep": "[variables('deep').a]",
    "open": "[parameters('p')]",
    "broken": "[variables(]",
}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("[variables('text')]", "plain"),
        ("[VARIABLES('ONE')]", "plain"),
        ("[variables('object').a[0]]", "x"),
        ("[variables('object')['a'][1]]", "plain"),
        ("[variables('again').b]", 5),
        ("[variables('again').a]", ["x", "[variables('one')]"]),
        ("[variables('open')]", "[parameters('p')]"),
        ("[variables('absent')]", "[variables('absent')]"),
        ("[variables('object').absent]", "[variables('object').absent]"),
        ("[variables('object').a[7]]", "[variables('object').a[7]]"),
        ("[variables('object').a[variables('n')]]", "[variables('object').a[variables('n')]]"),
        ("[variables('text').length]", "[variables('text').length]"),
        ("[variables('circle')]", "[variables('circle')]"),
        ("[variables('deep')]", "[variables('deep').a]"),
        ("[concat('a', 'b')]", "[concat('a', 'b')]"),
        ("variables('text')", "variables('text')"),
        ("[variables('broken')]", "[variables(]"),
        (7, 7),
        (None, None),
    ],
)
def test_followed(value, expected):
    template = Template(Document.from_text("t.json", json.dumps({"variables": VARIABLES})))
    assert followed(value, template) == expected


def test_what_is_no_expression_has_no_tree():
    assert parsed("text") is parsed("[x(]") is parsed("[[escaped]") is None
