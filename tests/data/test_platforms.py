"""The facts about platforms: every name is one of Azure, every version one of its type, and look-ups go up and down."""

import pytest

from packager.checks.rule import PLATFORMS
from packager.data.api_versions import shipped
from packager.data.platforms import platform, shipped_platforms

HUB, LOCAL = platform("azure-stack-hub"), platform("azure-local")
# Asked for, never deployed: no schema is published.
READ_ONLY = {"Microsoft.Compute/skus"}
ROWS = [
    (name, row, key)
    for key, data in shipped_platforms()["platforms"].items()
    for row in (*data["types"], *data["absent"], *({"names": [one]} for one in data.get("beside", ())))
    for name in row["names"]
]


@pytest.mark.parametrize(("name", "row", "key"), ROWS)
def test_every_name_and_version_is_one_of_azure(name, row, key):
    namespace, _, rest = name.partition("/")
    known = set(shipped().types(namespace))
    assert known, f"{key} names no namespace of Azure: {name}"
    assert not rest or name in READ_ONLY or name.lower() in {one.lower() for one in known}
    versions = {version for one in known for version in shipped().of(one)}
    assert not rest or set(row.get("versions", ())) <= versions


def test_every_profile_of_a_platform_has_facts():
    assert [platform(name).title for name in PLATFORMS] == ["Azure Stack Hub", "Azure Local"]
    assert [platform(name) for name in ("marketplace", "strict", "arm-ttk")] == [None, None, None]


@pytest.mark.parametrize(
    ("name", "versions"),
    [
        ("Microsoft.Network/virtualNetworks", ("2018-11-01",)),
        ("microsoft.network/VIRTUALNETWORKS/subnets", ("2018-11-01",)),
        ("Microsoft.Web/sites/config", ("2018-02-01",)),
        ("Microsoft.Network/natGateways", None),
        ("Microsoft.Search/searchServices", None),
    ],
)
def test_a_type_stands_for_its_children_and_a_namespace_for_its_types(name, versions):
    served = HUB.served(name)
    assert (served and served.versions) == versions


def test_what_is_not_there_says_what_to_use():
    assert HUB.instead("Microsoft.ApiManagement/service/apis").startswith("run a gateway")
    assert LOCAL.instead("Microsoft.ContainerService/managedClusters/agentPools").startswith("use Microsoft.Kubernetes")
    assert HUB.instead("Microsoft.Network/virtualNetworks") is None
    assert LOCAL.is_beside("Microsoft.KeyVault/vaults/secrets")
    assert not HUB.is_beside("Microsoft.KeyVault/vaults")


@pytest.mark.parametrize(
    ("version", "has", "newer"),
    [
        ("2018-11-01", True, False),
        ("2017-10-01", True, False),
        ("2015-06-15", False, False),
        ("2018-12-01", False, True),
        ("2018-11-01-preview", False, False),
    ],
)
def test_versions_of_networks(version, has, newer):
    served = HUB.served("Microsoft.Network/virtualNetworks")
    assert (served.has(version), served.is_newer(version)) == (has, newer)
