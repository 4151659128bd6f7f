"""install.sh of the package, run with stand-ins for the programs that reach out."""

import hashlib
import json
import pathlib
import shutil
import subprocess

import pytest
import yaml

from .machine import CONNECTIONS, SIGNING_KEY, VAULT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(shutil.which(program) for program in ("bash", "jq", "openssl", "sha256sum")),
        reason="the scripts need bash, jq, openssl and sha256sum",
    ),
]


def test_that_scripts_are_bash(package, tmp_path):
    for name in package.files:
        if name.endswith(".sh"):
            assert subprocess.run(["bash", "-n"], input=package.files[name], check=False).returncode == 0, name


def test_an_installation_from_start_to_end(machine):
    done = machine.run()
    assert done.returncode == 0, done.stdout + done.stderr
    steps = [line.split("  ", 1)[1] for line in done.stdout.splitlines() if "  step " in line]
    assert steps == [
        "step 1 of 8: tools",
        "step 2 of 8: credentials of cluster aks-moja",
        "step 3 of 8: namespace mojaloop",
        "step 4 of 8: secrets from Key Vault kv-moja",
        "step 5 of 8: check of participants, Function app func-moja",
        "step 6 of 8: releases",
        "step 7 of 8: hub Hub",
        "step 8 of 8: report",
    ]
    assert json.loads(machine.output.read_text()) == {
        "namespace": "mojaloop",
        "chart": "mojaloop",
        "chartVersion": "17.2.0",
        "chartDigest": "sha256:" + hashlib.sha256(b"a chart").hexdigest(),
        "helmVersion": machine.settings["HELM_VERSION"],
        "revision": 3,
        "state": "deployed",
        "messaging": "eventHubsStandard",
        "pods": {"total": 2, "ready": 1},
        "tests": {"run": False},
    }


def test_that_services_are_traced_from_their_first_pod_on(machine):
    machine.run()
    manifest = machine.applied("Instrumentation")["default"]
    assert manifest["metadata"]["namespace"] == "mojaloop"
    assert manifest["spec"]["settings"] == {"autoInstrumentationPlatforms": ["NodeJs"]}
    assert manifest["spec"]["destination"]["applicationInsightsConnectionString"].startswith("InstrumentationKey=")
    order = [
        call["program"]
        for call in machine.calls
        if "Instrumentation" in call["input"] or "upgrade" in call["arguments"]
    ]
    assert order[0] == "kubectl"


@pytest.mark.parametrize(
    ("settings", "failures", "warned"),
    [({"INSIGHTS_ID": "none"}, {}, False), ({}, {"kubectl get crd": ["no such thing"] * 10}, True)],
)
def test_that_the_switch_works_without_traces(machine, settings, failures, warned):
    machine.put("failures.json", failures)
    done = machine.run(**settings)
    assert done.returncode == 0, done.stderr
    assert machine.applied("Instrumentation") == {}
    assert ("no automatic instrumentation" in done.stdout) is warned


def test_that_helm_gets_its_files_in_the_right_order(machine):
    machine.run(DEPLOYMENT_SIZE="production")
    upgrades = [call["arguments"] for call in machine.calls if call["arguments"][:1] == ["upgrade"]]
    assert [arguments[2] for arguments in upgrades] == ["moja-azure", "moja"]
    users, switch = ([pathlib.Path(argument).name for argument in arguments] for arguments in upgrades)
    assert users[3:] == [
        "mojaloop-azure-1.0.0.tgz",
        *("--namespace", "mojaloop", "--values", "moja-azure-values.yaml"),
        *("--wait", "--timeout", "30m", "--hide-notes"),
    ]
    assert switch[3:] == [
        "mojaloop-17.2.0.tgz",
        *("--namespace", "mojaloop", "--values", "moja-values.yaml", "--values", "values-production.yaml"),
        *("--post-renderer", "mojaloop-env", "--wait", "--timeout", "30m", "--hide-notes"),
    ]


def test_that_values_are_filled_in(machine):
    machine.run(HUB_NAME="Hub&1")
    values = yaml.safe_load(machine.get("releases.json")["moja"]["values"])
    config = values["quoting-service"]["quoting-service"]["config"]
    assert (config["db_host"], config["kafka_host"]) == ("mysql-moja.example", "quotes.example")
    assert config["hub_participant"] == {"id": 1, "name": "Hub&1"}
    users = yaml.safe_load(machine.get("releases.json")["moja-azure"]["values"])
    assert (users["mysql"]["host"], users["mysql"]["adminLogin"]) == ("mysql-moja.example", "mojaadmin")
    assert users["gateway"]["address"] == "10.20.3.233"
    assert users["gateway"]["ledgerReaders"] == "10.20.4.128/26"


