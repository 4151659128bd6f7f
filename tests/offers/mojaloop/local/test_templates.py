"""What the templates deploy for every size and choice: where, in which order, and with which secrets."""

import json
import pathlib
import re

import pytest
import yaml

from packager.data.platforms import platform

from ..expansion import resources
from .expansion import GIT, LOCATION, NETWORK, NEW_NETWORK, OWN_CERTIFICATE, deploy, flux

ROOT = pathlib.Path(__file__).parents[4]
CHOICES = {
    "existing network": {},
    "new network": NEW_NETWORK,
    "own certificate": OWN_CERTIFICATE,
    "git": GIT,
    "private git": GIT | {"gitUser": "flux", "gitToken": "not a secret 1"},
    "bulk": {"enableBulk": True},
    "toolkit": {"enableTtk": True},
    "everything": {
        "enableBulk": True,
        "enableTtk": True,
        **NEW_NETWORK,
        **OWN_CERTIFICATE,
        "nodeCount": 4,
        "nodeMaxCount": 9,
    },
    "backups on the site": {"backupsInAzure": False},
}
# Only Azure knows these: what it gives to identities, accounts and clusters when it makes them.
RUNTIME = re.compile(
    r"principalId|clientId|primaryEndpoints|oidcIssuerProfile|listKeys|listServiceSas|templateLink|outputs|"
    r"resourceGroup\(\)\.id|uniqueString"
)


@pytest.fixture(scope="module", params=["dev", "standard", "production"])
def size(request):
    return request.param


@pytest.mark.parametrize("choice", CHOICES)
def test_that_every_size_and_choice_expands_with_only_what_azure_alone_knows_open(documents, size, choice):
    found = deploy(documents, deploymentSize=size, **CHOICES[choice])
    open_values = re.findall(r'"\$unknown": "((?:[^"\\]|\\.)*)"', json.dumps(found["resources"]))
    assert [value for value in open_values if not RUNTIME.search(value)] == []
    assert len({one["id"].lower() for one in found["resources"]}) == len(found["resources"])
    # Azure Local's own resources stand in the table of the platform; what stays in the cloud stands beside it.
    local = platform("azure-local")
    for one in found["resources"]:
        assert local.served(one["type"]) is not None or local.is_beside(one["type"]), one["type"]


def test_that_nothing_is_in_another_region(documents, size):
    for choice in CHOICES.values():
        for one in deploy(documents, deploymentSize=size, **choice)["resources"]:
            assert one["location"] in (None, "northeurope"), one["id"]


def test_that_the_cluster_is_one_of_the_site(documents):
    found = deploy(documents, **NEW_NETWORK)
    [network] = resources(found, "Microsoft.AzureStackHCI/logicalNetworks")
    [cluster] = resources(found, "Microsoft.Kubernetes/connectedClusters")
    [instance] = resources(found, "Microsoft.HybridContainerService/provisionedClusterInstances")
    assert (cluster["body"]["kind"], cluster["properties"]["agentPublicKeyCertificate"]) == ("ProvisionedCluster", "")
    assert (instance["name"], instance["scope"]) == ("default", cluster["id"])
    for one in (network, instance):
        assert one["body"]["extendedLocation"] == {"type": "CustomLocation", "name": LOCATION}
    subnets = instance["properties"]["cloudProviderProfile"]["infraNetworkProfile"]["vnetSubnetIds"]
    assert subnets == [network["id"]]
    [subnet] = network["properties"]["subnets"]
    assert subnet["properties"]["vlan"] == 7
    assert subnet["properties"]["ipPools"][0]["start"] == "10.30.0.50"


