"""Values of the upstream chart, against the keys that its release 17.2.0 has."""

import itertools
import re

import pytest

pytestmark = pytest.mark.slow

INGRESS_KEYS = [
    "account-lookup-service.account-lookup-service",
    "account-lookup-service.account-lookup-service-admin",
    "account-lookup-service.account-lookup-service-handler-timeout",
    "als-msisdn-oracle",
    "quoting-service.quoting-service",
    "quoting-service.quoting-service-handler",
    "ml-api-adapter.ml-api-adapter-service",
    "ml-api-adapter.ml-api-adapter-handler-notification",
    "centralledger.centralledger-service",
    "centralledger.centralledger-handler-transfer-prepare",
    "centralledger.centralledger-handler-transfer-position",
    "centralledger.centralledger-handler-transfer-get",
    "centralledger.centralledger-handler-transfer-fulfil",
    "centralledger.centralledger-handler-timeout",
    "centralledger.centralledger-handler-admin-transfer",
    "centralsettlement.centralsettlement-service",
    "transaction-requests-service",
    "simulator",
    "mojaloop-bulk.bulk-api-adapter.bulk-api-adapter-service",
    "ml-testing-toolkit.ml-testing-toolkit-backend",
    "ml-testing-toolkit.ml-testing-toolkit-frontend",
]
SIGNING = [
    "account-lookup-service.account-lookup-service",
    "quoting-service.quoting-service",
    "quoting-service.quoting-service-handler",
    "ml-api-adapter.ml-api-adapter-handler-notification",
    "mojaloop-bulk.bulk-api-adapter.bulk-api-adapter-handler-notification",
]
POD_CONNECTIONS = {"dev": 341, "standard": 683, "production": 1365}


def merged(*trees):
    result = {}
    for key in dict.fromkeys(itertools.chain.from_iterable(trees)):
        found = [tree[key] for tree in trees if key in tree]
        result[key] = merged(*found) if all(isinstance(value, dict) for value in found) else found[-1]
    return result


def values_of(package, size):
    return merged(package.yaml("helm/moja-values.yaml"), package.yaml(f"helm/values-{size}.yaml"))


def at(values, path):
    for key in path.split("."):
        values = values[key]
    return values


def leaves(values, path=""):
    if isinstance(values, dict):
        for key, below in values.items():
            yield from leaves(below, f"{path}.{key}".lstrip("."))
    else:
        yield path, values


@pytest.mark.parametrize("size", ["dev", "standard", "production"])
@pytest.mark.parametrize("key", INGRESS_KEYS)
def test_that_no_service_asks_for_an_ingress(mojaloop, size, key):
    assert at(values_of(mojaloop["standard"], size), key)["ingress"] == {"enabled": False}


def test_that_whoever_signs_has_a_key_of_this_installation(package):
    values = package.yaml("helm/moja-values.yaml")
    signing = {
        path.removesuffix(".config.endpointSecurity.jwsSign")
        for path, value in leaves(values)
        if path.endswith(".jwsSign") and value is True
    }
    assert signing == set(SIGNING)
    for path in signing:
        secret = at(values, path)["config"]["endpointSecurity"]["jwsSigningKeySecret"]
        assert secret == {"name": "switch-jws", "key": "tls.key"}


def test_that_every_service_with_a_database_signs_in_as_its_user_over_tls(package):
    values = package.yaml("helm/moja-values.yaml")
    keys = {
        "central_ledger": "mysql-password",
        "account_lookup": "mysql-als-password",
        "oracle_msisdn": "mysql-oracle-password",
    }
    paths = [path.removesuffix(".db_host") for path, _ in leaves(values) if path.endswith(".db_host")]
    assert len(paths) == 22
    for path in paths:
        config = at(values, path)
        assert config["db_user"] == config["db_database"]
        assert config["db_secret"] == {"name": "mysqldb", "key": keys[config["db_user"]]}
        assert (config["db_ssl_enabled"], config["db_ssl_verify"]) == (True, True)


def test_that_no_value_is_a_secret(package):
    for name in ("helm/moja-values.yaml", "helm/moja-azure-values.yaml", "helm/values-dev.yaml"):
        for path, value in leaves(package.yaml(name)):
            assert not path.endswith((".password", "_password")), path
            assert not re.search("PRIVATE KEY|SharedAccessKey=", str(value)), path