def test_that_secrets_reach_kubernetes(machine):
    machine.run()
    vault = machine.get("vault.json")
    assert machine.secret("mysql-admin") == {"password": VAULT["mysql-admin-password"]}
    assert machine.secret("mysqldb") == {
        "mysql-password": vault["mysql-central-ledger-password"],
        "mysql-als-password": vault["mysql-account-lookup-password"],
        "mysql-oracle-password": vault["mysql-oracle-msisdn-password"],
        "mysql-auth-password": vault["mysql-auth-svc-password"],
        "mysql-consent-password": vault["mysql-consent-oracle-password"],
        "mysql-dfsp-auth-password": vault["mysql-dfsp-auth-password"],
    }
    passwords = set(machine.secret("mysqldb").values())
    assert len(passwords) == 6
    assert all(len(password) == 32 and password.isalnum() for password in passwords)
    assert machine.secret("switch-jws") == {"tls.key": SIGNING_KEY}
    families = {
        "central-ledger": "core",
        "ml-api-adapter": "core",
        "quoting-service": "quotes",
        "central-settlement": "core",
        "bulk-api-adapter": "core",
    }
    for family, group in families.items():
        secret = machine.secret(f"mojaloop-kafka-{family}")
        found = {value for name, value in secret.items() if name.endswith("sasl.password")}
        assert found == {CONNECTIONS[f"kafka-connection-{group}"]}
        assert {value for name, value in secret.items() if name.endswith("sasl.username")} == {"$ConnectionString"}


def test_that_a_first_run_makes_a_signing_key(machine):
    machine.put("vault.json", {name: value for name, value in VAULT.items() if name != "switch-jws-key"})
    assert machine.run().returncode == 0
    key = machine.get("vault.json")["switch-jws-key"]
    assert machine.secret("switch-jws") == {"tls.key": key}
    assert subprocess.run(["openssl", "pkey", "-noout"], input=key.encode(), check=False).returncode == 0


def secrets_of(machine):
    lines = [line for value in machine.get("vault.json").values() for line in value.splitlines()]
    return [line for line in lines if not line.startswith("-----")]


EVERYTHING = {"MESSAGING_BACKEND": "hdinsight", "ENABLE_BULK": "True", "ENABLE_TTK": "True"}


@pytest.mark.parametrize("settings", [{}, EVERYTHING], ids=["event hubs", "everything"])
@pytest.mark.parametrize("failures", [{}, {"helm upgrade --install moja ": ["Error: no"]}], ids=["works", "fails"])
def test_that_no_secret_shows_in_arguments_environments_or_the_log(machine, failures, settings):
    machine.put("failures.json", failures)
    brokers = {"host_components": [{"HostRoles": {"host_name": "wn0-kafka"}}]}
    (machine.state / "site" / "KAFKA_BROKER").write_text(json.dumps(brokers))
    done = machine.run(**settings)
    assert done.returncode == (1 if failures else 0)
    shown = done.stdout + done.stderr
    shown += "".join(json.dumps([call["arguments"], call["environment"]]) for call in machine.calls)
    shown += machine.output.read_text() if machine.output.exists() else ""
    secrets = secrets_of(machine)
    assert len(secrets) > 40
    assert [secret for secret in secrets if secret in shown or json.dumps(secret)[1:-1] in shown] == []
    if failures:
        assert "cannot connect with [secret]" in done.stdout


def test_that_a_second_run_keeps_every_secret(machine):
    machine.run()
    before = machine.get("vault.json")
    assert machine.run().returncode == 0
    assert machine.get("vault.json") == before


def test_that_the_administrators_password_does_not_stay(machine):
    machine.put("failures.json", {"helm upgrade --install moja ": ["Error: no"]})
    assert machine.run().returncode == 1
    last = [call["arguments"] for call in machine.calls if call["program"] == "kubectl"][-1]
    assert last[:3] == ["delete", "secret", "mysql-admin"]


def test_that_the_check_of_participants_gets_its_code(machine):
    machine.run()
    [deployed] = [call["arguments"] for call in machine.calls if call["arguments"][:2] == ["functionapp", "deployment"]]
    assert deployed[deployed.index("--name") + 1] == "func-moja"
    assert machine.get("function.json") == ["function_app.py", "host.json", "participants.py", "requirements.txt"]


def upgrade_of(machine, release):
    [found] = [
        call["arguments"] for call in machine.calls if call["arguments"][:3] == ["upgrade", "--install", release]
    ]
    return [pathlib.Path(argument).name for argument in found]


