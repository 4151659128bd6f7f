"""Findings on the bodies of resources: each once, at the line that is to be changed, and never thousands of them."""

import datetime
import json
import shutil

import pytest

from packager.bundle.model import Bundle, Entry
from packager.checks import bodies
from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.package import Package
from packager.checks.registry import all_rules
from packager.data import resource_types
from packager.data.resource_types import FOLDER, ResourceTypes

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
ACCOUNT = {
    "type": "Microsoft.Storage/storageAccounts",
    "apiVersion": "2023-05-01",
    "name": "account1",
    "location": "[resourceGroup().location]",
    "kind": "StorageV2",
    "sku": {"name": "Standard_LRS"},
}


def template(*resources, **sections):
    return {"$schema": SCHEMA, "contentVersion": "1.0.0.0", **sections, "resources": list(resources)}


def report(profile="marketplace", /, **files):
    texts = {f"{name}.json": json.dumps(value, indent=1).encode() for name, value in files.items()}
    entries = {name: Entry(name, len(data), lambda data=data: data) for name, data in texts.items()}
    package = Package(Bundle("p", "folder", None, entries), datetime.date(2026, 11, 26))
    rules = tuple(
        one for one in all_rules() if one.id.startswith(("resource-property", "resource-value", "resource-scope"))
    )
    return run(package, rules, Config(profile=profile))


def found(profile="marketplace", /, **files):
    return [(one.rule, one.file, one.pointer) for one in report(profile, **files).findings]


def test_a_loop_reports_once_whatever_its_turns_have():
    values = template(
        ACCOUNT
        | {
            "name": "[format('account{0}', copyIndex())]",
            "copy": {"name": "all", "count": 40},
            "properties": {"accessTier": "[format('Tier{0}', copyIndex())]", "nothing": 1},
        }
    )
    assert found(mainTemplate=values) == [
        ("resource-value-enum", "mainTemplate.json", "/resources/0/properties/accessTier"),
        ("resource-property-unknown", "mainTemplate.json", "/resources/0/properties/nothing"),
    ]


def test_what_a_variable_holds_is_reported_there_and_the_resource_is_related():
    variables = {"all": {"first": [{"nothing": 1}]}, "also": "[variables('all').first[0]]"}
    one = ACCOUNT | {"properties": "[variables('also')]"}
    other = one | {"name": "account2"}
    (finding,) = report(mainTemplate=template(one, other, variables=variables)).findings
    assert finding.pointer == "/variables/all/first/0/nothing"
    assert [place.line for place in finding.related] == [15]


def test_what_an_expression_makes_is_reported_at_the_expression():
    one = ACCOUNT | {"properties": "[createObject('nothing', 1)]"}
    (finding,) = report(mainTemplate=template(one)).findings
    assert finding.pointer == "/resources/0/properties"


def test_items_of_property_loops_are_reported_at_the_loop():
    rules = {"name": "ipRules", "count": 2, "input": {"valeu": "1.2.3.4"}}
    bad = {"name": "resourceAccessRules", "count": 2, "input": 1}
    acls = {"defaultAction": "Deny", "copy": [rules, bad]}
    assert found(mainTemplate=template(ACCOUNT | {"properties": {"networkAcls": acls}})) == [
        ("resource-property-missing", "mainTemplate.json", "/resources/0/properties/networkAcls/copy/0/input"),
        (
            "resource-property-unknown[misspelt]",
            "mainTemplate.json",
            "/resources/0/properties/networkAcls/copy/0/input/valeu",
        ),
        ("resource-value-type", "mainTemplate.json", "/resources/0/properties/networkAcls/copy/1/input"),
    ]