def test_that_only_known_places_are_left_to_the_install_script(package):
    known = set(re.findall(r"@([A-Za-z]+)@", package.text("scripts/releases.sh")))
    files = [name for name in package.files if name.startswith("helm/") and name.endswith(".yaml")]
    assert {place for name in files for place in re.findall(r"@([A-Za-z]+)@", package.text(name))} == known


def test_that_users_databases_and_passwords_agree(package):
    users = package.yaml("helm/moja-azure-values.yaml")["mysql"]["users"]
    databases = package.json("nested/mysql.json")["variables"]["databases"]
    owners = [user for user in users if "table" not in user]
    assert [user["database"] for user in owners] == databases == [user["name"] for user in owners]
    assert databases == ["central_ledger", "account_lookup", "oracle_msisdn", "auth_svc", "consent_oracle"]
    [reader] = [user for user in users if "table" in user]
    assert (reader["database"], reader["table"]) == ("central_ledger", "participant")
    listed = [line.split("\t") for line in package.text("helm/database-users.tsv").splitlines()]
    assert listed == [[user["name"], user["passwordKey"]] for user in users]


@pytest.mark.parametrize("size", ["dev", "standard", "production"])
def test_that_the_server_of_a_size_has_connections_for_all_pods(mojaloop, size):
    """Against what the smallest server of the size allows; pods x pool is the most that can be open at once."""
    values = values_of(mojaloop["standard"], size)
    most = 0
    for path, value in leaves(values):
        if path.endswith("db_connection_pool_max") and not path.startswith("mojaloop-bulk."):
            service = at(values, path.removesuffix(".config.db_connection_pool_max"))
            most += value * service["replicaCount"]
    assert most < POD_CONNECTIONS[size]


def test_that_handlers_whose_order_counts_stay_single(mojaloop):
    values = values_of(mojaloop["standard"], "production")
    for path in (
        "account-lookup-service.account-lookup-service-handler-timeout",
        "centralledger.centralledger-handler-timeout",
        "centralledger.centralledger-handler-transfer-position",
    ):
        assert at(values, path)["replicaCount"] == 1


def test_that_simulators_stay_out_of_a_real_switch(mojaloop):
    enabled = {size: values_of(mojaloop["standard"], size)["simulator"]["enabled"] for size in POD_CONNECTIONS}
    assert enabled == {"dev": True, "standard": False, "production": False}


GATEWAY_HOSTS = {
    "HOST_ACCOUNT_LOOKUP_SERVICE",
    "HOST_QUOTING_SERVICE",
    "HOST_ML_API_ADAPTER",
    "HOST_TRANSACTION_REQUESTS_SERVICE",
    "HOST_BULK_ADAPTER",
}
TESTS = ["ml-ttk-test-setup", "ml-ttk-test-val-gp", "ml-ttk-test-cleanup"]


def input_values(values):
    backend = values["ml-testing-toolkit"]["ml-testing-toolkit-backend"]["extraEnvironments"]
    yield backend["hub-k8s-default-environment.json"]["inputValues"]
    for test in TESTS:
        yield values[test]["testCaseEnvironmentFile"]["inputValues"]


def test_that_the_toolkit_calls_the_gateway_only_when_it_is_told_to(package):
    inside, outside = package.yaml("helm/values-ttk.yaml"), package.yaml("helm/values-ttk-gateway.yaml")
    for inputs in input_values(inside):
        assert not GATEWAY_HOSTS & set(inputs)
    for inputs in input_values(merged(inside, outside)):
        hosts = {name: value for name, value in inputs.items() if name.startswith("HOST_")}
        assert hosts == dict.fromkeys(GATEWAY_HOSTS, "@gatewayUrl@")


def test_that_the_toolkit_expects_what_the_services_do(package):
    quoting = package.yaml("helm/moja-values.yaml")["quoting-service"]["quoting-service"]["config"]
    for inputs in input_values(package.yaml("helm/values-ttk.yaml")):
        assert inputs["SIMPLE_ROUTING_MODE_ENABLED"] is quoting["simple_routing_mode_enabled"] is True
        assert inputs["ON_US_TRANSFERS_ENABLED"] is False


