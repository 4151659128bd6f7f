"""What the templates deploy, for every plan, size, broker and switch, as far as it can be known before."""

import itertools
import json
import re

import pytest

from .expansion import ALL_OFF, ALL_ON, CHOICES, SWITCHES, deploy, pairs, resources

pytestmark = pytest.mark.slow

# Whatever the place of the deployment can say must not stay open; the rest only Azure knows.
GIVEN = ("resourceGroup().", "subscription()", "tenant()", "utcNow()", "environment()", "parameters(", "variables(")
KNOWN_TO_AZURE = re.compile(r"reference\(|listKeys\(|listCallbackUrl\(|deployment\(\)\.properties\.templateLink\.uri")


def unknown_texts(value):
    if isinstance(value, dict):
        if set(value) == {"$unknown"}:
            yield value["$unknown"]
            return
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from unknown_texts(inner)


def combinations(plans):
    for plan, documents in plans.items():
        parameters = documents["mainTemplate.json"].value["parameters"]
        for size in parameters["deploymentSize"]["allowedValues"]:
            for broker in parameters["messagingBackend"]["allowedValues"]:
                yield plan, {"deploymentSize": size, "messagingBackend": broker}


def look_at(plans, plan, values):
    """Nothing that could be known is left open, and nothing is made twice."""
    found = deploy(plans, plan, **values)
    for text in unknown_texts([found["resources"], found["outputs"]]):
        assert KNOWN_TO_AZURE.search(text), (plan, values, text)
        assert not any(call in text for call in GIVEN), (plan, values, text)
    ids = [one["id"].lower() for one in found["resources"]]
    assert len(set(ids)) == len(ids)


def axes_of(plans, plan):
    parameters = plans[plan]["mainTemplate.json"].value["parameters"]
    sizes, brokers = (parameters[name]["allowedValues"] for name in ("deploymentSize", "messagingBackend"))
    switches = {name: (False, True) for name in SWITCHES if name in parameters}
    return {"deploymentSize": sizes, "messagingBackend": brokers}, switches | CHOICES


def test_that_any_two_choices_work_together(plans):
    for plan in plans:
        main, others = axes_of(plans, plan)
        for row in pairs(main | others):
            look_at(plans, plan, row)


@pytest.mark.slow
def test_that_any_two_choices_work_together_with_every_size_and_broker(plans):
    """The whole product of plans, sizes and brokers; in each all pairs of all other choices."""
    for plan, choice in combinations(plans):
        rows = list(pairs(axes_of(plans, plan)[1]))
        assert ALL_OFF.keys() <= rows[0].keys()
        for row in [*rows, ALL_OFF, ALL_ON]:
            look_at(plans, plan, choice | row)


def test_that_pairs_are_all_pairs():
    axes = {"a": (1, 2, 3), "b": (True, False), "c": ("x", "y")}
    rows = list(pairs(axes))
    seen = {frozenset(pair) for row in rows for pair in itertools.combinations(row.items(), 2)}
    assert seen == {
        frozenset({(one, value), (other, second)})
        for one, other in itertools.combinations(axes, 2)
        for value in axes[one]
        for second in axes[other]
    }
    assert len(rows) < 3 * 2 * 2


@pytest.mark.parametrize(
    ("broker", "namespaces", "clusters"),
    [("eventHubsPremium", 1, 0), ("eventHubsStandard", 2, 0), ("hdinsight", 0, 1), ("inCluster", 0, 0)],
)
def test_that_only_the_broker_that_was_chosen_is_made(plans, broker, namespaces, clusters):
    found = deploy(plans, messagingBackend=broker, deploymentSize="standard")
    assert len(resources(found, "Microsoft.EventHub/namespaces")) == namespaces
    assert len(resources(found, "Microsoft.HDInsight/clusters")) == clusters
    [storage] = resources(found, "Microsoft.Storage/storageAccounts")
    assert storage["properties"]["allowSharedKeyAccess"] is (broker == "hdinsight")


def test_that_hubs_and_partitions_stay_within_the_limits_of_the_tier(plans):
    for plan, choice in combinations(plans):
        found = deploy(plans, plan, **choice)
        hubs = resources(found, "Microsoft.EventHub/namespaces/eventhubs")
        for namespace in resources(found, "Microsoft.EventHub/namespaces"):
            own = [
                hub["properties"]["partitionCount"] for hub in hubs if hub["name"].startswith(f"{namespace['name']}/")
            ]
            sku = namespace["body"]["sku"]
            assert len(own) <= 10 if sku["name"] == "Standard" else sum(own) <= 200 * sku["capacity"]


