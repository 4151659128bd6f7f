"""A form's outputs against a template, and the template expanded with them."""

import json

import pytest

from packager.dryrun.compare import compare
from packager.dryrun.run import dry_run
from packager.source.document import Document
from packager.ui.simulation.answers import read_answers
from packager.ui.simulation.form import read_form
from packager.ui.simulation.simulate import simulate

PARAMETERS = {
    "name": {"type": "string", "minLength": 2, "maxLength": 5},
    "count": {"type": "int", "maxValue": 9},
    "flag": {"type": "bool", "defaultValue": False},
    "list": {"type": "array", "nullable": True},
    "kind": {"type": "string", "allowedValues": ["a", "b"], "defaultValue": "a"},
}


@pytest.mark.parametrize(
    ("outputs", "found"),
    [
        ({"name": "abc", "count": 1}, []),
        (
            {"name": "abc"},
            [("missing", "count", "the parameter 'count' has no default, and the form gives it no value")],
        ),
        ({"name": "abc", "Count": 1}, [("case", "Count", "the template writes it 'count'")]),
        (
            {"name": "abc", "count": 1, "flga": True},
            [("unknown", "flga", "the template has no parameter 'flga'; did you mean 'flag'?")],
        ),
        ({"name": "abc", "count": "1"}, [("value", "count", "the value of 'count' is string, and int is declared")]),
        (
            {"name": "a", "count": 10},
            [
                ("value", "count", "the value of 'count' is 10, more than the 9 that are declared"),
                ("value", "name", "the value of 'name' is 1 characters long, less than the 2 that are declared"),
            ],
        ),
        (
            {"name": "abc", "count": 1, "kind": "c"},
            [("value", "kind", "the value of 'kind' 'c' is none of the allowed values: a, b")],
        ),
        (
            {"name": {"id": "x"}, "count": 1},
            [("value", "name", "the value of 'name' is object, and string is declared")],
        ),
    ],
)
def test_what_form_and_template_disagree_on(outputs, found):
    disagreements = compare(outputs, {"parameters": PARAMETERS})
    assert [tuple(one) for one in disagreements] == found
    assert [one.is_refused for one in disagreements] == [one[0] != "case" for one in found]


def test_what_is_undecided_counts_as_given():
    assert compare({"name": ""}, {"parameters": PARAMETERS}, {"name", "count"}) == []


@pytest.mark.parametrize("template", [{}, {"parameters": []}, {"parameters": {"a": 5}}])
def test_templates_that_declare_nothing(template):
    assert compare({}, template) == []


TEMPLATE = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
    "parameters": {"location": {"type": "string"}, "name": {"type": "string", "maxLength": 6}},
    "resources": [
        {
            "type": "Microsoft.Storage/storageAccounts",
            "apiVersion": "2023-01-01",
            "name": "[parameters('name')]",
            "location": "[parameters('location')]",
            "tags": {"group": "[resourceGroup().name]"},
        }
    ],
}
FORM = {
    "parameters": {
        "basics": [
            {"name": "name", "type": "Microsoft.Common.TextBox", "constraints": {"required": True}},
            {"name": "free", "type": "Microsoft.Common.TextBox", "defaultValue": "long name"},
        ],
        "outputs": {"location": "[location()]", "name": "[coalesce(basics('name'), basics('free'))]"},
    }
}


def dried(answers, *, form=FORM, only_decided=False):
    form = read_form(Document.from_text("f.json", json.dumps(form)))
    given, _ = read_answers(answers, form)
    return dry_run(simulate(form, given), Document.from_text("t.json", json.dumps(TEMPLATE)), only_decided=only_decided)


def test_the_outputs_become_the_parameters():
    scope = {"location": "westus", "resourceGroup": "g"}
    found = dried({"scope": scope, "basics": {"name": "store"}})
    assert found.is_accepted
    [resource] = found.expansion.resources
    assert (resource.name, resource.location, resource.body["tags"]) == ("store", "westus", {"group": "g"})


def test_a_value_that_breaks_its_declaration_is_said_once():
    found = dried({"scope": {"location": "westus"}, "basics": {"name": "too long"}})
    assert [one.message for one in found.disagreements] == [
        "the value of 'name' is 8 characters long, more than the 6 that are declared"
    ]
    assert found.troubles == []
    assert not found.is_accepted


def test_what_is_not_decided_can_be_left_unknown():
    found = dried({}, only_decided=True)
    [resource] = found.expansion.resources
    assert (found.disagreements, found.troubles) == ((), [])
    assert not isinstance(resource.name, str)
    assert not isinstance(resource.location, str)
