"""The types that resources have, and what was meant by a misspelt one."""

import json

import pytest

from packager.arm.expand import expand
from packager.arm.typenames import has_version, is_known, nearest_type, provided_type
from packager.data.api_versions import GivenVersions, shipped
from packager.source.document import Document

NONE = GivenVersions({})


def resource(**members):
    text = json.dumps({"resources": [{"apiVersion": "2024-01-01", "name": "a", **members}]})
    return expand(Document.from_text("mainTemplate.json", text), {}).resources[0]


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"type": "Microsoft.Storage/storageAccounts"}, "Microsoft.Storage/storageAccounts"),
        (
            {"type": "Microsoft.Storage/storageAccounts/providers/locks", "name": "a/Microsoft.Authorization/b"},
            "Microsoft.Authorization/locks",
        ),
        ({"type": "A.B/c/providers/locks", "name": "[concat('a/', resourceGroup().name, '/l')]"}, None),
        ({"type": "${not.rendered}/x"}, None),
        ({"type": "Microsoft.CustomProviders/resourceProviders/users", "name": "public/one"}, None),
        ({"type": "A.B/c", "apiVersion": None}, None),
    ],
)
def test_the_type_that_a_provider_makes(members, expected):
    assert provided_type(resource(**members)) == expected


def test_a_type_is_known_to_either_table():
    assert is_known("microsoft.storage/STORAGEaccounts", NONE)
    assert is_known("Contoso.Own/things", GivenVersions({"contoso.own/things": ("2024-01-01",)}))
    assert not is_known("Contoso.Own/things", NONE)


def test_a_version_of_a_parent_will_do():
    assert "2022-10-01" not in shipped().of("Microsoft.OperationalInsights/workspaces/savedSearches")
    assert has_version("Microsoft.OperationalInsights/workspaces/savedSearches", "2022-10-01", NONE)
    assert not has_version("Microsoft.Storage/storageAccounts", "2022-10-02", NONE)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Microsoft.Storage/storageAcounts", "Microsoft.Storage/storageAccounts"),
        ("Microsoft.Storge/storageAccounts", "Microsoft.Storage/storageAccounts"),
        ("Microsoft.Network/virtualNetwork/subnets", "Microsoft.Network/virtualNetworks/subnets"),
        ("Nobody.Knows/this", None),
        ("Microsoft.Storage/" + "x" * 500, None),
    ],
)
def test_the_nearest_type_as_it_is_spelt(name, meant):
    assert nearest_type(name) == meant
