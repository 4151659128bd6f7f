"""Which kind of value an expression of the form has."""

import json

import pytest

from packager.source.document import Document
from packager.ui.definition import Element, UiDefinition
from packager.ui.kinds import element_kind, kinds_of, value_kind
from packager.ui.parser import parse

BASICS = [
    {"name": "text", "type": "Microsoft.Common.TextBox"},
    {"name": "number", "type": "microsoft.common.slider"},
    {"name": "net", "type": "Microsoft.Network.VirtualNetworkCombo"},
]
FORM = UiDefinition(Document.from_text("createUiDefinition.json", json.dumps({"parameters": {"basics": BASICS}})))


@pytest.mark.parametrize(
    ("expression", "kinds"),
    [
        ("[basics('text')]", {"string"}),
        ("[basics('text').x]", set()),
        ("[basics('none')]", set()),
        ("[basics('net')]", {"object"}),
        ("[basics('net').addressPrefixes]", {"array"}),
        ("[basics('net').subnets.a.name]", {"string"}),
        ("[if(true, basics('text'), basics('number'))]", {"string", "integer"}),
        ("[coalesce(basics('number'), parse('1'))]", {"integer"}),
        ("[Concat('a')]", {"string"}),
        ("[parse('{}')]", set()),
        ("[1.5]", set()),
    ],
)
def test_kinds_of_expressions(expression, kinds):
    assert set(kinds_of(FORM, parse(expression))) == kinds


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        ({"constraints": {"allowedValues": [{"value": 1}, {"value": 2}]}}, "integer"),
        ({"constraints": {"allowedValues": [{"value": 1}, {"value": "2"}]}}, None),
        ({"constraints": {"allowedValues": "[steps('a').b]"}}, None),
        ({"constraints": {"allowedValues": [{"value": "[steps('a').b]"}]}}, None),
        ({"multiselect": True}, "array"),
        ({"multiselect": "[bool('x')]"}, None),
    ],
)
def test_a_choice_is_what_its_values_are(settings, kind):
    element = Element(("parameters", "basics", 0), {"type": "Microsoft.Common.DropDown", **settings}, None)
    assert element_kind(element, ()) == kind


@pytest.mark.parametrize(
    ("value", "kind"),
    [("a", "string"), (1, "integer"), (True, "boolean"), ([], "array"), ({}, "object"), (None, None), (1.5, None)],
)
def test_kinds_of_values(value, kind):
    assert value_kind(value) == kind
