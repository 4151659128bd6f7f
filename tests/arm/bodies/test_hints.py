"""reference() of a declared resource: which types its answers have, and what stays open."""

import json

import pytest

from packager.arm.expand import expand
from packager.arm.expansion import OUTPUT_TYPE
from packager.source.document import Document

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
ACCOUNT = {
    "type": "Microsoft.Storage/storageAccounts",
    "apiVersion": "2023-05-01",
    "name": "account1",
    "location": "x",
    "kind": "StorageV2",
    "sku": {"name": "Standard_LRS"},
}
ID = "resourceId('Microsoft.Storage/storageAccounts', 'account1')"


def troubles(value, kind, *, resource=ACCOUNT):
    template = {
        "$schema": SCHEMA,
        "contentVersion": "1.0.0.0",
        "parameters": {"p": {"type": "string"}},
        "resources": [resource],
        "outputs": {"o": {"type": kind, "value": f"[{value}]"}},
    }
    return [one.code for one in expand(Document.from_text("t.json", json.dumps(template)), {}).troubles]


@pytest.mark.parametrize(
    ("value", "fits", "refused"),
    [
        ("reference('account1').primaryEndpoints.blob", "string", "int"),
        ("reference('account1').PRIMARYendpoints.Blob", "string", "bool"),
        (f"reference({ID}).primaryEndpoints", "object", "string"),
        (f"reference({ID}, '2019-06-01').supportsHttpsTrafficOnly", "bool", "string"),
        (f"reference({ID}, '2023-05-01', 'Full').sku.name", "string", "array"),
        ("reference('account1').networkAcls.ipRules", "array", "object"),
        ("reference('account1').networkAcls.ipRules[0].value", "string", "int"),
        ("reference('account1').networkAcls.ipRules[length(parameters('p'))].value", "string", "int"),
    ],
)
def test_answers_about_a_declared_resource_have_types(value, fits, refused):
    assert troubles(value, fits) == []
    assert troubles(value, refused) == [OUTPUT_TYPE]


@pytest.mark.parametrize(
    "value",
    [
        "reference('account1').nothing",
        "reference('account1').nothing.at.all",
        "reference(parameters('p')).primaryEndpoints.blob",
        "reference('account1')[parameters('p')]",
    ],
)
@pytest.mark.parametrize("kind", ["string", "int", "bool", "array", "object"])
def test_what_is_not_known_stays_open(value, kind):
    assert troubles(value, kind) == []


@pytest.mark.parametrize("type_", ["Nobody.Nowhere/things", "Microsoft.OperationsManagement/solutions"])
def test_a_type_that_is_not_described_or_not_believed_gives_no_hint(type_):
    resource = {"type": type_, "apiVersion": "2015-11-01-preview", "name": "account1"}
    assert troubles("reference('account1').workspaceResourceId", "int", resource=resource) == []