def test_that_only_api_management_and_the_nat_gateway_have_public_addresses(plans):
    for plan, choice in combinations(plans):
        found = deploy(plans, plan, **choice)
        names = {one["name"].split("-")[1] for one in resources(found, "Microsoft.Network/publicIPAddresses")}
        assert names <= {"nat", "apim"}
        [server] = resources(found, "Microsoft.DBforMySQL/flexibleServers")
        assert "publicNetworkAccess" not in server["properties"]["network"]
        assert server["properties"]["network"]["delegatedSubnetResourceId"].endswith("/subnets/mysql")


def test_that_nothing_leaves_the_region(plans):
    """The region is that of the parameter; what has none of its own is part of another resource."""
    for plan, choice in combinations(plans):
        found = deploy(plans, plan, location="northeurope", **choice, **ALL_ON | {"mysqlGeoBackup": False})
        assert {one["body"].get("location", "northeurope") for one in found["resources"]} <= {"northeurope", "global"}
        assert "westeurope" not in json.dumps(found["resources"])
        [server] = resources(found, "Microsoft.DBforMySQL/flexibleServers")
        assert server["properties"]["backup"]["geoRedundantBackup"] == "Disabled"
        storages = resources(found, "Microsoft.Storage/storageAccounts")
        assert {one["body"]["sku"]["name"] for one in storages} == {"Standard_LRS"}


@pytest.mark.parametrize(
    ("size", "mode"), [("dev", "Disabled"), ("standard", "ZoneRedundant"), ("production", "ZoneRedundant")]
)
def test_that_only_servers_that_can_have_a_standby_get_one(plans, size, mode):
    found = deploy(plans, deploymentSize=size, mysqlHighAvailability="ZoneRedundant")
    [server] = resources(found, "Microsoft.DBforMySQL/flexibleServers")
    assert server["properties"]["highAvailability"]["mode"] == mode


@pytest.mark.parametrize("asked", [False, True])
def test_that_zones_are_used_only_when_they_are_asked_for(plans, asked):
    found = deploy(plans, deploymentSize="production", useAvailabilityZones=asked)
    [cluster] = resources(found, "Microsoft.ContainerService/managedClusters")
    zones = {tuple(pool["availabilityZones"] or ()) for pool in cluster["properties"]["agentPoolProfiles"]}
    assert zones == {("1", "2", "3") if asked else ()}
    [service] = resources(found, "Microsoft.ApiManagement/service")
    assert service["body"]["zones"] == (["1", "2"] if asked else None)
    [plan] = resources(found, "Microsoft.Web/serverfarms")
    assert plan["properties"]["zoneRedundant"] is asked
    [namespace] = resources(found, "Microsoft.EventHub/namespaces")
    assert namespace["properties"]["zoneRedundant"] is asked


@pytest.mark.parametrize(
    ("size", "pools"), [("dev", ["system"]), ("standard", ["system", "user"]), ("production", ["system", "user"])]
)
def test_the_cluster_by_size(plans, size, pools):
    [cluster] = resources(deploy(plans, deploymentSize=size), "Microsoft.ContainerService/managedClusters")
    properties = cluster["properties"]
    assert [pool["name"] for pool in properties["agentPoolProfiles"]] == pools
    assert properties["oidcIssuerProfile"]["enabled"] is True
    assert properties["securityProfile"]["workloadIdentity"]["enabled"] is True
    assert properties["addonProfiles"]["azureKeyvaultSecretsProvider"]["enabled"] is True
    assert properties["addonProfiles"]["omsagent"]["config"]["useAADAuth"] == "true"
    assert properties["networkProfile"]["outboundType"] == "userAssignedNATGateway"


