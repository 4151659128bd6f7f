"""A package is expanded with the default answers of its form, too; what is not decided is never a reason."""

import datetime
import json

import pytest

from packager.checks.config import Config
from packager.pipeline.check import check_path

TEMPLATE = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
    "parameters": {"location": {"type": "string"}, "count": {"type": "string"}, "name": {"type": "string"}},
    "resources": [
        {
            "type": "Microsoft.Storage/storageAccounts",
            "apiVersion": "2025-06-01",
            "name": "[toLower(parameters('name'))]",
            "location": "[parameters('location')]",
            "tags": {"count": "[string(int(parameters('count')))]"},
        }
    ],
}


def form(**count):
    elements = [
        {"name": "count", "type": "Microsoft.Common.TextBox", "label": "C", "toolTip": "C", **count},
        {
            "name": "name",
            "type": "Microsoft.Common.TextBox",
            "label": "N",
            "toolTip": "N",
            "constraints": {"required": True},
        },
    ]
    outputs = {"location": "[location()]", "count": "[basics('count')]", "name": "[basics('name')]"}
    return {
        "handler": "Microsoft.Azure.CreateUIDef",
        "parameters": {"basics": elements, "steps": [], "outputs": outputs},
    }


def found(tmp_path, value):
    (tmp_path / "mainTemplate.json").write_text(json.dumps(TEMPLATE))
    (tmp_path / "createUiDefinition.json").write_text(json.dumps(value))
    config = Config(select=frozenset({"expression-fails", "function-arguments", "parameter-default-invalid"}))
    report = check_path(str(tmp_path), config, datetime.date(2026, 11, 23), {}).report
    return [(one.rule, one.pointer, one.message) for one in report.findings]


def test_a_default_that_the_template_cannot_use(tmp_path):
    message = "with the default answers of the form, 'many' is no whole number"
    assert found(tmp_path, form(defaultValue="many")) == [("function-arguments", "/resources/0/tags/count", message)]


@pytest.mark.parametrize(
    "count",
    [
        {"defaultValue": "3"},
        {"constraints": {"required": True}},
        {"defaultValue": "[concat('many', location())]"},
        {"defaultValue": "[guid()]"},
        {"defaultValue": "many", "visible": "[equals(basics('name'), 'x')]"},
    ],
)
def test_what_the_customer_or_azure_decides_is_no_reason(tmp_path, count):
    assert found(tmp_path, form(**count)) == []
