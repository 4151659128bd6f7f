"""What the templates deploy, for every plan, size, broker and switch, as far as it can be known before."""

import json
import pathlib
import re

import pytest
import yaml

from packager.arm.expand import expand
from packager.arm.jsonform import as_json
from packager.expressions.scope import Facts
from packager.source.document import Document

OFFER = pathlib.Path(__file__).parents[3] / "marketplace/mojaloop"
OPERATIONS = yaml.safe_load((OFFER / "api/operations.yaml").read_text())
ALERTS = yaml.safe_load((OFFER / "alerts.yaml").read_text())
FACTS = Facts(
    subscription_id="00000000-0000-0000-0000-000000000000",
    tenant_id="11111111-1111-1111-1111-111111111111",
    resource_group="hub",
    location="westeurope",
    now=638_000_000_000_000_000,
    cloud="AzureCloud",
)
VALUES = {
    "namePrefix": "moja",
    "mysqlAdminLogin": "hub",
    "mysqlAdminPassword": "not a secret 1",
    "publisherName": "Scheme",
    "publisherEmail": "ops@example.org",
    "alertEmail": "ops@example.org",
    "dfspCaCertificate": "MII" * 50,
    "dfspCaThumbprint": "A" * 40,
    "hdinsightLoginPassword": "not a secret 2",
}
SWITCHES = (
    "useAvailabilityZones",
    "enablePrivateCluster",
    "usePrivateEndpoints",
    "enableBulk",
    "enableTtk",
    "runTtkTests",
    "ttkThroughGateway",
    "autoStopEnabled",
    "enableApplicationInsights",
    "enableManagedPrometheus",
    "mysqlGeoBackup",
    "crossTenant",
)
ALL_ON, ALL_OFF = dict.fromkeys(SWITCHES, True), dict.fromkeys(SWITCHES, False)
# Whatever the place of the deployment can say must not stay open; the rest only Azure knows.
GIVEN = ("resourceGroup().", "subscription()", "tenant()", "utcNow()", "environment()", "parameters(", "variables(")
KNOWN_TO_AZURE = re.compile(r"reference\(|listKeys\(|listCallbackUrl\(|deployment\(\)\.properties\.templateLink\.uri")


@pytest.fixture(scope="session")
def plans(mojaloop):
    """Each plan's documents, read once."""
    return {
        plan: {name: Document.from_bytes(name, data) for name, data in package.files.items() if name.endswith(".json")}
        for plan, package in mojaloop.items()
    }


def deploy(plans, plan="standard", **values):
    read = plans[plan]
    declared = read["mainTemplate.json"].value["parameters"]
    given = {name: value for name, value in (VALUES | values).items() if name in declared}
    found = expand(read["mainTemplate.json"], given, FACTS, read.get)
    assert (found.troubles, found.missing) == ([], [])
    return as_json(found)


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


def test_that_all_switches_together_work_with_every_size_and_broker(plans):
    for plan, choice in combinations(plans):
        for switches in (ALL_ON, ALL_OFF):
            look_at(plans, plan, choice | switches | {"apimHostName": "fspiop.example.org", "monthlyBudget": 100})


@pytest.mark.slow
def test_that_each_switch_alone_works_with_every_size_and_broker(plans):
    for plan, choice in combinations(plans):
        for switch in SWITCHES:
            look_at(plans, plan, choice | ALL_OFF | {switch: True})
            look_at(plans, plan, choice | ALL_ON | {switch: False})


def resources(found, kind):
    return [one for one in found["resources"] if one["type"].lower() == kind.lower()]


@pytest.fixture(scope="module")
def production(plans):
    return deploy(plans, deploymentSize="production", monthlyBudget=100, **ALL_ON)


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


APIS = "Microsoft.ApiManagement/service/apis"


def test_that_every_operation_of_the_table_exists_once_and_no_other(plans):
    expected = {
        (method, f"fspiop-{path}", template)
        for path, api in OPERATIONS.items()
        for template, methods in api["operations"].items()
        for method in methods
    }
    made = [
        (one["properties"]["method"], one["name"].split("/")[1], one["properties"]["urlTemplate"])
        for one in resources(deploy(plans, enableBulk=True), f"{APIS}/operations")
    ]
    assert len(made) == len(set(made)) == 52
    assert set(made) == expected


def test_that_templates_name_their_parameters(production):
    for operation in resources(production, f"{APIS}/operations"):
        named = re.findall(r"\{(\w+)\}", operation["properties"]["urlTemplate"])
        assert [one["name"] for one in operation["properties"]["templateParameters"]] == named
        assert all(one["required"] for one in operation["properties"]["templateParameters"])


