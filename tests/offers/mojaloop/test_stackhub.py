"""The offer for Azure Stack Hub: only what a stamp has, nothing that leads out of it, and files that fit each other."""

import datetime
import json
import pathlib
import re
import struct
import subprocess

import pytest
import yaml

from packager.arm.expand import expand
from packager.arm.jsonform import as_json
from packager.checks.config import Config
from packager.checks.finding import Severity
from packager.cli.main import run
from packager.data.platforms import platform
from packager.expressions.scope import Facts
from packager.pipeline.check import check_path
from packager.source.document import Document

from .helm_program import render_azure_chart

pytestmark = pytest.mark.slow

ROOT = pathlib.Path(__file__).parents[3]
OFFER = ROOT / "marketplace/mojaloop-stackhub"
HUB = platform("azure-stack-hub")
STAMP = {
    "name": "AzureStackCloud",
    "resourceManager": "https://management.local.azurestack.external/",
    "suffixes": {"storage": "local.azurestack.external", "keyvaultDns": ".vault.local.azurestack.external"},
}
FACTS = Facts(
    subscription_id="00000000-0000-0000-0000-000000000000",
    tenant_id="11111111-1111-1111-1111-111111111111",
    resource_group="hub",
    location="local",
    cloud=STAMP,
)
VALUES = {
    "namePrefix": "moja",
    "portalUrl": "https://portal.local.azurestack.external",
    "identitySystem": "adfs",
    "clusterPrincipalId": "00000000-0000-0000-0000-000000000001",
    "clusterPrincipalSecret": "not a secret 123",
    "operatorObjectId": "00000000-0000-0000-0000-000000000002",
    "adminUsername": "hubadmin",
    "sshPublicKey": "ssh-rsa AAAA",
    "operatorAddresses": "203.0.113.0/24",
    "hubName": "Hub",
    "currency": "USD",
    "gatewayHostName": "hub.example",
    "dfspCaCertificate": "MII" * 50,
    "_artifactsLocation": "https://files.example/hub/",
}
# Read where brokers ask who signs in, and where bulk transfers or the Testing Toolkit are wanted.
NOT_ON_A_STAMP = {"kafka-variables.tsv", "run-ttk.sh", "values-bulk.yaml", "values-ttk.yaml"}
SIZES = yaml.safe_load((OFFER / "sizes.yaml").read_text())


def expanded(package, **more):
    document = Document.from_bytes("mainTemplate.json", package.files["mainTemplate.json"])
    found = expand(document, VALUES | {"deploymentSize": "dev"} | more, FACTS)
    assert (found.troubles, found.missing) == ([], [])
    return as_json(found)


def test_the_profile_finds_nothing_but_the_digest_that_nobody_can_know_offline(stackhub):
    assert [one for one in stackhub.problems if "digest" not in one] == []
    checked = check_path(str(OFFER / "offer.yaml"), Config(profile="azure-stack-hub"), datetime.date(2026, 11, 26), {})
    found = {one.rule for one in checked.report.findings if one.severity > Severity.INFO}
    assert found == {"chart-digest-missing"}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("backend", [{}, {"databaseBackend": "machine", "databaseHost": "mysql.example"}])
def test_every_size_deploys_what_a_stamp_has_in_the_versions_that_it_has(stackhub, size, backend):
    found = expanded(stackhub, deploymentSize=size, **backend)
    assert found["skipped"] == []
    for one in found["resources"]:
        served = HUB.served(one["type"])
        assert served is not None, one["type"]
        assert one["apiVersion"] in served.versions, one["type"]
        assert HUB.instead(one["type"]) is None
        assert not {"identity", "zones"} & set(one["body"])
        assert one["location"] in (None, "local")
        if one["type"] in {"Microsoft.Network/publicIPAddresses", "Microsoft.Network/loadBalancers"}:
            assert one["body"]["sku"]["name"] == "Basic"


def test_what_stays_unknown_is_what_the_stamp_says_at_run_time(stackhub):
    found = expanded(stackhub)
    unknown = re.findall(r'"\$unknown": "\[(?:concat\(.*?)?(\w+)\(', json.dumps(found))
    assert unknown
    assert set(unknown) <= {"reference", "listKeys"}
    machine = next(one for one in found["resources"] if one["type"].endswith("/extensions"))
    command = machine["properties"]["protectedSettings"]["commandToExecute"]
    settings = decoded(command)
    assert settings["resourceManager"] == STAMP["resourceManager"]
    assert settings["location"] == "local"