def test_a_linked_template_is_judged_with_the_values_that_it_is_given():
    link = {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2022-09-01",
        "name": "linked",
        "properties": {
            "mode": "Incremental",
            "templateLink": {"uri": "[uri(deployment().properties.templateLink.uri, 'linked.json')]"},
            "parameters": {"tier": {"value": "Tepid"}},
        },
    }
    linked = template(
        ACCOUNT | {"properties": {"accessTier": "[parameters('tier')]", "nothing": 1}},
        parameters={"tier": {"type": "string"}},
    )
    assert found(mainTemplate=template(link), linked=linked) == [
        ("resource-value-enum", "linked.json", "/resources/0/properties/accessTier"),
        ("resource-property-unknown", "linked.json", "/resources/0/properties/nothing"),
    ]


def test_thousands_of_findings_in_a_resource_are_one():
    properties = {f"nothing{number}": number for number in range(3_000)}
    tags = {f"tag{number}": {"x": 1} for number in range(bodies.MOST)}
    first, *others = report(mainTemplate=template(ACCOUNT | {"tags": tags, "properties": properties})).findings
    assert (first.rule, first.pointer) == ("resource-property-unknown", "/resources/0")
    assert first.message.startswith("3,000 findings of this kind in one resource: 'nothing0', 'nothing1',")
    assert {one.rule for one in others} == {"resource-value-type"}
    assert len(others) == bodies.MOST


def test_what_azure_takes_anyway_is_for_profile_strict():
    loose = ACCOUNT | {
        "type": "microsoft.storage/storageaccounts",
        "kind": "storagev2",
        "properties": {"minimumtlsversion": "TLS1_2", "allowBlobPublicAccess": "true", "publicNetworkAccess": 1},
    }
    del loose["properties"]["publicNetworkAccess"]
    assert found(mainTemplate=template(loose)) == []
    assert sorted({rule for rule, _, _ in found("strict", mainTemplate=template(loose))}) == [
        "resource-property-unknown[case]",
        "resource-value-enum[case]",
        "resource-value-type[converted]",
    ]


def test_three_namespaces_are_three_files(monkeypatch):
    read, names = resource_types._read, []
    types = ResourceTypes(FOLDER)
    monkeypatch.setattr(resource_types, "shipped_types", lambda: types)
    monkeypatch.setattr(
        resource_types, "_read", lambda file, name, entry: names.append(name) or read(file, name, entry)
    )
    vault = {"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "vault1"}
    secret = {"type": "Microsoft.KeyVault/vaults/secrets", "apiVersion": "2023-07-01", "name": "vault1/secret1"}
    network = {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "network"}
    report(mainTemplate=template(ACCOUNT, vault, network, secret, ACCOUNT | {"name": "account2"}))
    assert sorted(names) == ["microsoft.keyvault", "microsoft.network", "microsoft.storage"]


def test_damaged_facts_are_one_error_that_names_the_file(tmp_path, monkeypatch):
    (tmp_path / "ns").mkdir()
    shutil.copy(FOLDER / "index.json", tmp_path)
    monkeypatch.setattr(resource_types, "shipped_types", lambda: ResourceTypes(tmp_path))
    done = report(mainTemplate=template(ACCOUNT))
    assert done.crashed
    assert len(done.findings) == 1
    assert str(tmp_path / "ns" / "microsoft.storage.json.xz") in done.findings[0].message
    assert "please report" not in done.findings[0].message


@pytest.mark.parametrize(
    "resources", [None, "x", [None, 1, "x"], {"a": 1}, [{"type": 1}], [{"type": "a/b", "name": []}]]
)
def test_resources_of_the_wrong_shape_are_nothing_to_judge(resources):
    value = template() | {"resources": resources}
    assert not report(mainTemplate=value).crashed


@pytest.mark.parametrize("part", ["properties", "sku", "tags", "location", "kind", "identity", "zones"])
@pytest.mark.parametrize("value", [1, 1.5, True, "x", [], [[]], {}, {"": {}}, None, [None], {"a": [{"b": {}}]}])
def test_bodies_of_the_wrong_shape_never_crash(part, value):
    assert not report(mainTemplate=template(ACCOUNT | {part: value})).crashed