def test_that_secrets_are_kept_by_tls_and_roles(production):
    [vault] = resources(production, "Microsoft.KeyVault/vaults")
    assert vault["properties"]["enableRbacAuthorization"] is True
    assert vault["properties"]["enablePurgeProtection"] is True
    for storage in resources(production, "Microsoft.Storage/storageAccounts"):
        assert storage["properties"]["minimumTlsVersion"] == "TLS1_2"
        assert storage["properties"]["allowBlobPublicAccess"] is False
    [site] = resources(production, "Microsoft.Web/sites")
    assert (site["properties"]["httpsOnly"], site["properties"]["siteConfig"]["minTlsVersion"]) == (True, "1.2")
    settings = resources(production, "Microsoft.DBforMySQL/flexibleServers/configurations")
    values = {one["name"].split("/")[1]: one["properties"]["value"] for one in settings}
    assert (values["require_secure_transport"], values["tls_version"]) == ("ON", "TLSv1.2,TLSv1.3")
    [namespace] = resources(production, "Microsoft.EventHub/namespaces")
    assert namespace["properties"]["minimumTlsVersion"] == "1.2"
    assert namespace["properties"]["publicNetworkAccess"] == "Disabled"
    [rule] = resources(production, "Microsoft.EventHub/namespaces/authorizationRules")
    assert sorted(rule["properties"]["rights"]) == ["Listen", "Send"]


ENDPOINTS = {
    "eventHubsPremium": ["blob", "namespace", "vault"],
    "eventHubsStandard": ["blob", "namespace", "namespace", "vault"],
    "hdinsight": ["vault"],
    "inCluster": ["blob", "vault"],
}
PUBLIC = {"Enabled", None}


@pytest.mark.parametrize("broker", ENDPOINTS)
def test_that_private_endpoints_close_what_they_open_inside(plans, broker):
    """Each has its zone, linked to the network; the account of an HDInsight cluster stays open."""
    found = deploy(plans, deploymentSize="standard", messagingBackend=broker, usePrivateEndpoints=True)
    endpoints = resources(found, "Microsoft.Network/privateEndpoints")
    targets = {}
    for one in endpoints:
        [connection] = one["properties"]["privateLinkServiceConnections"]
        targets[connection["properties"]["privateLinkServiceId"].lower()] = connection["properties"]["groupIds"]
        assert one["properties"]["subnet"]["id"].endswith("/subnets/endpoints")
    assert sorted(group for [group] in targets.values()) == ENDPOINTS[broker]
    by_id = {one["id"].lower(): one for one in found["resources"]}
    closed = {id_ for id_, one in by_id.items() if one["properties"].get("publicNetworkAccess") == "Disabled"}
    assert closed == set(targets)
    zones = {one["id"] for one in resources(found, "Microsoft.Network/privateDnsZones")}
    groups = resources(found, "Microsoft.Network/privateEndpoints/privateDnsZoneGroups")
    used = {
        config["properties"]["privateDnsZoneId"]
        for one in groups
        for config in one["properties"]["privateDnsZoneConfigs"]
    }
    linked = {
        one["id"].rpartition("/virtualNetworkLinks/")[0]
        for one in resources(found, "Microsoft.Network/privateDnsZones/virtualNetworkLinks")
    }
    assert len(groups) == len(endpoints)
    assert used <= zones == linked


def test_that_nobody_is_locked_out_by_private_endpoints(plans):
    """Scripts run inside, on an account that their service can open; API Management needs no vault."""
    found = deploy(plans, usePrivateEndpoints=True)
    script = install_script(found)
    assert script["containerSettings"]["subnetIds"][0]["id"].endswith("/subnets/scripts")
    accounts = {one["name"]: one["properties"] for one in resources(found, "Microsoft.Storage/storageAccounts")}
    scripts = accounts.pop(script["storageAccountSettings"]["storageAccountName"])
    assert (scripts["allowSharedKeyAccess"], scripts["publicNetworkAccess"]) == (True, "Enabled")
    [own] = accounts.values()
    assert (own["allowSharedKeyAccess"], own["publicNetworkAccess"]) == (False, "Disabled")
    values = {one["name"].split("/")[1]: one for one in resources(found, "Microsoft.ApiManagement/service/namedValues")}
    assert values["dfsp-auth-key"]["properties"]["keyVault"] is None


def test_that_everything_is_reached_from_outside_without_private_endpoints(plans):
    found = deploy(plans, usePrivateEndpoints=False)
    assert resources(found, "Microsoft.Network/privateEndpoints") == []
    assert {one["properties"].get("publicNetworkAccess") for one in found["resources"]} <= PUBLIC
    assert len(resources(found, "Microsoft.Storage/storageAccounts")) == 1
    values = {one["name"].split("/")[1]: one for one in resources(found, "Microsoft.ApiManagement/service/namedValues")}
    assert values["dfsp-auth-key"]["properties"]["value"] is None


