"""What the offers deploy, as far as it can be known before: everything that the place of the deployment can say."""

import json

import pytest

from packager.arm.expand import expand
from packager.arm.jsonform import as_json
from packager.source.document import Document
from tests.offers.mojaloop.expansion import FACTS
from tests.offers.mojaloop.expansion import VALUES as CLOUD_VALUES

# What has no default in the offers: for the public cloud, and for Azure Local.
VALUES = CLOUD_VALUES | {
    "customLocationId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.ExtendedLocation/customLocations/site",
    "controlPlaneIp": "10.30.0.10",
    "sshPublicKey": "ssh-rsa AAAA",
    "gatewayHostName": "fspiop.example.org",
    "dfspCaCertificates": "LS0t" * 50,
}
# What a scope file can give must not stay open.
GIVEN = ("resourceGroup().", "subscription()", "tenant()", "utcNow()")


def expansion(package, **more):
    declared = package.json("mainTemplate.json")["parameters"]
    values = {name: value for name, value in (VALUES | more).items() if name in declared}
    documents = {
        name: Document.from_bytes(name, data) for name, data in package.files.items() if name.endswith(".json")
    }
    found = expand(documents["mainTemplate.json"], values, FACTS, documents.get)
    assert found.troubles == []
    assert found.missing == []
    return as_json(found)


def sizes(package):
    declared = package.json("mainTemplate.json")["parameters"].get("deploymentSize")
    return [None] if declared is None else declared["allowedValues"]


def test_every_plan_and_size_expands_with_nothing_open_that_is_known(any_package):
    for size in sizes(any_package):
        found = expansion(any_package, **({} if size is None else {"deploymentSize": size}))
        text = json.dumps(found)
        assert [call for call in GIVEN if call in text] == []
        assert len({one["id"].lower() for one in found["resources"]}) == len(found["resources"])


@pytest.mark.parametrize("high_availability", ["Disabled", "ZoneRedundant"])
def test_the_hub_deploys_its_database_and_waits_for_it(mojaloop, high_availability):
    found = expansion(mojaloop["standard"], deploymentSize="production", mysqlHighAvailability=high_availability)
    types = [one["type"].lower() for one in found["resources"]]
    assert types.count("microsoft.dbformysql/flexibleservers") == 1
    by_id = {one["id"].lower(): one for one in found["resources"]}
    install = next(one for one in found["resources"] if one["name"] == "install" and one["deployment"] is None)
    waits = [by_id[id_.lower()]["name"] for id_ in install["dependsOn"]]
    assert waits, "nothing is installed before the cluster exists"
