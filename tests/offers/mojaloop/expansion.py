"""Expands the templates of a plan for tests, with the answers that have no default filled in."""

import functools
import itertools

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
    "requireRegisteredCertificates",
    "maintenance",
    "crossTenant",
)
# What else a customer chooses; the values of each, the default first.
CHOICES = {
    "apimSku": ("bySize", "Developer", "StandardV2", "Premium"),
    "mysqlHighAvailability": ("Disabled", "SameZone", "ZoneRedundant"),
    "apimHostName": ("", "fspiop.example.org"),
    "currency2": ("", "EUR"),
    "imageRegistry": ("", "copies.azurecr.io"),
    "mysqlServerName": ("", "mysql-restored"),
    "kubernetesVersion": ("", "1.33"),
    "jwsSigningKey": ("", "LS0tLS1CRUdJTg=="),
    "monthlyBudget": (0, 100),
}
ALL_ON, ALL_OFF = dict.fromkeys(SWITCHES, True), dict.fromkeys(SWITCHES, False)


def pairs(axes):
    """Rows in which each value of an axis meets each value of every other at least once: far fewer than all of them.

    Each row begins with the first pair that is still open and takes on every other axis the value that closes most.
    """
    items = [[(name, value) for value in values] for name, values in axes.items()]
    left = {
        frozenset(pair) for one, other in itertools.combinations(items, 2) for pair in itertools.product(one, other)
    }
    while left:
        row = dict(min(left, key=lambda pair: sorted(map(str, pair))))
        for axis in items:
            if axis[0][0] not in row:
                row.update([max(axis, key=functools.partial(closes, row, left))])
        left -= {frozenset(pair) for pair in itertools.combinations(row.items(), 2)}
        yield row


def closes(row, left, item):
    """How many open pairs the item makes with what the row has."""
    return sum(frozenset({item, have}) in left for have in row.items())


def deploy(plans, plan="standard", **values):
    read = plans[plan]
    declared = read["mainTemplate.json"].value["parameters"]
    given = {name: value for name, value in (VALUES | values).items() if name in declared}
    found = expand(read["mainTemplate.json"], given, FACTS, read.get)
    assert (found.troubles, found.missing) == ([], [])
    return as_json(found)


def resources(found, kind):
    return [one for one in found["resources"] if one["type"].lower() == kind.lower()]