def decoded(command):
    import base64

    start, encoded = command.rsplit(" ", 1)
    assert start == "bash prepare-machine.sh"
    return json.loads(base64.b64decode(encoded))


def test_no_secret_is_in_the_settings_or_shown(stackhub):
    found = expanded(stackhub)
    [extension] = [one for one in found["resources"] if one["type"].endswith("/extensions")]
    settings = decoded(extension["properties"]["protectedSettings"]["commandToExecute"])
    assert VALUES["clusterPrincipalSecret"] not in json.dumps([settings, found["outputs"]])
    holders = [one["name"] for one in found["resources"] if VALUES["clusterPrincipalSecret"] in json.dumps(one["body"])]
    assert [name.rpartition("/")[2] for name in holders] == ["cluster-principal-secret"]


def test_nothing_in_the_package_names_a_host_of_the_public_cloud(stackhub):
    hosts = (*HUB.hosts, "graph.windows.net", "azurecr.io", "database.windows.net")
    for name, data in stackhub.files.items():
        if name.endswith((".png", ".tgz")):
            continue
        text = data.decode().replace("schema.management.azure.com", "")
        assert [host for host in hosts if host in text] == [], name


def test_the_machine_gets_every_file_once_and_the_scripts_find_what_they_read(stackhub):
    [extension] = [one for one in expanded(stackhub)["resources"] if one["type"].endswith("/extensions")]
    names = [
        uri.removeprefix(VALUES["_artifactsLocation"])
        for uri in extension["properties"]["protectedSettings"]["fileUris"]
    ]
    assert [name for name in names if name not in stackhub.files] == []
    bases = [name.rpartition("/")[2] for name in names]
    assert len(set(bases)) == len(bases)
    for name in (name for name in names if name.startswith("scripts/") and name.endswith(".sh")):
        for read in re.findall(r'"\$here/([A-Za-z-]+\.(?:sh|json|tsv|yaml))"', stackhub.text(name)):
            assert read in {*bases, "settings.json", *NOT_ON_A_STAMP}, (name, read)
    left = set(stackhub.files) - set(names) - {"mainTemplate.json", "createUiDefinition.json"}
    assert {name.partition("/")[0] for name in left} == {"gallery"}


def test_the_api_model_is_one_that_a_stamp_takes_and_holds_no_secret(stackhub):
    model = stackhub.json("cluster/apimodel.json")
    properties = model["properties"]
    profile = properties["orchestratorProfile"]
    assert profile["orchestratorVersion"].startswith(profile["orchestratorRelease"] + ".")
    assert profile["orchestratorType"] == "Kubernetes"
    assert profile["kubernetesConfig"]["useInstanceMetadata"] is False
    [pool] = properties["agentPoolProfiles"]
    assert pool["availabilityProfile"] == "AvailabilitySet"
    assert properties["servicePrincipalProfile"] == {
        "clientId": "@clusterPrincipalId@",
        "secret": "@clusterPrincipalSecret@",
    }
    assert properties["customCloudProfile"]["portalURL"] == "@portalUrl@"


def test_sizes_are_those_that_the_form_and_the_values_know(stackhub):
    assert stackhub.json("cluster/sizes.json") == SIZES
    assert stackhub.json("mainTemplate.json")["parameters"]["deploymentSize"]["allowedValues"] == list(SIZES)
    assert all(f"helm/values-{size}.yaml" in stackhub.files for size in SIZES)


def test_names_are_those_of_the_variant_whose_manifests_these_are():
    own, other = (
        yaml.safe_load((ROOT / f"marketplace/{name}/offer.yaml").read_text())["variables"]
        for name in ("mojaloop-stackhub", "mojaloop-local")
    )
    for name in ("namespace", "chartVersion"):
        assert own[name] == other[name]


