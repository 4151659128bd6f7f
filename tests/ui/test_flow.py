"""Which outputs the value of an element goes into."""

import json

import pytest

from packager.source.document import Document
from packager.ui.definition import UiDefinition

PASSWORD = {"name": "secret", "type": "Microsoft.Common.PasswordBox"}


def form(outputs, **more):
    parameters = {"basics": [PASSWORD], "steps": [], "outputs": outputs} | more
    return UiDefinition(Document.from_text("createUiDefinition.json", json.dumps({"parameters": parameters})))


@pytest.mark.parametrize(
    ("expression", "is_carried", "is_whole"),
    [
        ("[basics('secret')]", True, True),
        ("[basics('secret').x]", True, True),
        ("[concat('a', basics('secret'))]", True, False),
        ("[if(empty(basics('other')), basics('secret'), 'x')]", True, False),
        ("[if(empty(basics('secret')), 'y', 'x')]", False, False),
        ("[equals(basics('secret'), 'x')]", False, False),
        ("[first(map(basics('secret'), (x) => x))]", True, False),
        ("[first(map(parse('[1]'), (x) => basics('secret')))]", True, False),
    ],
)
def test_what_an_output_carries(expression, is_carried, is_whole):
    flow = form({"o": expression}).flow
    uses = flow.by_element[("parameters", "basics", 0)]
    assert [(one.output, one.is_carried, one.is_whole) for one in uses] == [("o", is_carried, is_whole)]
    assert list(flow.outputs_of(flow.form.elements[0])) == ["o"] * is_carried


def test_outputs_of_objects_and_lists():
    flow = form({"o": {"a": ["[basics('secret')]"]}}).flow
    assert [(name, one.is_whole) for name, one in flow.outputs_of(flow.form.elements[0]).items()] == [("o", False)]


def test_an_element_that_only_judges_itself_is_not_used():
    judged = PASSWORD | {"constraints": {"validations": [{"isValid": "[not(empty(basics('secret')))]"}]}}
    one = form({}, basics=[judged])
    assert not one.flow.is_used(one.elements[0])
    other = form({}, basics=[judged, {"name": "x", "visible": "[not(empty(basics('secret')))]"}])
    assert other.flow.is_used(other.elements[0])


def test_a_whole_step_uses_all_its_elements():
    one = form({"o": "[steps('s')]"}, steps=[{"name": "s", "elements": [PASSWORD]}])
    assert one.flow.is_used(one.elements[1])
    assert not one.flow.is_used(one.elements[0])


def test_outputs_that_are_the_region():
    assert form({"a": "[location()]", "b": "[ Location() ]", "c": "location()"}).flow.region_outputs == ("a", "b")