def values_files(arguments):
    return [arguments[place + 1] for place, argument in enumerate(arguments) if argument == "--values"]


@pytest.mark.parametrize(
    ("settings", "files", "backend"),
    [
        ({}, [], None),
        ({"MESSAGING_BACKEND": "inCluster"}, ["values-plaintext.yaml"], ["true", "false", "false"]),
        ({"ENABLE_BULK": "True"}, ["values-bulk.yaml"], ["false", "true", "false"]),
        (
            {"MESSAGING_BACKEND": "inCluster", "ENABLE_BULK": "True", "ENABLE_TTK": "True"},
            ["values-plaintext.yaml", "values-bulk.yaml", "values-ttk.yaml"],
            ["true", "true", "true"],
        ),
        (
            {"ENABLE_TTK": "True", "TTK_THROUGH_GATEWAY": "True"},
            ["values-ttk.yaml", "values-ttk-gateway.yaml"],
            ["false", "false", "true"],
        ),
        ({"TTK_THROUGH_GATEWAY": "True"}, [], None),
    ],
)
def test_that_choices_become_values(machine, settings, files, backend):
    done = machine.run(**settings)
    assert done.returncode == 0, done.stderr
    assert values_files(upgrade_of(machine, "moja")) == ["moja-values.yaml", "values-dev.yaml", *files]
    installed = [call["arguments"][2] for call in machine.calls if call["arguments"][:2] == ["upgrade", "--install"]]
    assert installed == (["moja-azure", "moja"] if backend is None else ["moja-azure", "moja-backend", "moja"])
    if backend is not None:
        switches = [argument for argument in upgrade_of(machine, "moja-backend") if ".enabled=" in argument]
        kinds = ["kafka.enabled", "cl-mongodb.enabled", "ttk-mongodb.enabled"]
        assert switches == [f"{kind}={value}" for kind, value in zip(kinds, backend, strict=True)]


@pytest.mark.parametrize("registry", ["none", "copies.azurecr.io/mojaloop"])
def test_that_images_are_taken_from_the_registry_that_has_copies(machine, registry):
    done = machine.run(MESSAGING_BACKEND="inCluster", IMAGE_REGISTRY=registry)
    assert done.returncode == 0, done.stderr
    rendered = [
        call["arguments"][2]
        for call in machine.calls
        if call["arguments"][:1] == ["upgrade"] and "--post-renderer" in call["arguments"]
    ]
    assert rendered == (["moja"] if registry == "none" else ["moja-azure", "moja-backend", "moja"])
    assert machine.get("registry.json") == (None if registry == "none" else registry)


def test_that_a_plain_broker_needs_no_secrets_and_no_patches(machine):
    machine.run(MESSAGING_BACKEND="inCluster")
    assert [name for name in machine.applied("Secret") if name.startswith("mojaloop-kafka-")] == []
    assert machine.get("plugin.json") == ["kustomization-plaintext.yaml"]
    machine.run()
    assert machine.get("plugin.json") == ["kustomization-sasl.yaml"]


def test_that_hdinsight_is_asked_for_its_brokers(machine):
    brokers = [{"HostRoles": {"host_name": f"wn{number}-kafka"}} for number in range(3)]
    (machine.state / "site" / "KAFKA_BROKER").write_text(json.dumps({"host_components": brokers}))
    done = machine.run(MESSAGING_BACKEND="hdinsight", KAFKA_HOST_CORE="kafka.example")
    assert done.returncode == 0, done.stderr
    values = yaml.safe_load(machine.get("releases.json")["moja"]["values"])
    host = values["quoting-service"]["quoting-service"]["config"]["kafka_host"]
    assert host == "wn0-kafka:9092,wn1-kafka:9092,wn2-kafka"
    [asked] = [
        call for call in machine.calls if call["program"] == "curl" and call["arguments"][-1].endswith("KAFKA_BROKER")
    ]
    assert asked["input"] == 'user = "mojaadmin:Hd1nsight!\\"pass"\n'


def test_that_mongodb_gets_its_password(machine):
    machine.run(ENABLE_BULK="True")
    password = machine.get("vault.json")["mongodb-password"]
    assert machine.secret("mongodb") == {"mongodb-passwords": password, "mongodb-root-password": password}


