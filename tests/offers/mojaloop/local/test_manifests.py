"""The manifests: they build, are valid, stay in one namespace, and say the same as the offer for the cloud."""

import copy
import pathlib
import re
import shutil

import pytest
import yaml

from ..test_post_render import PATIENT, deployment
from ..test_values import CONFIG_KEYS, SERVICE_KEYS, at, leaves, merged
from .expansion import OWN_CERTIFICATE, deploy, flux
from .manifests import Manifests, kustomize

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("kubectl"), reason="kubectl builds the manifests"),
]
ROOT = pathlib.Path(__file__).parents[4]
NAMESPACE = "mojaloop"
# Kinds that belong to no namespace, and kinds that Kubernetes itself knows.
CLUSTER_WIDE = {"Namespace"}
BUILT_IN = {"Namespace", "ConfigMap", "ServiceAccount", "NetworkPolicy", "Deployment"}


@pytest.fixture(scope="module")
def choices(folder, documents):
    """Manifests for choices that have folders of their own."""
    sizes = {size: {"deploymentSize": size} for size in ("dev", "standard", "production")}
    others = {"volume": {"backupsInAzure": False}, "certificate": OWN_CERTIFICATE}
    return {
        name: Manifests(folder / "gitops", flux(deploy(documents, **values)))
        for name, values in (sizes | others).items()
    }


def test_that_kustomize_builds_every_folder(folder, local):
    folders = [name.rpartition("/")[0] for name in local.files if name.endswith("/kustomization.yaml")]
    assert len(folders) == 20
    for one in folders:
        assert list(yaml.safe_load_all(kustomize(folder / one))), one


def test_that_everything_is_in_the_one_namespace(manifests, choices):
    for one in [manifests, *choices.values()]:
        for thing in one.everything():
            if thing["kind"] not in CLUSTER_WIDE:
                assert thing["metadata"]["namespace"] == NAMESPACE, thing["metadata"]["name"]
            assert "namespace" not in str(thing.get("spec", {}).get("chart", {}).get("spec", {}).get("sourceRef", {}))


def test_that_no_object_is_applied_twice(manifests, choices):
    for one in [manifests, *choices.values()]:
        keys = [(thing["kind"], thing["metadata"]["name"]) for thing in one.everything()]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("version", ["1.29.0", "1.34.0"])
def test_that_kubernetes_takes_its_own_kinds(manifests, choices, version):
    kubernetes = pytest.importorskip("kubernetes_validate", reason="objects are validated by kubernetes-validate")
    seen = set()
    for one in [manifests, choices["volume"], choices["certificate"]]:
        for thing in one.everything():
            if thing["kind"] in BUILT_IN:
                kubernetes.validate(thing, version, strict=True)
                seen.add(thing["kind"])
    assert seen == BUILT_IN


def test_that_numbers_stay_texts_where_texts_are_wanted(folder, documents):
    """A hub may be called True, and limits are numbers; data of a ConfigMap are texts."""
    manifests = Manifests(folder / "gitops", flux(deploy(documents, hubName="True")))
    facts = manifests.named("ConfigMap")["mojaloop-facts"]["data"]
    assert facts == {name: value for name, value in manifests.facts.items() if name != "quote"}
    values = yaml.safe_load(manifests.named("ConfigMap")["moja-values"]["data"]["values.yaml"])
    assert at(values, "quoting-service.quoting-service.config.hub_participant.name") == "True"


def test_that_no_secret_is_written_down(manifests):
    assert manifests.named("Secret") == {}
    for thing in manifests.everything():
        for path, value in leaves(thing):
            assert not re.search("PRIVATE KEY|AccountKey=|sig=", str(value)), path


def test_that_images_have_versions(manifests):
    images = [value for thing in manifests.everything() for path, value in leaves(thing) if path.endswith("image")]
    images += [
        one["image"]
        for thing in manifests.named("Deployment").values()
        for one in thing["spec"]["template"]["spec"]["containers"]
    ]
    assert len(images) >= 8
    for image in images:
        assert re.search(r":[\w.-]*\d[\w.-]*$", image), image


# Flux


