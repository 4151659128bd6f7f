"""Bodies of resources beside the facts: what is reported, with which weight, and what is accepted."""

import json
import lzma
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.arm.bodies.describe import look_up
from packager.arm.bodies.judge import judge
from packager.arm.expand import expand
from packager.arm.expansion import ExpandedResource
from packager.data.renew_resource_types import laid_out
from packager.data.resource_exceptions import shipped_exceptions
from packager.data.resource_types import ResourceTypes, shipped_types
from packager.source.document import Document
from packager.source.spot import Spot

SCHEMAS = "https://schema.management.azure.com/schemas/"
TENANT = "00000000-0000-0000-0000-000000000000"
GROUP = SCHEMAS + "2019-04-01/deploymentTemplate.json#"
SUBSCRIPTION = SCHEMAS + "2018-05-01/subscriptionDeploymentTemplate.json#"
ACCOUNT = {
    "type": "Microsoft.Storage/storageAccounts",
    "apiVersion": "2023-05-01",
    "name": "account1",
    "location": "westeurope",
    "kind": "StorageV2",
    "sku": {"name": "Standard_LRS"},
}
VAULT = {
    "type": "Microsoft.KeyVault/vaults",
    "apiVersion": "2023-07-01",
    "name": "vault1",
    "location": "westeurope",
    "properties": {"tenantId": TENANT, "accessPolicies": [], "sku": {"family": "A", "name": "standard"}},
}


def problems(*resources, schema=GROUP, **sections):
    template = {"$schema": schema, "contentVersion": "1.0.0.0", "resources": list(resources), **sections}
    expanded = expand(Document.from_text("t.json", json.dumps(template)), {})
    assert expanded.troubles == []
    return [
        one
        for resource in expanded.resources
        for one in judge(resource, shipped_types(), shipped_exceptions())
        if one.weight != "style"
    ]


def said(*resources, **options):
    return [(one.kind.removeprefix("resource-"), one.sub, one.weight) for one in problems(*resources, **options)]


def account(**properties):
    return ACCOUNT | {"properties": properties}


UNKNOWN = ("property-unknown", None, "warning")


@pytest.mark.parametrize(
    "resource",
    [
        ACCOUNT,
        account(minimumTlsVersion=None, allowBlobPublicAccess="True", networkAcls=None),
        account(minimumTlsVersion="${tls}", networkAcls="<what you like>"),
        account(minimumTlsVersion="[reference('x').tls]", networkAcls="[reference('x')]"),
        account(**{"[reference('x').name]": 1}),
        ACCOUNT | {"kind": None, "sku": {"name": "standard_lrs"}},
        {key: value for key, value in ACCOUNT.items() if key != "kind"},
        ACCOUNT | {"apiVersion": "[parameters('p')]", "properties": {"nothing": 1}},
        ACCOUNT | {"apiVersion": "latest", "properties": {"nothing": 1}},
        ACCOUNT | {"type": "Nobody.Nowhere/things", "anything": 1},
        ACCOUNT | {"existing": True, "properties": {"nothing": 1}},
        ACCOUNT | {"condition": False, "properties": {"nothing": 1}},
        ACCOUNT | {"comments": 1, "metadata": 2, "options": 3, "asserts": 4},
    ],
)
def test_what_azure_takes_is_accepted(resource):
    assert problems(resource, parameters={"p": {"type": "string"}}) == []


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (account(nothing=1), [UNKNOWN]),
        (account(minimalTlsVersion=1), [("property-unknown", "misspelt", "warning")]),
        (account(networkAcls={"defaultAction": "Deny", "ipRule": []}), [("property-unknown", "misspelt", "warning")]),
        (account(accountType="x"), [("property-unknown", "other-version", "warning")]),
        (ACCOUNT | {"minimumTlsVersion": "TLS1_2"}, [("property-unknown", "moved", "warning")]),
        (account(kind="x"), [("property-unknown", "moved", "warning")]),
        (ACCOUNT | {"managedBy": "x"}, [("property-unknown", "envelope", "info")]),
        (account(provisioningState="x"), [("property-read-only", None, "info")]),
        (account(networkAcls={}), [("property-missing", None, "warning")]),
        (ACCOUNT | {"sku": {}}, [("property-missing", None, "warning")]),
        (account(networkAcls=[]), [("value-type", None, "error")]),
        (ACCOUNT | {"tags": ["a"]}, [("value-type", None, "error")]),
        (ACCOUNT | {"tags": {"a": {"b": 1}}}, [("value-type", None, "error")]),
        (account(minimumTlsVersion=True), [("value-type", None, "error")]),
        (account(allowBlobPublicAccess=1), [("value-type", None, "error")]),
        (account(accessTier="Tepid"), [("value-enum", None, "error")]),
        (account(minimumTlsVersion="TLS9"), [("value-enum", "open", "info")]),
        (ACCOUNT | {"name": "ab"}, [("value-range", "length", "error")]),
        (ACCOUNT | {"name": "a" * 25}, [("value-range", "length", "error")]),
        (VAULT | {"name": "a_b"}, [("value-range", "pattern", "warning")]),
        (VAULT | {"properties": "x"}, [("value-type", None, "error")]),
        (VAULT | {"properties": None}, []),
    ],
)
def test_each_kind_has_its_weight(resource, expected):
    assert said(resource) == expected