def png_size(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", data[16:24])


def test_the_gallery_item_has_what_its_manifest_names(stackhub):
    manifest = stackhub.json("gallery/Manifest.json")
    texts = stackhub.json("gallery/strings/resources.resjson")
    named = re.findall(r"ms-resource:(\w+)", stackhub.text("gallery/Manifest.json"))
    assert set(named) <= set(texts)
    assert f"gallery/{manifest['uiDefinition']['path']}" in stackhub.files
    icons = {one["id"]: one["path"].replace("\\", "/") for one in manifest["images"][0]["items"]}
    sizes = {name: png_size(stackhub.files[f"gallery/{path}"]) for name, path in icons.items()}
    assert sizes == {"small": (40, 40), "medium": (90, 90), "large": (115, 115), "wide": (255, 115)}
    assert re.fullmatch("[A-Za-z0-9]+", manifest["name"])
    assert re.fullmatch("[A-Za-z0-9]+", manifest["publisher"])
    lengths = {
        "displayName": (1, 80),
        "publisherDisplayName": (1, 30),
        "summary": (60, 100),
        "longSummary": (140, 256),
        "description": (500, 5000),
    }
    assert {name for name, (least, most) in lengths.items() if not least <= len(texts[name]) <= most} == set()


def test_the_item_is_put_together_with_the_templates_where_the_manifest_looks(stackhub, tmp_path):
    for name, data in stackhub.files.items():
        (tmp_path / "package" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "package" / name).write_bytes(data)
    command = ["bash", str(OFFER / "gallery-item.sh"), str(tmp_path / "package"), str(tmp_path / "item")]
    subprocess.run(command, check=True, capture_output=True)
    manifest = json.loads((tmp_path / "item/Manifest.json").read_text())
    paths = [one["path"] for one in manifest["artifacts"]] + [one["path"] for one in manifest["images"][0]["items"]]
    assert [path for path in paths if not (tmp_path / "item" / path.replace("\\", "/")).is_file()] == []
    again = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (again.returncode, "is there already" in again.stderr) == (1, True)
    wrong = subprocess.run(command[:3], check=False, capture_output=True, text=True)
    assert (wrong.returncode, "PACKAGE-FOLDER" in wrong.stderr) == (2, True)


def databases_of(values, found=None):
    found = [] if found is None else found
    for value in values.values():
        if isinstance(value, dict):
            if "db_host" in value.get("config", {}):
                found.append(value["config"])
            databases_of(value, found)
    return found


def merged(left, right):
    both = {key: merged(left[key], right[key]) for key in left.keys() & right.keys() if isinstance(left[key], dict)}
    return left | right | both


def test_every_service_speaks_with_the_database_and_the_broker_in_the_cluster(stackhub):
    values = stackhub.yaml("helm/moja-values.yaml")
    for name in ("dev", "plaintext", "stackhub"):
        values = merged(values, stackhub.yaml(f"helm/values-{name}.yaml"))
    configs = databases_of(values)
    assert len(configs) > 15
    assert {json.dumps(one["db_ssl_ca_secret"]) for one in configs} == {'{"name": "mojaloop-db-ssl", "key": "ca.crt"}'}
    ports = set(re.findall(r'"kafka_port": (\d+)', json.dumps(values)))
    assert ports == {"9092"}
    assert "simulator" not in str(values["mojaloop-simulator"])


@pytest.mark.parametrize("backend", ["inCluster", "machine"])
def test_the_chart_renders_for_both_places_of_the_database(stackhub, tmp_path, backend):
    places = {"mysqlHost": "mysql.example", "mysqlAdminLogin": "root", "hubName": "Hub"}
    settings = ("mysql.users=null",) if backend == "inCluster" else ()
    objects = render_azure_chart(stackhub, tmp_path, places, *settings)
    assert (("Job", "moja-azure-database-users") in objects) == (backend == "machine")
    service = objects["Service", "moja-azure-gateway"]
    assert [one["port"] for one in service["spec"]["ports"]] == [443]
    assert "annotations" not in service["metadata"]
    config = objects["ConfigMap", "moja-azure-gateway"]["data"]["nginx.conf"]
    assert "ssl_verify_client on" in config
    assert "_ledger" not in config


def test_what_the_form_hands_over_is_what_the_template_takes(stackhub, tmp_path, capsys):
    for name in ("mainTemplate.json", "createUiDefinition.json"):
        (tmp_path / name).write_bytes(stackhub.files[name])
    answers = ROOT / "docs/mojaloop/answers-azure-stack-hub.yaml"
    form, template = str(tmp_path / "createUiDefinition.json"), str(tmp_path / "mainTemplate.json")
    assert run(["simulate", form, "--answers", str(answers), "--template", template, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["errors"], found["template"]["problems"]) == ([], [])
    declared = stackhub.json("mainTemplate.json")["parameters"]
    assert {name for name, one in declared.items() if "defaultValue" not in one} <= set(found["outputs"])


@pytest.mark.slow
def test_no_answer_is_found_that_the_form_takes_and_the_template_refuses(capsys):
    assert run(["prove", str(OFFER / "offer.yaml")]) == 0
    assert "no answers were found that the form accepts and the template refuses" in capsys.readouterr().out