def test_that_the_toolkit_is_off_until_it_is_asked_for(package):
    values = package.yaml("helm/moja-values.yaml")
    with_toolkit = merged(values, package.yaml("helm/values-ttk.yaml"))
    for name in ("ml-testing-toolkit", "mojaloop-simulator"):
        assert (values[name]["enabled"], with_toolkit[name]["enabled"]) == (False, True)
    for test in TESTS:
        assert (values[test]["tests"]["enabled"], with_toolkit[test]["tests"]["enabled"]) == (False, True)


def test_that_bulk_transfers_get_their_database(package):
    values = package.yaml("helm/moja-values.yaml")
    with_bulk = merged(values, package.yaml("helm/values-bulk.yaml"))
    assert (values["mojaloop-bulk"]["enabled"], with_bulk["mojaloop-bulk"]["enabled"]) == (False, True)
    hosts = {path: value for path, value in leaves(with_bulk["mojaloop-bulk"]) if path.endswith("mongo_host")}
    assert len(hosts) == 6
    assert set(hosts.values()) == {"cl-mongodb"}
    backend = package.yaml("helm/moja-backend-values.yaml")
    assert backend["cl-mongodb"]["fullnameOverride"] == "cl-mongodb"
    assert backend["cl-mongodb"]["auth"]["existingSecret"] == at(
        with_bulk, "mojaloop-bulk.bulk-api-adapter.bulk-api-adapter-service.config.mongo_secret.name"
    )


def test_that_the_backend_brings_nothing_until_it_is_asked_for(package):
    """And never what Azure has a service for."""
    values = package.yaml("helm/moja-backend-values.yaml")
    assert not any(value["enabled"] for value in values.values() if "enabled" in value)
    kept_off = {"mysql", "cep-mongodb", "ttksims-redis", "auth-svc-redis"}
    kept_off |= {"proxy-cache-redis", "proxy-cache-redis-standalone"}
    assert set(values) == {"global", "kafka", "cl-mongodb", "ttk-mongodb"} | kept_off
    images = [value["image"]["repository"] for value in values.values() if "image" in value]
    assert images
    assert all(image.startswith("bitnamilegacy/") for image in images)


def test_that_no_published_example_key_is_used(package):
    """The chart's own values hold a private key that everybody can read; ours never repeat a key."""
    for name, data in package.files.items():
        assert b"PRIVATE KEY" not in data or name.endswith(".sh"), name


# What release 17.2.0 of the chart reads, at the level of a service.
SERVICE_KEYS = {"enabled", "ingress", "config", "replicaCount", "tests", "testCaseEnvironmentFile", "extraEnvironments"}
CONFIG_KEYS = {
    *("db_host", "db_port", "db_user", "db_database", "db_secret", "db_ssl_enabled", "db_ssl_verify"),
    *("db_connection_pool_min", "db_connection_pool_max", "kafka_host", "kafka_port", "hub_participant"),
    *("endpointSecurity", "simple_routing_mode_enabled", "mongo_host", "mongo_port", "mongo_user", "mongo_secret"),
    *("mongo_database", "mongodb", "saveReport", "API_BASE_URL"),
}
CHARTS = {
    *("account-lookup-service", "als-msisdn-oracle", "quoting-service", "ml-api-adapter", "centralledger"),
    *("centralsettlement", "transaction-requests-service", "mojaloop-bulk", "simulator", "mojaloop-simulator"),
    *("mojaloop-ttk-simulators", "thirdparty", "ml-testing-toolkit", "pdb", *TESTS),
}


def check_keys(values, path):
    """Below a sub-chart stand services, and below a service only what the chart reads."""
    for key, below in values.items():
        if key == "config":
            assert set(below) <= CONFIG_KEYS, path
        elif key not in SERVICE_KEYS:
            assert isinstance(below, dict), (path, key)
            check_keys(below, f"{path}.{key}")


def test_that_values_are_keys_of_the_chart(package):
    for name in (
        "moja-values",
        "values-dev",
        "values-standard",
        "values-production",
        "values-plaintext",
        "values-bulk",
        "values-ttk",
    ):
        values = package.yaml(f"helm/{name}.yaml")
        assert set(values) <= CHARTS, name
        check_keys({key: value for key, value in values.items() if key != "pdb"}, name)


def test_that_pods_are_not_all_taken_away_at_once(package):
    assert package.yaml("helm/moja-values.yaml")["pdb"] == {"enabled": True, "maxUnavailable": 1}