def test_that_a_network_that_is_there_is_used(documents):
    found = deploy(documents)
    assert resources(found, "Microsoft.AzureStackHCI/logicalNetworks") == []
    [instance] = resources(found, "Microsoft.HybridContainerService/provisionedClusterInstances")
    assert instance["properties"]["cloudProviderProfile"]["infraNetworkProfile"]["vnetSubnetIds"] == [NETWORK]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"deploymentSize": "dev"}, ("Standard_A4_v2", 1, "Standard_D4s_v3", 3, False, 1)),
        ({"deploymentSize": "standard", "nodeMaxCount": 6}, ("Standard_A4_v2", 3, "Standard_D8s_v3", 3, True, 1)),
        ({"deploymentSize": "production", "nodeCount": 5}, ("Standard_D4s_v3", 3, "Standard_D8s_v3", 5, False, 2)),
        ({"nodeVmSize": "Standard_D16s_v3"}, ("Standard_A4_v2", 1, "Standard_D16s_v3", 3, False, 1)),
    ],
)
def test_that_machines_follow_the_size_and_the_choice(documents, values, expected):
    [instance] = resources(deploy(documents, **values), "Microsoft.HybridContainerService/provisionedClusterInstances")
    control, [pool] = instance["properties"]["controlPlane"], instance["properties"]["agentPoolProfiles"]
    balancers = instance["properties"]["networkProfile"]["loadBalancerProfile"]["count"]
    found = (control["vmSize"], control["count"], pool["vmSize"], pool["count"], pool["enableAutoScaling"], balancers)
    assert found == expected


def test_that_the_cluster_has_its_extensions_before_flux_reads_manifests(documents):
    found = deploy(documents)
    extensions = resources(found, "Microsoft.KubernetesConfiguration/extensions")
    assert {one["properties"]["extensionType"] for one in extensions} == {
        "microsoft.flux",
        "Microsoft.AzureMonitor.Containers",
        "Microsoft.AzureKeyVaultSecretsProvider",
    }
    [configuration] = resources(found, "Microsoft.KubernetesConfiguration/fluxConfigurations")
    assert {one["id"] for one in extensions} <= set(configuration["dependsOn"])


def test_that_manifests_come_in_order(documents):
    """Operators before what they run, databases and broker before the switch; nothing waits for what is not there."""
    for choice in CHOICES.values():
        kustomizations = flux(deploy(documents, **choice))["kustomizations"]
        before = {name: set(one["dependsOn"]) for name, one in kustomizations.items()}
        assert set().union(*before.values()) <= set(before)
        assert _all_before(before, "switch") >= {"namespaces", "operators", "secrets", "certificates", "mysql", "kafka"}
        assert {"operators", "secrets", "certificates"} <= _all_before(before, "mysql")
        assert all(name not in _all_before(before, name) for name in before), "in a circle"


def _all_before(before, name):
    found, waiting = set(), list(before[name])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += before[one]
    return found


@pytest.mark.parametrize(
    ("values", "more", "less"),
    [
        (
            {},
            {"certificates-gateway", "secrets-backups"},
            {"bulk", "ttk", "mongodb", "secrets-mongodb", "secrets-gateway"},
        ),
        ({"enableBulk": True}, {"bulk", "mongodb", "secrets-mongodb"}, {"ttk"}),
        ({"enableTtk": True}, {"ttk", "mongodb", "secrets-mongodb"}, {"bulk"}),
        (OWN_CERTIFICATE, {"secrets-gateway"}, {"certificates-gateway"}),
        ({"backupsInAzure": False}, {"mysql"}, {"secrets-backups"}),
    ],
)
def test_that_a_choice_brings_its_manifests(documents, values, more, less):
    names = set(flux(deploy(documents, **values))["kustomizations"])
    assert more <= names
    assert not less & names


def test_that_folders_of_manifests_are_in_the_package(documents, local):
    for choice in CHOICES.values():
        configuration = flux(deploy(documents, **choice))
        root = "./gitops" if configuration["sourceKind"] == "GitRepository" else "."
        for one in configuration["kustomizations"].values():
            folder = one["path"].removeprefix(root).lstrip("/")
            assert f"gitops/{folder}/kustomization.yaml" in local.files, one["path"]


