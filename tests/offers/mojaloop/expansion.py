"""Expands the templates of a plan for tests, with the answers that have no default filled in."""

from packager.arm.expand import expand
from packager.arm.jsonform import as_json
from packager.expressions.scope import Facts

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


def deploy(plans, plan="standard", **values):
    read = plans[plan]
    declared = read["mainTemplate.json"].value["parameters"]
    given = {name: value for name, value in (VALUES | values).items() if name in declared}
    found = expand(read["mainTemplate.json"], given, FACTS, read.get)
    assert (found.troubles, found.missing) == ([], [])
    return as_json(found)


def resources(found, kind):
    return [one for one in found["resources"] if one["type"].lower() == kind.lower()]