@pytest.mark.parametrize("cross_tenant", [False, True])
def test_that_roles_are_given_to_identities_of_the_deployment(plans, cross_tenant):
    roles = resources(deploy(plans, crossTenant=cross_tenant), "Microsoft.Authorization/roleAssignments")
    assert len({one["name"] for one in roles}) == len(roles) == 12
    for role in roles:
        assert role["properties"]["principalType"] == "ServicePrincipal"
        delegated = role["properties"]["delegatedManagedIdentityResourceId"]
        assert delegated.startswith("/subscriptions/") if cross_tenant else delegated is None


def install_script(found):
    [script] = [one for one in resources(found, "Microsoft.Resources/deploymentScripts") if one["name"] == "install"]
    return script["properties"]


@pytest.mark.parametrize("private", [False, True])
def test_that_a_private_cluster_is_installed_from_inside(plans, private):
    found = deploy(plans, enablePrivateCluster=private)
    inside = install_script(found)["containerSettings"]
    assert inside["subnetIds"][0]["id"].endswith("/subnets/scripts") if private else inside is None
    [cluster] = resources(found, "Microsoft.ContainerService/managedClusters")
    assert cluster["properties"]["apiServerAccessProfile"]["enablePrivateCluster"] is private


def test_that_the_network_fits_together(production):
    [network] = resources(production, "Microsoft.Network/virtualNetworks")
    prefixes = {subnet["name"]: subnet["properties"]["addressPrefix"] for subnet in network["properties"]["subnets"]}
    assert prefixes == {
        "aks": "10.20.0.0/22",
        "mysql": "10.20.4.0/27",
        "apim": "10.20.4.64/27",
        "functions": "10.20.4.128/26",
        "endpoints": "10.20.4.192/26",
        "scripts": "10.20.5.0/28",
        "hdinsight": "10.20.6.0/24",
    }
    [record] = resources(production, "Microsoft.Network/privateDnsZones/A")
    assert record["properties"]["aRecords"] == [{"ipv4Address": "10.20.3.233"}]
    settings = {one["name"]: one["value"] for one in install_script(production)["environmentVariables"]}
    assert (settings["GATEWAY_ADDRESS"], settings["FUNCTIONS_PREFIX"]) == ("10.20.3.233", "10.20.4.128/26")


def test_that_nothing_is_installed_before_what_it_needs(production):
    by_id = {one["id"].lower(): one["name"] for one in production["resources"]}
    install = next(one for one in production["resources"] if one["name"] == "install" and one["deployment"] is None)
    waits = {by_id[one.lower()] for one in install["dependsOn"] if one.lower() in by_id}
    assert {"aks", "mysql", "messaging-eventhubs", "keyvault", "function", "apim"} <= waits


@pytest.mark.parametrize("away", [False, True])
def test_that_a_deployment_can_end_in_maintenance(plans, away):
    """After a restore nobody is let in before somebody has looked."""
    values = resources(deploy(plans, maintenance=away), "Microsoft.ApiManagement/service/namedValues")
    [told] = [one["properties"]["value"] for one in values if one["name"].endswith("/maintenance")]
    assert told == str(away).lower()


def test_that_a_restored_server_takes_the_place_of_the_other(plans):
    found = deploy(plans, mysqlServerName="mysql-restored")
    assert len(resources(found, "Microsoft.DBforMySQL/flexibleServers")) == 1
    servers = set(re.findall(r"DBforMySQL/flexibleServers/(mysql-[\w-]+)", json.dumps(found)))
    assert servers == {"mysql-restored"}


def test_that_names_of_deleted_things_are_not_used_again(plans):
    """Vaults, gateways and servers keep their names for a while; those of another group are others."""
    found = deploy(plans)
    kinds = (
        "KeyVault/vaults",
        "ApiManagement/service",
        "DBforMySQL/flexibleServers",
        "Storage/storageAccounts",
        "Web/sites",
    )
    for kind in kinds:
        [one] = resources(found, f"Microsoft.{kind}")
        assert len(one["name"]) > len("moja-") + 8