def test_a_reference_by_id_needs_nothing_else():
    disk = {
        "type": "Microsoft.Compute/virtualMachines",
        "apiVersion": "2024-07-01",
        "name": "vm",
        "location": "x",
        "properties": {"networkProfile": {"networkInterfaces": [{"id": "x"}]}, "storageProfile": {"osDisk": {"id": 1}}},
    }
    assert said(disk) == [("property-unknown", None, "warning")]
    disk["properties"]["storageProfile"] = {"osDisk": {}}
    assert said(disk) == [("property-missing", None, "warning")]


def test_loops_of_properties_count_as_present_and_are_judged():
    loop = {"name": "accessPolicies", "count": 2, "input": {"tenantId": TENANT, "objectId": "x", "permission": {}}}
    vault = VAULT | {"properties": {"tenantId": TENANT, "sku": {"family": "A", "name": "standard"}, "copy": [loop]}}
    assert said(vault) == [
        ("property-unknown", "misspelt", "warning"),
        ("property-missing", None, "warning"),
        ("property-unknown", "misspelt", "warning"),
        ("property-missing", None, "warning"),
    ]
    loop["count"] = "[length(resourceGroup().tags)]"
    assert said(vault) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("site/appsettings", []),
        ("[concat(parameters('p'), '/appsettings')]", []),
        ("[format('{0}/appsettings', parameters('p'))]", []),
        ("[format('{0}/{1}', parameters('p'), 'appsettings')]", []),
        ("site/web", [UNKNOWN]),
        ("[concat(parameters('p'), '/web')]", [UNKNOWN]),
        ("site/nonsense", [("value-enum", "discriminator", "error")]),
        ("[parameters('p')]", []),
    ],
)
def test_the_last_part_of_the_name_chooses_the_variant(name, expected):
    config = {"type": "Microsoft.Web/sites/config", "apiVersion": "2023-12-01", "name": name}
    assert said(config | {"properties": {"ANYTHING": "x"}}, parameters={"p": {"type": "string"}}) == expected


def test_without_a_discriminator_only_names_are_checked():
    script = {
        "type": "Microsoft.Resources/deploymentScripts",
        "apiVersion": "2023-08-01",
        "name": "script",
        "location": "x",
        "properties": {"anything": 1},
    }
    assert said(script) == []
    assert said(script | {"knid": "AzureCLI"}) == [("property-unknown", "misspelt", "warning")]


def test_extensions_in_the_old_form_are_what_their_name_says():
    lock = {
        "type": "Microsoft.Storage/storageAccounts/providers/locks",
        "apiVersion": "2020-05-01",
        "name": "[concat(parameters('p'), '/Microsoft.Authorization/lock')]",
        "properties": {"level": "Never"},
    }
    assert said(lock, parameters={"p": {"type": "string"}}) == [("value-enum", "open", "info")]


@pytest.mark.parametrize(
    ("schema", "type_", "scope", "expected"),
    [
        (GROUP, "Microsoft.Resources/resourceGroups", None, [("scope", None, "error")]),
        (SUBSCRIPTION, "Microsoft.Resources/resourceGroups", None, []),
        (GROUP, "Microsoft.Resources/resourceGroups", "/subscriptions/x", []),
        (GROUP, "Microsoft.Resources/resourceGroups", "[parameters('p')]", []),
        ("", "Microsoft.Resources/resourceGroups", None, []),
        (SUBSCRIPTION, "Microsoft.ManagedIdentity/userAssignedIdentities", None, [("scope", None, "warning")]),
        (GROUP, "Microsoft.Storage/locations/deletedAccounts", None, [("scope", "read-only", "error")]),
    ],
)
def test_a_type_is_written_at_scopes_that_it_supports(schema, type_, scope, expected):
    count = type_.count("/")
    resource = {"type": type_, "apiVersion": "2025-06-01", "name": "/".join(["abc"] * count), "location": "x"}
    found = said(resource | ({"scope": scope} if scope else {}), schema=schema, parameters={"p": {"type": "string"}})
    assert [one for one in found if one[0] == "scope"] == expected


def test_a_deployment_is_judged_but_for_what_its_own_template_evaluates():
    deployment = {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2022-09-01",
        "name": "nested",
        "resourceGroup": "other",
        "subscriptionId": "x",
        "properties": {"mode": "Increment", "parameters": "[variables('x')]", "template": {"resources": []}},
    }
    assert said(deployment, variables={"x": {}}) == [("value-enum", None, "error")]


