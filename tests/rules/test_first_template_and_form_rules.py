"""Rules on templates and forms: what each reports, and what it leaves alone."""

import datetime
import json

import pytest

from packager.bundle.model import Bundle, Entry
from packager.checks.config import Config, names_of
from packager.checks.engine import run
from packager.checks.package import Package
from packager.checks.registry import all_rules

TEMPLATE_SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
FORM_SCHEMA = "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#"


def findings(rule_id, template=None, form=None):
    files = {
        "mainTemplate.json": {"$schema": TEMPLATE_SCHEMA, "contentVersion": "1.0.0.0", "resources": []}
        | (template or {}),
        "createUiDefinition.json": {
            "$schema": FORM_SCHEMA,
            "handler": "Microsoft.Azure.CreateUIDef",
            "version": "0.1.2-preview",
            "parameters": {"basics": [], "steps": [], "outputs": {"location": "[location()]"}},
        }
        | (form or {}),
    }
    texts = {name: json.dumps(value).encode() for name, value in files.items()}
    entries = {name: Entry(name, len(data), lambda data=data: data) for name, data in texts.items()}
    package = Package(Bundle("p", "folder", None, entries), datetime.date(2026, 11, 24))
    rules = tuple(rule for rule in all_rules() if rule_id in names_of(rule))
    assert rules
    report = run(package, rules, Config())
    assert not report.crashed
    return [(one.rule.partition("[")[2].rstrip("]"), one.pointer, str(one.severity)) for one in report.findings]


def parameter(**declaration):
    return {"parameters": {"p": declaration}}


def asking(kind, **members):
    return {"parameters": {"basics": [{"name": "e", "type": kind} | members], "outputs": {}}}


def outputs(**values):
    return {"parameters": {"outputs": values}}


@pytest.mark.parametrize(
    ("rule_id", "template", "form", "expected"),
    [
        ("template-schema", {}, {}, []),
        (
            "template-schema",
            {"$schema": "https://x/deploymentTemplate.json#"},
            {},
            [("unknown", "/$schema", "warning")],
        ),
        (
            "template-schema",
            {"$schema": TEMPLATE_SCHEMA.replace("2019-04-01", "2015-01-01")},
            {},
            [("deprecated", "/$schema", "warning")],
        ),
        ("secure-parameter-default", parameter(type="securestring", defaultValue=""), {}, []),
        ("secure-parameter-default", parameter(type="securestring", defaultValue="[newGuid()]"), {}, []),
        ("secure-parameter-default", parameter(type="string", defaultValue="x"), {}, []),
        (
            "secure-parameter-default",
            parameter(type="SecureString", defaultValue="x"),
            {},
            [("", "/parameters/p/defaultValue", "error")],
        ),
        (
            "secure-parameter-default",
            parameter(type="secureobject", defaultValue={"a": 1}),
            {},
            [("", "/parameters/p/defaultValue", "error")],
        ),
        ("password-parameter-not-secure", {"parameters": {"adminPassword": {"type": "securestring"}}}, {}, []),
        (
            "password-parameter-not-secure",
            {"parameters": {"adminPassword": {"type": "string"}, "secretName": {"type": "string"}}},
            {},
            [("", "/parameters/adminPassword", "error"), ("about", "/parameters/secretName", "info")],
        ),
        ("minimum-and-maximum", parameter(type="int", minValue=1, maxValue=2), {}, []),
        ("minimum-and-maximum", parameter(type="int", minValue=1), {}, [("pair", "/parameters/p", "error")]),
        (
            "minimum-and-maximum",
            parameter(type="int", minValue="1", maxValue=2),
            {},
            [("type", "/parameters/p/minValue", "error")],
        ),
        ("tooltip-missing", {}, asking("Microsoft.Common.TextBox", toolTip="x"), []),
        ("tooltip-missing", {}, asking("Microsoft.Common.InfoBox"), []),
        (
            "tooltip-missing",
            {},
            asking("Microsoft.Common.TextBox", toolTip=" "),
            [("", "/parameters/basics/0", "error")],
        ),
        ("confirmation-hidden", {}, asking("Microsoft.Common.PasswordBox", options={"hideConfirmation": False}), []),
        (
            "confirmation-hidden",
            {},
            asking("Microsoft.Common.PasswordBox", options={"hideConfirmation": True}),
            [("", "/parameters/basics/0/options/hideConfirmation", "error")],
        ),
        ("username-default", {}, asking("Microsoft.Compute.UserNameTextBox"), []),
        (
            "username-default",
            {},
            asking("Microsoft.Compute.UserNameTextBox", defaultValue="root"),
            [("", "/parameters/basics/0/defaultValue", "error")],
        ),
        ("validation-message-missing", {}, asking("X.Y", constraints={"validations": [{"message": "m"}]}), []),
        (
            "validation-message-missing",
            {},
            asking("X.Y", constraints={"validations": [{"regex": "a"}]}),
            [("", "/parameters/basics/0/constraints/validations/0", "error")],
        ),
        ("form-handler", {}, {}, []),
        ("form-handler", {}, {"handler": "microsoft.compute.multivm"}, [("legacy", "/handler", "warning")]),
        ("form-handler", {}, {"handler": ""}, [("missing", "", "error")]),
        ("form-handler", {}, {"handler": "X"}, [("unknown", "/handler", "error")]),
        ("location-output", {}, {}, []),
        ("location-output", {}, outputs(location=" [LOCATION()] "), []),
        ("location-output", {}, outputs(), [("missing", "/parameters/outputs", "error")]),
        ("location-output", {}, outputs(a="b"), [("missing", "/parameters/outputs", "error")]),
        ("location-output", {}, outputs(location="x"), [("other", "/parameters/outputs/location", "error")]),
        ("output-without-parameter", parameter(type="string"), outputs(P="x", managedIdentity="y"), []),
        ("output-without-parameter", {}, outputs(other="x"), [("", "/parameters/outputs/other", "error")]),
        ("parameter-without-output", parameter(type="string"), outputs(P="x"), []),
        ("parameter-without-output", parameter(type="string", defaultValue=""), outputs(a="x"), []),
        ("parameter-without-output", parameter(type="string"), outputs(a="x"), [("", "/parameters/outputs", "error")]),
        ("form-schema", {}, {}, []),
        ("form-schema", {}, {"$schema": FORM_SCHEMA.lower()}, [("schema", "/$schema", "error")]),
        ("form-schema", {}, {"version": "0.1.1"}, [("version", "/version", "error")]),
    ],
)
def test_what_is_reported(rule_id, template, form, expected):
    assert findings(rule_id, template, form) == expected


def test_a_template_that_cannot_be_read_is_not_said_to_have_a_schema():
    entries = {"mainTemplate.json": Entry("mainTemplate.json", 1, lambda: b"{")}
    package = Package(Bundle("p", "folder", None, entries), datetime.date(2026, 11, 24))
    rules = tuple(rule for rule in all_rules() if rule.id == "template-schema")
    (found,) = run(package, rules, Config()).findings
    assert str(found.basis) == "arm-ttk"
    assert found.message.endswith(
        "; a false alarm of arm-ttk: it cannot read the file, and finds no schema in what it cannot read; "
        "mend the file first"
    )


def test_every_rule_has_a_page_and_a_name_of_its_own():
    rules = all_rules()
    assert len({rule.id for rule in rules}) == len(rules)
    for rule in rules:
        lines = rule.page.strip().splitlines()
        assert len(lines) > 3, rule.id
        assert len(lines[0]) <= 100, rule.id
