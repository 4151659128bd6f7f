"""The type that an id expression names."""

import json

import pytest

from packager.arm.ids import type_in_id, type_of_id
from packager.arm.template import Template
from packager.expressions.parser import parse
from packager.source.document import Document

TEMPLATE = {
    "variables": {
        "id": "[resourceId('A.B/c', 'x')]",
        "text": "/subscriptions/s/providers/A.B/c/x/d/y",
        "loop": "[variables('loop')]",
        "number": 5,
        "broken": "[x(]",
    },
    "resources": [
        {"type": "A.B/c", "name": "[concat('p-',variables('n'))]", "resources": [{"type": "d", "name": "child"}]},
        {
            "type": "Microsoft.Resources/deployments",
            "name": "outer",
            "properties": {"template": {"resources": [{"type": "A.B/inside", "name": "inside"}]}},
        },
    ],
}


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("resourceId('A.B/c', 'x')", "A.B/c"),
        ("resourceId('group', 'A.B/c/d/', 'x', 'y')", "A.B/c/d"),
        ("resourceId(subscription().subscriptionId, parameters('g'), 'A.B/c', 'x')", "A.B/c"),
        ("subscriptionResourceId('A.B/c', 'x')", "A.B/c"),
        ("extensionResourceId('/subscriptions/s/providers/X.Y/z/x', 'A.B/c', 'x')", "A.B/c"),
        ("extensionResourceId('A.B/c')", None),
        ("resourceId(parameters('type'), 'x')", None),
        ("concat('A.B/c/', parameters('n'))", "A.B/c"),
        ("concat(parameters('n'), '/c/', 'd')", None),
        ("concat('p-', variables('n'))", "A.B/c"),
        ("variables('id')", "A.B/c"),
        ("variables('TEXT')", "A.B/c/d"),
        ("variables('loop')", None),
        ("variables('number')", None),
        ("variables('broken')", None),
        ("variables('absent')", None),
        ("reference('child').id", None),
        ("format('{0}', 'x')", None),
    ],
)
def test_type_of_an_expression(expression, found):
    template = Template(Document.from_text("t.json", json.dumps(TEMPLATE)))
    assert type_of_id(parse(f"[{expression}]"), template) == found


def test_type_of_a_name():
    template = Template(Document.from_text("t.json", json.dumps(TEMPLATE)))
    names = [parse(f"[f('{name}')]").arguments[0] for name in ("child", "INSIDE", "other")]
    assert [type_of_id(name, template) for name in names] == ["A.B/c/d", "A.B/inside", None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/subscriptions/s/resourceGroups/g/providers/A.B/c/x", "A.B/c"),
        ("/subscriptions/s/providers/A.B/c/x/providers/X.Y/z/w", "X.Y/z"),
        ("A.B/c/x/d/y", "A.B/c/d"),
        ("name", None),
        ("a/b", None),
        ("", None),
    ],
)
def test_type_in_a_text(text, found):
    assert type_in_id(text) == found