def test_that_flux_reads_the_container_with_a_token_that_can_only_read(documents):
    configuration = flux(deploy(documents))
    assert configuration["sourceKind"] == "AzureBlob"
    assert configuration["azureBlob"]["containerName"] == "manifests"
    assert "listServiceSas" in json.dumps(configuration["azureBlob"]["sasToken"])
    token = documents["nested/gitops.json"].value["variables"]["containerToken"]
    assert (token["signedPermission"], token["signedResource"], token["signedProtocol"]) == ("rl", "c", "https")
    assert configuration.get("gitRepository") is None


def test_that_flux_reads_a_repository_with_its_users_token(documents):
    configuration = flux(deploy(documents, **CHOICES["private git"]))
    assert configuration["gitRepository"]["url"] == "https://git.example.org/hub"
    assert configuration["gitRepository"]["repositoryRef"] == {"branch": "live"}
    assert configuration["configurationProtectedSettings"] == {"httpsKey": "bm90IGEgc2VjcmV0IDE="}
    assert flux(deploy(documents, **GIT)).get("configurationProtectedSettings") is None


def test_that_what_flux_fills_in_is_what_the_manifests_leave_open(documents, local):
    """And none of it is secret: whoever may read the configuration sees it."""
    given = flux(deploy(documents))["kustomizations"]["namespaces"]["postBuild"]["substitute"]
    told = set(local.yaml("gitops/namespaces/facts.yaml")["data"])
    assert set(given) == told | {"quote"}
    asked = {
        name
        for file in local.files
        if file.startswith("gitops/")
        for name in re.findall(r"\$\{(\w+)\}", local.text(file))
    }
    assert asked - {"quote"} == told
    assert all(isinstance(value, str) or "$unknown" in value for value in given.values())


def test_that_secrets_are_in_the_vault_alone(documents):
    found = deploy(documents, jwsSigningKey="QQ==", **OWN_CERTIFICATE)
    secrets = {one["name"].rpartition("/")[2] for one in resources(found, "Microsoft.KeyVault/vaults/secrets")}
    assert secrets == {
        "switch-jws-key",
        "gateway-certificate",
        "gateway-certificate-key",
        "backup-account",
        "backup-account-key",
    }
    assert not re.search(r"list(Keys|ServiceSas)|password|token", json.dumps(found["outputs"]), re.IGNORECASE)


def test_that_only_the_script_may_write_secrets_and_manifests(documents):
    found = deploy(documents)
    assignments = [one["properties"] for one in resources(found, "Microsoft.Authorization/roleAssignments")]
    roles = sorted(one["roleDefinitionId"].rpartition("/")[2] for one in assignments)
    assert roles == sorted(
        [
            "ba92f5b4-2d11-453d-a403-e96b0029c9fe",  # Storage Blob Data Contributor: id-deploy
            "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",  # Key Vault Secrets Officer: id-deploy
            "4633458b-17de-408a-b874-0445c86b69e6",  # Key Vault Secrets User: id-reader
        ]
    )


def test_that_pods_of_one_account_are_the_identity_that_reads_secrets(documents, manifests):
    [credential] = resources(
        deploy(documents), "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials"
    )
    [account] = manifests.named("ServiceAccount").values()
    subject = f"system:serviceaccount:{account['metadata']['namespace']}:{account['metadata']['name']}"
    assert credential["properties"]["subject"] == subject


def test_that_the_page_tells_what_a_size_stands_for():
    sizes = yaml.safe_load((ROOT / "marketplace/mojaloop-local/sizes.yaml").read_text())
    page = (ROOT / "docs/mojaloop/azure-local.md").read_text()
    for name, size in sizes.items():
        control, nodes, mysql, kafka = size["controlPlane"], size["nodes"], size["mysql"], size["kafka"]
        cells = [
            f"`{name}`",
            f"{control['count']} x {control['machine']}",
            f"{' to '.join(dict.fromkeys((str(nodes['count']), str(nodes['most']))))} x {nodes['machine']}",
            str(size["loadBalancers"]),
            f"{mysql['storage']}, {mysql['memory']}",
            f"{kafka['storage']}, {kafka['memory']}",
            f"{size['logs']['retentionDays']} days",
        ]
        assert f"| {' | '.join(cells)} |" in page