def test_that_releases_have_charts_of_one_version(manifests):
    charts = {name: one["spec"]["chart"]["spec"] for name, one in manifests.named("HelmRelease").items()}
    assert {name: (one["chart"], one.get("version")) for name, one in charts.items()} == {
        "cert-manager": ("cert-manager", "v1.21.0"),
        "strimzi-kafka-operator": ("strimzi-kafka-operator", "1.1.0"),
        "pxc-operator": ("pxc-operator", "1.20.0"),
        "psmdb-operator": ("psmdb-operator", "1.23.0"),
        "moja": ("mojaloop", "17.2.0"),
        "moja-azure": ("./charts/mojaloop-azure", None),
    }
    repositories = manifests.named("HelmRepository")
    for one in charts.values():
        if one["sourceRef"]["kind"] == "HelmRepository":
            assert one["sourceRef"]["name"] in repositories
        else:
            assert one["sourceRef"] == {"kind": "Bucket", "name": "mojaloop"}


def test_that_a_release_finds_its_values(manifests):
    values = manifests.named("ConfigMap")
    for release in manifests.named("HelmRelease").values():
        for source in release["spec"].get("valuesFrom", []):
            if source["name"] != "gateway-access":  # operators write it
                assert source["valuesKey"] in values[source["name"]]["data"], source


def test_that_the_upstream_chart_is_patched_as_in_the_cloud(manifests, mojaloop):
    """The same patches as install.sh gives Helm for a broker without sign-in, and what Kustomize makes of them."""
    [renderer] = manifests.named("HelmRelease")["moja"]["spec"]["postRenderers"]
    cloud = mojaloop["standard"].yaml("post-render/kustomization-plaintext.yaml")
    assert renderer["kustomize"]["patches"] == cloud["patches"]


def test_that_the_patches_make_consumers_patient_and_change_nothing_else(manifests, tmp_path):
    [renderer] = manifests.named("HelmRelease")["moja"]["spec"]["postRenderers"]
    originals = [deployment(name) for name in [*sorted(PATIENT), "moja-centralledger-service", "moja-quoting-service"]]
    (tmp_path / "rendered.yaml").write_text(yaml.safe_dump_all(originals))
    (tmp_path / "kustomization.yaml").write_text(
        yaml.safe_dump({"resources": ["rendered.yaml"], "patches": renderer["kustomize"]["patches"]})
    )
    found = {one["metadata"]["name"]: one for one in yaml.safe_load_all(kustomize(tmp_path))}
    for original in originals:
        expected = copy.deepcopy(original)
        name = original["metadata"]["name"]
        if name in PATIENT:
            expected["spec"]["template"]["spec"]["containers"][0]["livenessProbe"]["failureThreshold"] = 8
        assert found[name] == expected


# Values


def values_of(manifests, *optional):
    data = {name: one.get("data", {}) for name, one in manifests.named("ConfigMap").items()}
    texts = [data["moja-values"][key] for key in ("values.yaml", "plaintext.yaml", "databases.yaml")]
    texts += [data[name]["values.yaml"] for name in ("moja-values-size", *optional)]
    return merged(*(yaml.safe_load(text) for text in texts))


def test_that_services_find_database_and_broker_in_the_cluster(manifests):
    values = values_of(manifests, "moja-values-bulk", "moja-values-ttk")
    hosts = {path.rpartition(".")[2]: set() for path, _ in leaves(values)}
    for path, value in leaves(values):
        hosts[path.rpartition(".")[2]].add(str(value))
    assert hosts["db_host"] == {"mojaloop-db-haproxy"}
    assert hosts["kafka_host"] == {"mojaloop-kafka-kafka-bootstrap"}
    assert hosts["kafka_port"] == {"9092"}
    assert hosts["mongo_host"] == {"mojaloop-mongodb-rs0"}
    assert at(values, "ml-testing-toolkit.ml-testing-toolkit-backend.config.mongodb.host") == "mojaloop-mongodb-rs0"
    assert not re.search(r"@[A-Za-z]+@|\$\{", yaml.safe_dump(values))


def test_that_every_service_trusts_the_databases_of_this_installation_alone(manifests):
    values = values_of(manifests)
    paths = [path.removesuffix(".db_host") for path, _ in leaves(values) if path.endswith(".db_host")]
    [database] = manifests.named("PerconaXtraDBCluster").values()
    assert len(paths) == 22
    for path in paths:
        config = at(values, path)
        assert (config["db_ssl_enabled"], config["db_ssl_verify"]) == (True, True)
        assert config["db_ssl_ca_secret"] == {"name": database["spec"]["sslSecretName"], "key": "ca.crt"}


