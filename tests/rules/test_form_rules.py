"""Rules on forms: what depends on the plan, and the words of messages."""

import datetime
import json

import pytest

from packager.bundle.model import Bundle, Entry
from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.package import Package
from packager.checks.registry import all_rules

SCHEMA = "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#"
TEXT_BOX = "Microsoft.Common.TextBox"


def messages(rule_id, basics=(), steps=(), kind=None, **outputs):
    parameters = {"basics": list(basics), "steps": list(steps), "outputs": {"location": "[location()]", **outputs}}
    text = json.dumps({"$schema": SCHEMA, "parameters": parameters}).encode()
    entry = Entry("createUiDefinition.json", len(text), lambda: text)
    package = Package(Bundle("p", "folder", None, {entry.name: entry}), datetime.date(2026, 11, 24), kind)
    report = run(package, all_rules(), Config(select=frozenset({rule_id})))
    assert not report.crashed
    return [one.message for one in report.findings]


@pytest.mark.parametrize(
    ("kind", "element", "outputs", "found"),
    [
        ("managed-application", {"name": "applicationName"}, {}, 1),
        ("managed-application", {"name": "n", "label": "App name"}, {}, 1),
        ("managed-application", {"name": "n", "label": "App name"}, {"applicationResourceName": "x"}, 0),
        ("managed-application", {"name": "n", "label": "Name of the app's owner"}, {}, 0),
        ("solution-template", {"name": "applicationName"}, {}, 0),
        (None, {"name": "applicationName"}, {}, 0),
    ],
)
def test_the_name_of_a_managed_application(kind, element, outputs, found):
    assert len(messages("form-application-name", [{"type": TEXT_BOX, **element}], kind=kind, **outputs)) == found


@pytest.mark.parametrize(
    ("rule_id", "element", "message"),
    [
        (
            "element-property-unknown",
            {"type": TEXT_BOX, "placeHolder": "x"},
            f"element 'e': {TEXT_BOX} has no 'placeHolder'; did you mean 'placeholder'?",
        ),
        (
            "element-property-unknown",
            {"type": TEXT_BOX, "required": True},
            f"element 'e': {TEXT_BOX} has no 'required'; it belongs into 'constraints'",
        ),
        (
            "element-property-unknown",
            {"type": TEXT_BOX, "subLabel": "x"},
            f"element 'e': {TEXT_BOX} has no 'subLabel'; only the Form view has it",
        ),
        (
            "element-property-missing",
            {"type": "Microsoft.Solutions.ArmApiControl", "request": {"path": "x"}},
            "element 'e': Microsoft.Solutions.ArmApiControl needs 'request.method'; it is 'GET' or 'POST'",
        ),
        (
            "element-property-value",
            {"type": TEXT_BOX, "label": {"a": 1}},
            "element 'e': 'label' is an object, not a string",
        ),
        (
            "choice-default",
            {
                "type": "Microsoft.Common.DropDown",
                "defaultValue": "s",
                "constraints": {"allowedValues": [{"label": "Small", "value": "s"}]},
            },
            "'s' is a value of element 'e'; its default is the label, 'Small'",
        ),
        (
            "form-function-unknown",
            {"type": TEXT_BOX, "visible": "[resourceId('a')]"},
            "the portal has no function 'resourceId'; templates have it, forms do not",
        ),
        (
            "reference-unknown",
            {"type": TEXT_BOX, "visible": "[steps('e').x]"},
            "'e' is an element of Basics and no step; write basics('e')",
        ),
        (
            "reference-unknown",
            {"type": TEXT_BOX, "visible": "[basics('E')]"},
            "Basics has no element 'E'; did you mean 'e'?",
        ),
    ],
)
def test_messages(rule_id, element, message):
    assert messages(rule_id, [{"name": "e", **element}]) == [message]


def test_long_chains_and_many_elements_take_little_time():
    basics = [
        {"name": f"e{number}", "type": TEXT_BOX, "visible": f"[equals(basics('e{number + 1}'), 'x')]"}
        for number in range(2000)
    ]
    assert messages("form-cycle", basics) == []
    assert messages("form-output-undefined", basics, a="[concat(" + "basics('e1')" + ".x" * 9000 + ")]") == []