def test_that_bulk_transfers_are_offered_only_when_they_are_installed(plans):
    without, with_bulk = (
        {one["properties"]["path"] for one in resources(deploy(plans, enableBulk=bulk), APIS)} for bulk in (False, True)
    )
    assert with_bulk - without == {"bulkTransfers"}
    assert with_bulk == set(OPERATIONS)


# First segments of what the services keep for operators; `participants` of the ledger is told apart by the gateway.
PRIVATE = {
    "settlementModels",
    "ledgerAccountTypes",
    "transactions",
    "enums",
    "v2",
    "settlements",
    "oracles",
    "health",
    "metrics",
    "_ledger",
}


def test_that_no_admin_path_is_public(production):
    for api in resources(production, APIS):
        assert api["properties"]["path"] not in PRIVATE
        assert api["properties"]["protocols"] == ["https"]
    for operation in resources(production, f"{APIS}/operations"):
        assert not PRIVATE & set(operation["properties"]["urlTemplate"].split("/"))


def test_that_each_api_has_its_policy_and_its_backend(production):
    paths = {one["properties"]["path"] for one in resources(production, APIS)}
    policies = {one["name"].split("/")[1] for one in resources(production, f"{APIS}/policies")}
    backends = resources(production, "Microsoft.ApiManagement/service/backends")
    assert policies == {f"fspiop-{path}" for path in paths}
    assert {one["name"].split("/")[1]: one["properties"]["url"] for one in backends} == {
        f"mojaloop-{path}": f"http://gateway.mojaloop.internal/{path}" for path in paths
    }


@pytest.mark.parametrize(("host", "count"), [("", 1), ("fspiop.example.org", 2)])
def test_that_clients_are_asked_for_certificates(plans, host, count):
    [service] = resources(deploy(plans, apimHostName=host), "Microsoft.ApiManagement/service")
    hosts = service["properties"]["hostnameConfigurations"]
    assert len(hosts) == count
    assert all(one["negotiateClientCertificate"] for one in hosts)
    assert [one["defaultSslBinding"] for one in hosts].count(True) == 1
    assert service["properties"]["certificates"] == [{"encodedCertificate": "MII" * 50, "storeName": "Root"}]


def test_that_only_api_management_and_the_nat_gateway_have_public_addresses(plans):
    for plan, choice in combinations(plans):
        found = deploy(plans, plan, **choice)
        names = {one["name"].split("-")[1] for one in resources(found, "Microsoft.Network/publicIPAddresses")}
        assert names <= {"nat", "apim"}
        [server] = resources(found, "Microsoft.DBforMySQL/flexibleServers")
        assert "publicNetworkAccess" not in server["properties"]["network"]
        assert server["properties"]["network"]["delegatedSubnetResourceId"].endswith("/subnets/mysql")


def test_that_nothing_leaves_the_region(plans):
    for plan, choice in combinations(plans):
        found = deploy(plans, plan, **choice)
        assert {one["body"].get("location", "westeurope") for one in found["resources"]} <= {"westeurope", "global"}
        [server] = resources(found, "Microsoft.DBforMySQL/flexibleServers")
        assert server["properties"]["backup"]["geoRedundantBackup"] == "Disabled"
        [storage] = resources(found, "Microsoft.Storage/storageAccounts")
        assert storage["body"]["sku"]["name"] == "Standard_LRS"


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


@pytest.mark.parametrize("enabled", [False, True])
def test_that_application_insights_is_wired_through_or_absent(plans, enabled):
    found = deploy(plans, enableApplicationInsights=enabled)
    assert len(resources(found, "Microsoft.Insights/components")) == enabled
    loggers = {one["name"].split("/")[1] for one in resources(found, "Microsoft.ApiManagement/service/loggers")}
    assert loggers == ({"azuremonitor", "appinsights"} if enabled else {"azuremonitor"})
    [site] = resources(found, "Microsoft.Web/sites")
    settings = {one["name"] for one in site["properties"]["siteConfig"]["appSettings"]}
    assert ("APPLICATIONINSIGHTS_CONNECTION_STRING" in settings) is enabled
    [cluster] = resources(found, "Microsoft.ContainerService/managedClusters")
    assert cluster["properties"]["azureMonitorProfile"]["appMonitoring"]["autoInstrumentation"]["enabled"] is enabled


