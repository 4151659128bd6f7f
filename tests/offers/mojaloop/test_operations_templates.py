"""What operators get from the templates: alerts, dashboard, workbook, workflows, buttons, budget."""

import dataclasses
import json
import pathlib
import re

import pytest
import yaml

from .expansion import deploy, resources
from .workflow import Azure, run

OFFER = pathlib.Path(__file__).parents[3] / "marketplace/mojaloop"
ALERTS = yaml.safe_load((OFFER / "alerts.yaml").read_text())


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


# Tables of a resource's own kind, which are filled only when its diagnostic setting asks for them.
OWN_TABLES = {"ApiManagementGatewayLogs": "service", "AZMSApplicationMetricLogs": "namespaces"}


def test_that_questions_ask_tables_that_are_filled(production):
    queries = json.dumps(resources(production, "Microsoft.Insights/scheduledQueryRules"))
    assert all(table in queries for table in OWN_TABLES)
    settings = resources(production, "Microsoft.Insights/diagnosticSettings")
    own = {
        one["scope"].split("/")[-2]
        for one in settings
        if one["properties"].get("logAnalyticsDestinationType") == "Dedicated"
    }
    assert own == set(OWN_TABLES.values())


@pytest.mark.parametrize(
    ("broker", "watched"),
    [
        ("eventHubsPremium", {"messages-unread", "messages-behind"}),
        ("eventHubsStandard", {"messages-unread"}),
        ("hdinsight", set()),
        ("inCluster", set()),
    ],
)
def test_that_a_broker_is_watched_for_readers_that_fall_behind(plans, broker, watched):
    """Only Premium namespaces write how far a group of readers is behind; nothing is asked of tables that stay away."""
    rules = resources(deploy(plans, messagingBackend=broker), "Microsoft.Insights/scheduledQueryRules")
    names = {one["name"].removesuffix("-moja") for one in rules}
    assert {name for name in names if name.startswith("messages-")} == watched
    assert names - watched == {name for name, one in ALERTS["logs"].items() if "broker" not in one}


def test_that_a_failed_installation_is_told(plans):
    found = deploy(plans)
    [alert] = resources(found, "Microsoft.Insights/activityLogAlerts")
    properties = alert["properties"]
    conditions = {one["field"]: one["equals"] for one in properties["condition"]["allOf"]}
    assert conditions == {
        "category": "Administrative",
        "operationName": "Microsoft.Resources/deploymentScripts/write",
        "status": "Failed",
    }
    assert properties["scopes"] == ["/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/hub"]
    [group] = resources(found, "Microsoft.Insights/actionGroups")
    assert properties["actions"] == {"actionGroups": [{"actionGroupId": group["id"]}]}
    by_id = {one["id"].lower(): one for one in found["resources"]}
    home = by_id[alert["deployment"].lower()]["name"]
    install = next(one for one in found["resources"] if one["name"] == "install" and one["deployment"] is None)
    waits, seen = [install], set()
    while waits:
        for id_ in waits.pop()["dependsOn"]:
            if (one := by_id.get(id_.lower())) and one["name"] not in seen:
                seen.add(one["name"])
                waits.append(one)
    assert home in seen, "the alert is there before what it watches begins"


# Series that managed Prometheus keeps of kube-state-metrics without being told to (its minimal ingestion profile).
KEPT = {
    "kube_deployment_spec_replicas",
    "kube_deployment_status_replicas_available",
    "kube_pod_container_status_waiting_reason",
}


def test_that_rules_of_prometheus_ask_series_that_are_kept(plans):
    found = deploy(plans)
    [rules] = resources(found, "Microsoft.AlertsManagement/prometheusRuleGroups")
    [group] = resources(found, "Microsoft.Insights/actionGroups")
    assert len(rules["properties"]["rules"]) == len(ALERTS["prometheus"])
    asked = set()
    for rule in rules["properties"]["rules"]:
        asked |= set(re.findall(r"kube_\w+", rule["expression"]))
        assert set(re.findall(r'namespace="(\w+)"', rule["expression"])) == {"mojaloop"}
        assert rule["actions"] == [{"actionGroupId": group["id"]}]
    assert asked == KEPT


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
    assert [item["name"] for item in items] == [
        "heading",
        "requests",
        "transfers",
        "reports",
        "refused",
        "tests",
        "pods",
    ]
    assert all(item["content"]["query"] for item in items[1:])
    assert workbook["properties"]["sourceId"] in {one["id"] for one in production["resources"]}
    asked = set(
        re.findall(r'OperationId == "([\w-]+)"', json.dumps([item["content"] for item in items]).replace("\\", ""))
    )
    operations = resources(production, "Microsoft.ApiManagement/service/apis/operations")
    assert asked == {"post-transfers", "put-transfers-id", "put-transfers-id-error"}
    assert asked <= {one["name"].rpartition("/")[2] for one in operations}


@pytest.fixture(scope="module")
def flows(production):
    return {one["name"]: one["properties"]["definition"] for one in resources(production, "Microsoft.Logic/workflows")}


def test_that_there_is_a_workflow_for_each_button_and_each_clock(flows):
    both = ("commission", "decommission")
    assert set(flows) == {"wf-run-tests", *(f"wf-{name}{daily}" for name in both for daily in ("", "-daily"))}
    uris = re.findall(r'"uri": "([^"]+)"', json.dumps(list(flows.values())))
    assert uris
    assert all(uri.startswith("https://management.azure.com/subscriptions/") for uri in uris)


STOP = ["maintenance true", "stop cluster", "stop server"]
START = ["start server", "start cluster", "runCommand cluster", "maintenance false"]


@pytest.mark.parametrize(
    ("azure", "calls"),
    [
        (Azure(), STOP),
        (Azure(maintenance="true", cluster="Stopped"), [STOP[0], STOP[2]]),
        (Azure(maintenance="true", cluster="Stopped", server="Stopped"), STOP[:1]),
        # A server that was stopped starts by itself after thirty days.
        (Azure(server="Stopped"), STOP[:2]),
    ],
)
def test_that_stopping_goes_on_where_it_was(flows, azure, calls):
    azure = dataclasses.replace(azure, calls=[])
    assert run(flows["wf-decommission"], azure) == (200, "stopping")
    assert azure.calls == calls
    assert (azure.maintenance, azure.cluster, azure.server) == ("true", "Stopped", "Stopped")


@pytest.mark.parametrize(
    ("azure", "calls"),
    [
        (Azure("Stopped", "Stopped", maintenance="true"), START),
        (Azure("Ready", "Stopped", maintenance="true"), START[1:]),
        (Azure("Ready", "Running", maintenance="true"), START[2:]),
        (Azure(), START[2:]),
    ],
)
def test_that_starting_goes_on_where_it_was(flows, azure, calls):
    azure = dataclasses.replace(azure, calls=[])
    assert run(flows["wf-commission"], azure) == (200, "starting")
    assert azure.calls == calls
    assert (azure.maintenance, azure.cluster, azure.server) == ("false", "Running", "Ready")


def test_that_a_server_with_a_standby_is_not_half_stopped(flows):
    azure = Azure(standby="ZoneRedundant")
    status, text = run(flows["wf-decommission"], azure)
    assert (status, azure.calls) == (409, [])
    assert "standby" in text


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