def check_keys(values, path):
    for key, below in values.items():
        if key == "config":
            assert set(below) <= CONFIG_KEYS | {"db_ssl_ca_secret"}, path
        elif key not in SERVICE_KEYS:
            assert isinstance(below, dict), (path, key)
            check_keys(below, f"{path}.{key}")


def test_that_values_are_keys_of_the_chart(manifests):
    values = values_of(manifests, "moja-values-bulk", "moja-values-ttk")
    check_keys({key: value for key, value in values.items() if key != "pdb"}, "values")


@pytest.mark.parametrize("size", ["dev", "standard", "production"])
def test_that_the_databases_have_connections_for_all_pods(choices, size):
    values = values_of(choices[size])
    most = 0
    for path, value in leaves(values):
        if path.endswith("db_connection_pool_max"):
            most += value * at(values, path.removesuffix(".config.db_connection_pool_max"))["replicaCount"]
    [database] = choices[size].named("PerconaXtraDBCluster").values()
    [limit] = re.findall(r"^max_connections=(\d+)$", database["spec"]["pxc"]["configuration"], re.MULTILINE)
    assert most < int(limit)


# Databases, broker, secrets


def test_that_mysql_behaves_as_the_services_expect(manifests):
    [database] = manifests.named("PerconaXtraDBCluster").values()
    spec = database["spec"]
    assert (spec["pxc"]["size"], spec["haproxy"]["size"]) == (3, 3)
    settings = dict(line.split("=") for line in spec["pxc"]["configuration"].splitlines() if "=" in line)
    assert settings["pxc_strict_mode"] == "PERMISSIVE"
    assert (settings["auto_increment_increment"], settings["auto_increment_offset"]) == ("1", "1")
    assert spec["tls"]["issuerConf"]["name"] in manifests.named("Issuer")
    assert "mojaloop-db-haproxy" in spec["tls"]["SANs"]
    assert database["metadata"]["annotations"]["kustomize.toolkit.fluxcd.io/prune"] == "disabled"


def test_that_backups_go_where_they_were_told_to(manifests, choices):
    for one, kind in ((manifests, "azure"), (choices["volume"], "filesystem")):
        [database] = one.named("PerconaXtraDBCluster").values()
        backup = database["spec"]["backup"]
        [schedule] = backup["schedule"]
        assert backup["storages"][schedule["storageName"]]["type"] == kind
        assert schedule["keep"] == 7
        assert ("pitr" in backup) == (kind == "azure"), "a volume of one node takes no stream of changes"
    [database] = manifests.named("PerconaXtraDBCluster").values()
    azure = database["spec"]["backup"]["storages"]["backups"]["azure"]
    assert azure["endpointUrl"] == "https://stmoja.blob.core.windows.net"
    assert set(secrets_of(manifests)[azure["credentialsSecret"]]) == {
        "AZURE_STORAGE_ACCOUNT_NAME",
        "AZURE_STORAGE_ACCOUNT_KEY",
    }


def test_that_kafka_has_every_topic(manifests):
    table = yaml.safe_load((ROOT / "marketplace/mojaloop/topics.yaml").read_text())["groups"]
    topics = manifests.named("KafkaTopic")
    assert set(topics) == {topic for group in table.values() for topic in group["topics"]}
    for name, topic in topics.items():
        assert topic["spec"]["replicas"] == 3
        assert topic["spec"]["partitions"] == (1 if name in table["bulk"]["topics"] else 4)
    [kafka] = manifests.named("Kafka").values()
    [pool] = manifests.named("KafkaNodePool").values()
    assert pool["spec"]["replicas"] == 3
    assert {one["metadata"]["labels"]["strimzi.io/cluster"] for one in [pool, *topics.values()]} == {
        kafka["metadata"]["name"]
    }
    assert kafka["spec"]["kafka"]["config"]["auto.create.topics.enable"] is False


def secrets_of(manifests):
    """Secrets that the provider makes, each with the name in the vault of its keys."""
    return {
        one["secretName"]: {entry["key"]: entry["objectName"] for entry in one["data"]}
        for provider in manifests.named("SecretProviderClass").values()
        for one in provider["spec"]["secretObjects"]
    }