@pytest.mark.parametrize("enabled", [False, True])
def test_that_managed_prometheus_is_wired_through_or_absent(plans, enabled):
    found = deploy(plans, enableManagedPrometheus=enabled)
    for kind in ("Microsoft.Monitor/accounts", "Microsoft.AlertsManagement/prometheusRuleGroups"):
        assert len(resources(found, kind)) == enabled
    rules = {one["name"].split("-")[0] for one in resources(found, "Microsoft.Insights/dataCollectionRules")}
    assert rules == ({"MSCI", "MSProm"} if enabled else {"MSCI"})


def test_that_secrets_are_kept_by_tls_and_roles(production):
    [vault] = resources(production, "Microsoft.KeyVault/vaults")
    assert vault["properties"]["enableRbacAuthorization"] is True
    assert vault["properties"]["enablePurgeProtection"] is True
    [storage] = resources(production, "Microsoft.Storage/storageAccounts")
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


def test_that_the_function_hears_api_management_alone(production):
    [site] = resources(production, "Microsoft.Web/sites")
    config = site["properties"]["siteConfig"]
    assert config["ipSecurityRestrictionsDefaultAction"] == "Deny"
    [rule] = config["ipSecurityRestrictions"]
    assert rule["vnetSubnetResourceId"].endswith("/subnets/apim")


@pytest.mark.parametrize("cross_tenant", [False, True])
def test_that_roles_are_given_to_identities_of_the_deployment(plans, cross_tenant):
    roles = resources(deploy(plans, crossTenant=cross_tenant), "Microsoft.Authorization/roleAssignments")
    assert len({one["name"] for one in roles}) == len(roles) == 12
    for role in roles:
        assert role["properties"]["principalType"] == "ServicePrincipal"
        delegated = role["properties"]["delegatedManagedIdentityResourceId"]
        assert delegated.startswith("/subscriptions/") if cross_tenant else delegated is None


# Names of platform metrics, by the kind of resource that has them.
METRICS = {
    "Microsoft.ContainerService/managedClusters": "node_cpu_usage_percentage node_memory_working_set_percentage",
    "Microsoft.DBforMySQL/flexibleServers": "cpu_percent memory_percent storage_percent io_consumption_percent"
    " active_connections aborted_connections",
    "Microsoft.EventHub/namespaces": "ThrottledRequests ServerErrors UserErrors IncomingMessages OutgoingMessages",
    "Microsoft.ApiManagement/service": "Capacity Duration BackendDuration Requests",
    "Microsoft.Web/sites": "Http5xx HttpResponseTime",
}


def test_that_alerts_watch_metrics_that_exist_on_resources_that_are_made(plans):
    found = deploy(plans, messagingBackend="eventHubsStandard")
    ids = {one["id"].lower(): one["type"] for one in found["resources"]}
    alerts = resources(found, "Microsoft.Insights/metricAlerts")
    kinds = ALERTS["metrics"].items()
    assert len(alerts) == sum(len(kind["alerts"]) * (2 if key == "eventhubs" else 1) for key, kind in kinds)
    [group] = resources(found, "Microsoft.Insights/actionGroups")
    for alert in alerts:
        [scope], properties = alert["properties"]["scopes"], alert["properties"]
        [criterion] = properties["criteria"]["allOf"]
        assert ids[scope.lower()] == criterion["metricNamespace"]
        assert criterion["metricName"] in METRICS[criterion["metricNamespace"]].split()
        assert properties["actions"] == [{"actionGroupId": group["id"]}]
    for rule in resources(found, "Microsoft.Insights/scheduledQueryRules"):
        assert rule["properties"]["actions"] == {"actionGroups": [group["id"]]}
        assert "@" not in rule["properties"]["criteria"]["allOf"][0]["query"]


def test_that_questions_ask_tables_that_are_filled(production):
    """Logs of API Management get tables of their own only when the setting says so."""
    queries = json.dumps(resources(production, "Microsoft.Insights/scheduledQueryRules"))
    assert "ApiManagementGatewayLogs" in queries
    settings = resources(production, "Microsoft.Insights/diagnosticSettings")
    own = {
        one["scope"].split("/")[-2]
        for one in settings
        if one["properties"].get("logAnalyticsDestinationType") == "Dedicated"
    }
    assert own == {"service"}


def test_that_other_brokers_have_no_alerts_of_event_hubs(plans):
    alerts = resources(deploy(plans, messagingBackend="inCluster"), "Microsoft.Insights/metricAlerts")
    watched = {one["properties"]["criteria"]["allOf"][0]["metricNamespace"] for one in alerts}
    assert watched == set(METRICS) - {"Microsoft.EventHub/namespaces"}