def test_that_the_hub_gets_accounts_and_oracles(machine):
    machine.run(CURRENCIES="USD,KES")
    sent = [
        call["arguments"] for call in machine.calls if call["program"] == "curl" and "--request" in call["arguments"]
    ]
    paths = [
        (arguments[-1].partition("127.0.0.1:")[2], json.loads(arguments[arguments.index("--data") + 1]))
        for arguments in sent
    ]
    accounts = [(body["type"], body["currency"]) for path, body in paths if path == "18001/participants/Hub/accounts"]
    assert accounts == [
        (kind, currency)
        for currency in ("USD", "KES")
        for kind in ("HUB_MULTILATERAL_SETTLEMENT", "HUB_RECONCILIATION")
    ]
    models = [body for path, body in paths if path == "18001/settlementModels"]
    assert [(model["settlementGranularity"], model["settlementDelay"]) for model in models] == [("NET", "DEFERRED")] * 2
    assert [body["oracleIdType"] for path, body in paths if path == "18002/oracles"] == ["MSISDN", "ACCOUNT_ID"]
    told = {body["type"]: body["value"] for path, body in paths if path == "18001/participants/Hub/endpoints"}
    assert len(told) == 3
    assert set(told.values()) == {"ops@example.org"}


@pytest.mark.parametrize(("phase", "passed"), [("Succeeded", True), ("Failed", False)])
def test_that_the_result_of_the_tests_is_reported(machine, phase, passed):
    machine.put("tests.json", {"moja-ml-ttk-test-setup": "Succeeded", "moja-ml-ttk-test-val-gp": phase})
    done = machine.run(ENABLE_TTK="True", RUN_TTK_TESTS="True")
    assert done.returncode == 0, done.stderr
    assert json.loads(machine.output.read_text())["tests"] == {
        "run": True,
        "passed": passed,
        "tests": {"moja-ml-ttk-test-setup": True, "moja-ml-ttk-test-val-gp": passed},
    }


def tries(machine):
    return sum(call["arguments"][:3] == ["upgrade", "--install", "moja"] for call in machine.calls)


def test_that_what_passes_by_itself_is_tried_again(machine):
    machine.put("failures.json", {"helm upgrade --install moja ": ["Error: net/http: TLS handshake timeout"] * 2})
    done = machine.run()
    assert (done.returncode, tries(machine)) == (0, 3)


def test_that_slow_images_are_waited_for_three_times(machine):
    machine.put("failures.json", {"helm upgrade --install moja ": ["Error: context deadline exceeded"] * 3})
    (machine.state / "waiting").write_text("ImagePullBackOff")
    done = machine.run()
    assert (done.returncode, tries(machine)) == (1, 3)


def test_that_a_real_mistake_is_not_tried_again(machine):
    machine.put("failures.json", {"helm upgrade --install moja ": ["Error: values don't meet the specification"]})
    done = machine.run()
    assert (done.returncode, tries(machine)) == (1, 1)
    assert "ERROR: Helm could not install release moja" in done.stderr
    assert "last lines of moja-waiting" in done.stdout


@pytest.mark.parametrize(
    ("status", "verb"), [("pending-install", "uninstall"), ("pending-upgrade", "rollback"), ("failed", None)]
)
def test_that_an_interrupted_installation_is_unlocked(machine, status, verb):
    machine.put("releases.json", {"moja": {"status": status}})
    assert machine.run().returncode == 0
    used = {call["arguments"][0] for call in machine.calls if call["program"] == "helm"}
    assert used & {"uninstall", "rollback"} == ({verb} if verb else set())


def test_that_roles_and_certificates_are_given_time_to_arrive(machine):
    late = {"az keyvault secret list": ["Forbidden"] * 4, "kubectl get --raw": ["no such host"] * 2}
    machine.put("failures.json", late)
    assert machine.run().returncode == 0


def test_that_an_altered_helm_is_refused(machine):
    [archive] = (machine.state / "site").glob("*.tar.gz")
    archive.write_bytes(archive.read_bytes() + b"x")
    done = machine.run()
    assert done.returncode == 1
    assert "is not what its checksum says" in done.stderr


def test_that_an_altered_chart_is_refused(machine):
    (machine.files / "mojaloop-azure-1.0.0.tgz").write_bytes(b"another")
    done = machine.run()
    assert done.returncode == 1
    assert "chart mojaloop-azure-1.0.0.tgz is not the one that was meant" in done.stderr


def test_that_a_missing_setting_is_named(machine):
    done = machine.run(MYSQL_HOST="")
    assert (done.returncode, machine.state.joinpath("calls.jsonl").exists()) == (1, False)
    assert done.stderr.startswith("ERROR: setting MYSQL_HOST is empty\n")


def test_that_an_unknown_placeholder_stops_the_installation(machine):
    with (machine.files / "moja-values.yaml").open("a") as values:
        values.write('other: "@whatIsThis@"\n')
    done = machine.run()
    assert done.returncode == 1
    assert "moja-values.yaml has the unknown placeholder @whatIsThis@" in done.stderr
