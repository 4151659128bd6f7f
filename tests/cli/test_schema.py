"""The verb `schema`: types in any case, properties by path or name, suggestions for what is misspelt."""

import json
import shutil

import pytest

from packager.cli.main import run
from packager.data import resource_types
from packager.data.resource_types import FOLDER, ResourceTypes

ACCOUNTS = "Microsoft.Storage/storageAccounts"


def shown(capsys, *arguments):
    code = run(["schema", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def rows(capsys, *arguments):
    code, out, _ = shown(capsys, *arguments, "--format", "json")
    assert code == 0
    return {one["path"]: one for one in json.loads(out)["properties"]}


def test_a_property_in_text(capsys):
    text = (
        "Microsoft.KeyVault/vaults 2023-07-01\n"
        "  versions     21, 2015-06-01 to 2026-03-01-preview\n"
        "  deployed to  resourceGroup\n"
        "\n"
        "properties.sku         object; required\n"
        "properties.sku.family  string; required; known values A\n"
        "properties.sku.name    string; required; one of premium, standard\n"
    )
    assert shown(capsys, "microsoft.keyvault/VAULTS", "sku", "--api-version", "2023-07-01") == (0, text, "")


def test_a_property_for_machines(capsys):
    code, out, err = shown(capsys, f"{ACCOUNTS}@2023-05-01", "name", "--format", "json")
    found = json.loads(out)
    assert (code, err, found["type"], found["apiVersion"], found["scopes"]) == (
        0,
        "",
        ACCOUNTS,
        "2023-05-01",
        ["resourceGroup"],
    )
    assert "listKeys" in found["functions"]
    assert "2015-06-15" in found["versions"]
    assert found["properties"] == [
        {
            "path": "name",
            "name": "name",
            "type": "string",
            "items": None,
            "required": True,
            "readOnly": False,
            "writeOnly": False,
            "when": None,
            "values": [],
            "open": False,
            "pattern": "^[a-z0-9]+$",
            "minLength": 3,
            "maxLength": 24,
            "since": "2015-05-01-preview",
            "until": None,
        }
    ]


def test_without_a_property_the_top_and_what_is_in_properties_is_shown(capsys):
    found = rows(capsys, ACCOUNTS, "--api-version", "2023-05-01")
    assert found["kind"]["values"] == ["BlobStorage", "BlockBlobStorage", "FileStorage", "Storage", "StorageV2"]
    assert found["kind"]["since"] == "2016-01-01"
    assert found["properties.provisioningState"]["readOnly"]
    assert not any(path.startswith("properties.networkAcls.") for path in found)


def test_a_property_of_old_versions_says_until_when(capsys):
    found = rows(capsys, ACCOUNTS, "accountType", "--api-version", "2015-06-15")
    assert (found["properties.accountType"]["since"], found["properties.accountType"]["until"]) == (
        "2015-05-01-preview",
        "2015-06-15",
    )


@pytest.mark.parametrize(
    "name", ["properties.networkAcls.ipRules", "networkacls.IPRULES", "ipRules", "properties.networkAcls.ipRules[0]"]
)
def test_a_property_is_found_by_path_or_name(capsys, name):
    assert list(rows(capsys, ACCOUNTS, name, "--api-version", "2023-05-01")) == [
        "properties.networkAcls.ipRules",
        "properties.networkAcls.ipRules[].action",
        "properties.networkAcls.ipRules[].value",
    ]


def test_several_properties_follow_each_other(capsys):
    assert list(rows(capsys, ACCOUNTS, "kind", "location")) == ["kind", "location"]


def test_what_only_some_kinds_have_says_so(capsys):
    found = rows(capsys, "Microsoft.Resources/deploymentScripts", "azCliVersion")
    assert found["properties.azCliVersion"]["when"] == "kind=AzureCLI"


def test_types_that_hold_themselves_end(capsys):
    assert shown(capsys, "Microsoft.DataFactory/factories/pipelines", "activities")[0] == 0
    assert shown(capsys, "Microsoft.DataFactory/factories/pipelines", "no such thing at all")[0] == 2


def test_a_namespace_lists_its_types(capsys):
    code, out, _ = shown(capsys, "microsoft.keyvault")
    assert code == 0
    assert out.splitlines()[0] == "Microsoft.KeyVault/locations/deletedManagedHSMs"
    code, out, _ = shown(capsys, "microsoft.keyvault", "--format", "json")
    assert json.loads(out)["namespace"] == "Microsoft.KeyVault"


def test_a_version_that_is_not_described_is_said(capsys):
    code, out, err = shown(capsys, ACCOUNTS, "name", "--api-version", "2020-01-01")
    assert code == 0
    assert out.startswith(f"{ACCOUNTS} 2020-08-01-preview\n")
    assert err == f"packager: {ACCOUNTS} 2020-01-01 is not described; this is 2020-08-01-preview\n"


@pytest.mark.parametrize(
    ("options", "version", "described"),
    [
        (["--api-version", "2020-01-01"], "2020-08-01-preview", False),
        (["--api-version", "2020-08-01-PREVIEW"], "2020-08-01-preview", True),
        ([], "2026-04-01", True),
    ],
)
def test_json_tells_whether_the_version_is_the_one_that_was_asked_for(capsys, options, version, described):
    found = json.loads(shown(capsys, ACCOUNTS, "name", *options, "--format", "json")[1])
    assert (found["apiVersion"], found["described"]) == (version, described)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["Microsoft.Storage/storageAcounts"],
            f"there is no type 'Microsoft.Storage/storageAcounts' among the facts; did you mean '{ACCOUNTS}'?",
        ),
        (
            ["Microsoft.Storag/storageAccounts"],
            f"there is no namespace 'Microsoft.Storag' among the facts; did you mean '{ACCOUNTS}'?",
        ),
        (
            ["Microsoft.Storag"],
            "there is no namespace 'Microsoft.Storag' among the facts; did you mean 'Microsoft.Storage'",
        ),
        (["xyz"], "there is no namespace 'xyz' among the facts\n"),
        (["Microsoft.Storage/"], "there is no type 'Microsoft.Storage/' among the facts"),
        ([""], "there is no namespace '' among the facts"),
        (
            [ACCOUNTS, "minimalTlsVersion"],
            f"{ACCOUNTS} 2026-04-01 has no property 'minimalTlsVersion'; did you mean 'minimumTlsVersion'?",
        ),
        (
            ["storageAccounts"],
            (
                "there is no namespace 'storageAccounts' among the facts\n"
                "  hint: write Provider.Namespace/type, such as Microsoft.Storage/storageAccounts"
            ),
        ),
        (
            ["storageAcounts"],
            (
                "there is no namespace 'storageAcounts' among the facts\n"
                "  hint: write Provider.Namespace/type, such as Microsoft.Storage/storageAccounts"
            ),
        ),
        ([ACCOUNTS, "--api-version", "2020-13-01"], "'2020-13-01' is no api-version such as 2024-01-01"),
        ([f"{ACCOUNTS}@2020-02-30-preview"], "'2020-02-30-preview' is no api-version such as 2024-01-01"),
        ([ACCOUNTS, "--api-version", "newest"], "'newest' is no api-version such as 2024-01-01"),
    ],
)
def test_what_is_misspelt_is_answered_with_what_is_near(capsys, arguments, said):
    code, out, err = shown(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"packager: {said}")


def test_damaged_facts_name_the_file(capsys, tmp_path, monkeypatch):
    shutil.copy(FOLDER / "index.json", tmp_path)
    monkeypatch.setattr("packager.cli.schema.shipped_types", lambda: ResourceTypes(tmp_path))
    code, out, err = shown(capsys, ACCOUNTS)
    assert (code, out) == (3, "")
    assert err.startswith(f"packager: {tmp_path / 'ns' / 'microsoft.storage.json.xz'}: the facts about resource types")
    assert resource_types.FOLDER.is_dir()