def test_that_views_show_metrics_that_exist(mojaloop):
    for package in mojaloop.values():
        views = package.json("viewDefinition.json")["views"]
        metrics = [one for view in views for chart in view["properties"].get("charts", []) for one in chart["metrics"]]
        assert metrics
        assert all(one["name"] in METRICS[one["resourceType"]].split() for one in metrics)


@pytest.mark.parametrize(("broker", "count"), [("eventHubsPremium", 7), ("inCluster", 6)])
def test_that_the_dashboard_shows_resources_that_are_made(plans, broker, count):
    found = deploy(plans, messagingBackend=broker)
    [dashboard] = resources(found, "Microsoft.Portal/dashboards")
    parts = dashboard["properties"]["lenses"][0]["parts"]
    places = {(part["position"]["x"], part["position"]["y"]) for part in parts}
    assert len(places) == len(parts) == count
    shown = re.findall(r'"resourceMetadata": \{"id": "([^"]+)"', json.dumps(parts))
    assert shown
    assert {one.lower() for one in shown} <= {one["id"].lower() for one in found["resources"]}


def test_that_the_workbook_is_json_with_a_tile_for_each_question(production):
    [workbook] = resources(production, "Microsoft.Insights/workbooks")
    items = json.loads(workbook["properties"]["serializedData"])["items"]
    assert [item["name"] for item in items] == ["heading", "requests", "transfers", "refused", "tests", "pods"]
    assert all(item["content"]["query"] for item in items[1:])


def actions_in_order(workflow):
    actions, found = workflow["properties"]["definition"]["actions"], []
    while len(found) < len(actions):
        ready = [name for name, one in actions.items() if name not in found and set(one["runAfter"]) <= set(found)]
        assert len(ready) == 1, "one after the other"
        found += ready
    return found


def test_that_workflows_stop_and_start_in_order(production):
    flows = {one["name"]: one for one in resources(production, "Microsoft.Logic/workflows")}
    both = ("commission", "decommission")
    assert set(flows) == {"wf-run-tests", *(f"wf-{name}{daily}" for name in both for daily in ("", "-daily"))}
    assert actions_in_order(flows["wf-decommission"]) == [
        "answer",
        "begin_maintenance",
        "stop_cluster",
        "stop_database",
    ]
    assert actions_in_order(flows["wf-commission"]) == [
        "answer",
        "start_database",
        "wait_for_database",
        "start_cluster",
        "wait_for_pods",
        "end_maintenance",
    ]
    uris = re.findall(r'"uri": "([^"]+)"', json.dumps(list(flows.values())))
    assert uris
    assert all(uri.startswith("https://management.azure.com/subscriptions/") for uri in uris)


def test_that_the_clock_is_there_only_when_it_is_asked_for(plans):
    when = {"stopHour": 20, "timeZone": "E. Africa Standard Time", "scheduleDays": ["Monday", "Friday"]}
    found = deploy(plans, autoStopEnabled=True, **when)
    [clock] = [one for one in resources(found, "Microsoft.Logic/workflows") if one["name"] == "wf-decommission-daily"]
    recurrence = clock["properties"]["definition"]["triggers"]["clock"]["recurrence"]
    assert recurrence["schedule"] == {"weekDays": ["Monday", "Friday"], "hours": [20], "minutes": [0]}
    assert recurrence["timeZone"] == "E. Africa Standard Time"
    names = {one["name"] for one in resources(deploy(plans), "Microsoft.Logic/workflows")}
    assert names == {"wf-commission", "wf-decommission"}


@pytest.mark.parametrize("tests", [False, True])
def test_that_buttons_have_actions(mojaloop, plans, tests):
    [provider] = resources(deploy(plans, enableTtk=tests), "Microsoft.CustomProviders/resourceProviders")
    actions = {action["name"] for action in provider["properties"]["actions"]}
    assert provider["name"] == "public", "the name that the portal looks for"
    views = mojaloop["standard"].json("viewDefinition.json")["views"]
    [overview] = [view for view in views if view["kind"] == "Overview"]
    commands = {command["path"] for command in overview["properties"]["commands"]}
    assert commands - actions == (set() if tests else {"run-tests"})
    assert actions <= commands


def test_that_a_budget_begins_with_a_month_and_only_with_an_amount(plans):
    assert resources(deploy(plans), "Microsoft.Consumption/budgets") == []
    [budget] = resources(deploy(plans, monthlyBudget=1500), "Microsoft.Consumption/budgets")
    assert budget["properties"]["amount"] == 1500
    assert budget["properties"]["timePeriod"]["startDate"].endswith("-01")


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