def test_a_version_that_is_not_described_has_what_its_neighbours_have():
    database = {
        "type": "Microsoft.Sql/servers/databases",
        "apiVersion": "2015-01-01",
        "name": "server/database",
        "location": "x",
        "properties": {"edition": "Basic", "editions": "Basic"},
    }
    assert said(database) == [UNKNOWN]


def test_secrets_are_not_shown():
    secret = "[" * 3
    machine = {
        "type": "Microsoft.Sql/servers",
        "apiVersion": "2023-08-01",
        "name": "server",
        "location": "x",
        "properties": {"administratorLoginPassword": {"oops": secret}, "administratorLogin": 5},
    }
    assert all(secret not in one.message for one in problems(machine))


def test_thousands_of_unknown_properties_take_no_time():
    began = time.perf_counter()
    found = problems(account(**{f"nothing{number}": number for number in range(5_000)}))
    assert len(found) == 5_000
    assert time.perf_counter() - began < 5


def test_a_value_as_deep_as_it_likes_ends():
    deep = 1
    for _ in range(400):
        deep = {"innerErrors": [deep]}
    assert isinstance(problems(account(networkAcls={"defaultAction": "Deny", "ipRules": [deep]})), list)


NAMES = st.sampled_from(
    ["properties", "kind", "name", "id", "sku", "tier", "networkAcls", "ipRules", "[x]", "copy", ""]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | NAMES, inner, max_size=4),
    max_leaves=12,
)
TYPES = st.sampled_from(
    [
        "Microsoft.Storage/storageAccounts",
        "Microsoft.Web/sites/config",
        "Microsoft.Resources/deploymentScripts",
        "Microsoft.DataFactory/factories/pipelines",
        "Microsoft.Network/virtualNetworks",
    ]
)


@given(TYPES, st.dictionaries(NAMES | st.text(max_size=8), JSON, max_size=5))
def test_no_body_brings_it_down(type_, body):
    names = "/".join(["abc"] * type_.count("/"))
    resource = ExpandedResource(
        *("id", names, type_, "2024-01-01", None, None, None, None, False, True, (), body),
        Spot(Document.from_text("t", "")),
    )
    assert isinstance(judge(resource, shipped_types(), shipped_exceptions()), list)


def test_versions_are_compared_in_any_case():
    group = ACCOUNT | {"apiVersion": "2018-03-01-PREVIEW", "properties": {"nothing": 1}}
    (problem,) = problems(group)
    assert problem.message.startswith(
        "Microsoft.Storage/storageAccounts 2018-03-01-preview has no 'properties.nothing'"
    )


@pytest.fixture
def circles(tmp_path):
    """Facts of a type whose body holds itself, directly, in a list, and as a variant."""
    leaf = {"k": "obj", "p": {"self": 1 << 5, "list": 2 << 5, "choice": 3 << 5, "open": 4 << 5}}
    union = {"k": "disc", "d": "kind", "v": {"a": 3, "b": 1}}
    nodes = ["any", leaf, {"k": "arr", "i": 1}, union, {"k": "disc", "d": "kind"}]
    types = {"things": {"versions": {"2024-01-01": [1, 8, 8], "2025-01-01": [1, 8, 8]}}}
    data = laid_out({"namespace": "Acme.Things", "types": types, "nodes": nodes})
    packed = lzma.compress(data)
    entry = {"file": "acme.xz", "name": "Acme.Things", "bytes": len(packed), "json": len(data)}
    (tmp_path / "acme.xz").write_bytes(packed)
    (tmp_path / "index.json").write_text(json.dumps({"format": 1, "namespaces": {"acme.things": entry}}))
    return ResourceTypes(tmp_path)


def test_facts_that_hold_themselves_end(circles):
    body = {
        "self": {"self": {"list": [{"choice": {"kind": "b", "nothing": 1}}]}},
        "choice": {"kind": "a", "nothing": 1},
    }
    resource = ExpandedResource(
        *("id", "x", "acme.things/things", "2024-01-01", None, None, None, None, False, True, (), body),
        Spot(Document.from_text("t", "")),
    )
    found = [one for one in judge(resource, circles, shipped_exceptions()) if one.weight != "style"]
    assert [(one.kind, one.path) for one in found] == [
        ("resource-property-unknown", ("self", "self", "list", 0, "choice", "nothing")),
        ("resource-property-unknown", ("choice", "nothing")),
    ]
    things = circles.of("Acme.Things/things")
    assert "self.self" in [one.dotted for one in look_up(things, "2024-01-01", "self")]
    assert look_up(things, "2024-01-01", "nothing") == []


def test_a_choice_without_variants_is_open(circles):
    body = {"open": {"kind": "a", "anything": 1}}
    resource = ExpandedResource(
        *("id", "x", "Acme.Things/things", "2024-01-01", None, None, None, None, False, True, (), body),
        Spot(Document.from_text("t", "")),
    )
    assert judge(resource, circles, shipped_exceptions()) == []
