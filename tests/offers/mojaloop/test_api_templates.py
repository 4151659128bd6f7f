"""API Management as the templates make it: every operation of the table, nothing besides, and who may call."""

import pathlib
import re

import pytest
import yaml

from .expansion import deploy, resources

OFFER = pathlib.Path(__file__).parents[3] / "marketplace/mojaloop"
OPERATIONS = yaml.safe_load((OFFER / "api/operations.yaml").read_text())


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


def test_that_the_function_hears_api_management_alone(production):
    [site] = resources(production, "Microsoft.Web/sites")
    config = site["properties"]["siteConfig"]
    assert config["ipSecurityRestrictionsDefaultAction"] == "Deny"
    [rule] = config["ipSecurityRestrictions"]
    assert rule["vnetSubnetResourceId"].endswith("/subnets/apim")