def test_that_secrets_that_are_named_come_from_the_vault(manifests, local):
    made = secrets_of(manifests)
    [database] = manifests.named("PerconaXtraDBCluster").values()
    [documents] = manifests.named("PerconaServerMongoDB").values()
    named = [user["passwordSecretRef"] for user in [*database["spec"]["users"], *documents["spec"]["users"]]]
    values = values_of(manifests, "moja-values-bulk", "moja-values-ttk")
    named += _references(values, {"db_secret", "jwsSigningKeySecret", "mongo_secret", "secret"})
    assert len(named) > 30
    for one in named:
        assert one["key"] in made[one["name"]], one
    passwords = set(local.text("scripts/passwords.txt").split())
    assert {name for keys in made.values() for name in keys.values()} == passwords | {
        *("switch-jws-key", "backup-account", "backup-account-key", "mongodb-password"),
    }


def _references(values, keys):
    if isinstance(values, dict):
        for key, below in values.items():
            if key in keys:
                yield below
            else:
                yield from _references(below, keys)


def test_that_providers_fetch_what_they_hand_on(manifests, choices):
    for one in (manifests, choices["certificate"]):
        for name, provider in one.named("SecretProviderClass").items():
            listed = yaml.safe_load(provider["spec"]["parameters"]["objects"])["array"]
            fetched = [yaml.safe_load(entry)["objectName"] for entry in listed]
            handed = [entry["objectName"] for secret in provider["spec"]["secretObjects"] for entry in secret["data"]]
            assert fetched == handed
            [holder] = [pod for pod in one.named("Deployment").values() if pod["metadata"]["name"] == name]
            [volume] = holder["spec"]["template"]["spec"]["volumes"]
            assert volume["csi"]["volumeAttributes"] == {"secretProviderClass": name}
    assert set(secrets_of(choices["certificate"])["gateway-tls"]) == {"tls.crt", "tls.key"}


def test_that_pods_that_hold_secrets_are_confined(manifests):
    for pod in manifests.named("Deployment").values():
        spec = pod["spec"]["template"]["spec"]
        [container] = spec["containers"]
        assert spec["automountServiceAccountToken"] is False
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert set(container["resources"]) == {"requests", "limits"}


# Gateway, network


def test_that_the_gateway_knows_participants_by_their_certificates(manifests, choices):
    data = manifests.named("ConfigMap")
    gateway = yaml.safe_load(data["moja-azure-values"]["data"]["values.yaml"])["gateway"]
    assert gateway["mutualTls"]["enabled"] is True
    assert gateway["mutualTls"]["hubName"] == "Hub"
    assert "ca.crt" in data[gateway["mutualTls"]["authorities"]]["binaryData"]
    secret = gateway["mutualTls"]["serverSecret"]
    assert manifests.named("Certificate")[secret]["spec"]["secretName"] == secret
    assert manifests.named("Certificate")[secret]["spec"]["dnsNames"] == ["fspiop.example.org"]
    assert secret in secrets_of(choices["certificate"])
    assert secret not in choices["certificate"].named("Certificate")
    operations = yaml.safe_load((ROOT / "marketplace/mojaloop/api/operations.yaml").read_text())
    assert {one["segment"]: one["service"] for one in gateway["routes"]} == {
        path: f"moja-{api['service']}" for path, api in operations.items()
    }


def test_that_only_the_gateway_is_reached_from_outside(manifests):
    policies = manifests.named("NetworkPolicy")
    opened = {name: one["spec"] for name, one in policies.items() if one["spec"].get("ingress") == [{}]}
    assert list(opened) == ["participants-at-the-gateway"]
    assert (
        opened["participants-at-the-gateway"]["podSelector"]["matchLabels"]["app.kubernetes.io/component"] == "gateway"
    )
    assert "ingress" not in policies["nothing-from-outside"]["spec"]


def test_that_versions_stand_in_the_offer_alone():
    """What is written twice is different one day."""
    text = "".join(path.read_text() for path in (ROOT / "marketplace/mojaloop-local/gitops").rglob("*.j2"))
    assert not re.search(r"version: v?\d|image: .*:\d", text)
