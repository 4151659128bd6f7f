"""install.sh and preflight.sh of the Mojaloop package, run with stand-ins for the programs that reach out."""

import base64
import hashlib
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile

import pytest
import yaml

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(shutil.which(program) for program in ("bash", "jq", "openssl", "sha256sum")),
        reason="the scripts need bash, jq, openssl and sha256sum",
    ),
]

FAKE = pathlib.Path(__file__).with_name("fake_program.py")
CONNECTIONS = {
    f"kafka-connection-{group}": f"Endpoint=sb://{group}.example/;SharedAccessKeyName=mojaloop;SharedAccessKey=a&b/{group}="
    for group in ("core", "quotes")
}
# As if an earlier run had made the signing key: making one takes seconds. One test below goes without.
SIGNING_KEY = (
    "-----BEGIN PRIVATE KEY-----\n"
    + "MIIJQgIBADANBgkqhkiG9w0BAQEFAASCCSwwggko/aA+\n" * 40
    + "-----END PRIVATE KEY-----\n"
)
VAULT = {
    "mysql-admin-password": "Adm1n-pass&word'\"$x",
    "hdinsight-login-password": 'Hd1nsight!"pass',
    "switch-jws-key": SIGNING_KEY,
    **CONNECTIONS,
}
SETTINGS = {
    "RESOURCE_GROUP": "mrg-moja",
    "CLUSTER_NAME": "aks-moja",
    "KEY_VAULT_NAME": "kv-moja",
    "MYSQL_HOST": "mysql-moja.example",
    "MYSQL_ADMIN_LOGIN": "mojaadmin",
    "MESSAGING_BACKEND": "eventHubsStandard",
    "KAFKA_HOST_CORE": "core.example",
    "KAFKA_HOST_QUOTES": "quotes.example",
    "GATEWAY_ADDRESS": "10.20.3.233",
    "FUNCTIONS_PREFIX": "10.20.4.128/26",
    "GATEWAY_URL": "https://apim.example",
    "FUNCTION_NAME": "func-moja",
    "DEPLOYMENT_SIZE": "dev",
    "HUB_NAME": "Hub",
    "CURRENCIES": "USD",
    "ENABLE_BULK": "False",
    "ENABLE_TTK": "False",
    "RUN_TTK_TESTS": "False",
    "TTK_THROUGH_GATEWAY": "False",
}


class Machine:
    """The container of a deployment script: a folder of files, programs on the PATH, and what became of a run."""

    def __init__(self, folder: pathlib.Path, package):
        self.state, self.files, self.bin = folder / "state", folder / "input", folder / "bin"
        for path in (self.state / "site", self.files, self.bin):
            path.mkdir(parents=True)
        self.output = folder / "output.json"
        for name in ("az", "curl"):
            self._program(self.bin / name)
        settings = package.json("nested/install.json")["resources"][0]["properties"]["environmentVariables"]
        self.settings = {entry["name"]: entry["value"] for entry in settings} | SETTINGS
        # As the service does it: every file in one folder, by its base name, none of them executable.
        for name, data in package.files.items():
            if name.startswith(("scripts/", "helm/", "post-render/", "functions/")):
                (self.files / name.rpartition("/")[2]).write_bytes(data)
        self._publish_helm()
        self.put("vault.json", VAULT)

    def _program(self, path):
        path.write_text(f"#!{sys.executable}\n{FAKE.read_text()}")
        path.chmod(0o755)

    def _publish_helm(self):
        archive = f"helm-v{self.settings['HELM_VERSION']}-linux-amd64.tar.gz"
        program = f"#!{sys.executable}\n{FAKE.read_text()}".encode()
        member = tarfile.TarInfo("linux-amd64/helm")
        member.size, member.mode = len(program), 0o755
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
            tar.addfile(member, io.BytesIO(program))
        (self.state / "site" / archive).write_bytes(buffer.getvalue())
        digest = hashlib.sha256(buffer.getvalue()).hexdigest()
        (self.state / "site" / f"{archive}.sha256sum").write_text(f"{digest}  {archive}\n")

    def put(self, name, value):
        (self.state / name).write_text(json.dumps(value))

    def get(self, name):
        return json.loads((self.state / name).read_text())

    def run(self, script="install.sh", **settings):
        environment = self.settings | settings
        return subprocess.run(
            ["bash", str(self.files / script)],
            env=environment
            | {
                "PATH": f"{self.bin}:{os.environ['PATH']}",
                "FAKE_STATE": str(self.state),
                "AZ_SCRIPTS_OUTPUT_PATH": str(self.output),
                "AZ_SCRIPTS_PATH_INPUT_DIRECTORY": str(self.files),
                "RETRY_PAUSE": "0",
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @property
    def calls(self):
        lines = (self.state / "calls.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]

    def applied(self, kind):
        """Manifests that went to kubectl, by name; Secrets as their plain keys and values."""
        found = {}
        for call in self.calls:
            if call["program"] == "kubectl" and call["arguments"][0] == "apply":
                manifest = yaml.safe_load(call["input"])
                if manifest["kind"] == kind:
                    found[manifest["metadata"]["name"]] = manifest
        return found

    def secret(self, name):
        return {key: base64.b64decode(value).decode() for key, value in self.applied("Secret")[name]["data"].items()}


@pytest.fixture
def machine(tmp_path, mojaloop):
    return Machine(tmp_path, mojaloop["standard"])


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


@pytest.mark.parametrize("failures", [{}, {"helm upgrade --install moja ": ["Error: no"]}], ids=["works", "fails"])
def test_that_no_secret_shows_in_arguments_environments_or_the_log(machine, failures):
    machine.put("failures.json", failures)
    done = machine.run()
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


def authority(*, days=30):
    """A certificate in base64 of its PEM text, and its thumbprint; negative days make one that is over."""
    key = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        os.devnull,
    ]
    dates = ["-days", str(days)] if days > 0 else ["-not_before", "20200101000000Z", "-not_after", "20210101000000Z"]
    pem = subprocess.run([*key, "-subj", "/CN=Scheme CA", *dates], capture_output=True, check=True).stdout
    shown = subprocess.run(
        ["openssl", "x509", "-noout", "-fingerprint", "-sha1"], input=pem, capture_output=True, check=True
    ).stdout.decode()
    return base64.b64encode(pem).decode(), shown.partition("=")[2].strip().replace(":", "")


CERTIFICATE, THUMBPRINT = authority() if shutil.which("openssl") else ("", "")
PREFLIGHT = {
    "KUBERNETES_VERSION": "1.29.4",
    "LOCATION": "westeurope",
    "NODE_VM_SIZE": "Standard_D4s_v5",
    "NEEDS_ZONES": "False",
    "DEPLOYMENT_SIZE": "standard",
    "MESSAGING_BACKEND": "eventHubsPremium",
    "ENABLE_BULK": "False",
    "DFSP_CA_CERTIFICATE": CERTIFICATE,
    "DFSP_CA_THUMBPRINT": THUMBPRINT.lower(),
}


@pytest.fixture
def before(machine, mojaloop):
    """A machine on which the preflight script finds everything that it looks for."""
    settings = mojaloop["standard"].json("nested/preflight.json")["resources"][0]["properties"]["environmentVariables"]
    machine.settings = {entry["name"]: entry["value"] for entry in settings} | PREFLIGHT
    (machine.state / "site" / "index.yaml").write_text("urls: [https://example/mojaloop-17.2.0.tgz]")
    (machine.state / "site" / "v2").touch()
    return machine


def test_that_preflight_finds_nothing(before):
    done = before.run("preflight.sh")
    assert (done.returncode, json.loads(before.output.read_text())) == (0, {"warnings": []})


def test_that_preflight_warns_of_an_untested_version(before):
    done = before.run("preflight.sh", KUBERNETES_VERSION="default")
    assert done.returncode == 0
    [warning] = json.loads(before.output.read_text())["warnings"]
    assert warning.endswith("with Kubernetes 1.29; the cluster gets the default version of the region")


def test_that_preflight_names_everything_that_is_wrong(before):
    (before.state / "site" / "v2").unlink()
    (before.state / "site" / "index.yaml").write_text("urls: [https://example/mojaloop-17.1.0.tgz]")
    before.put("failures.json", {"az account show": ["no"]})
    done = before.run("preflight.sh")
    assert done.returncode == 1
    problems = [line.split("problem: ")[1] for line in done.stdout.splitlines() if "problem: " in line]
    assert problems == [
        "the identity of the deployment script cannot sign in; look at its role assignments",
        "https://registry-1.docker.io/v2/ cannot be reached; allow outbound HTTPS to it",
        "chart mojaloop 17.2.0 is not in https://mojaloop.github.io/helm/repo; choose a version that is",
    ]


def test_that_preflight_reports_a_repository_out_of_reach(before):
    (before.state / "site" / "index.yaml").unlink()
    done = before.run("preflight.sh")
    assert done.returncode == 1
    assert "chart repository https://mojaloop.github.io/helm/repo cannot be reached" in done.stderr


def problems_of(done):
    return [line.split("problem: ")[1] for line in done.stdout.splitlines() if "problem: " in line]


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        (
            {"ENABLE_BULK": "True", "MESSAGING_BACKEND": "eventHubsStandard"},
            (
                "the topics of bulk transfers do not fit into the Standard tier of Event Hubs; "
                "choose eventHubsPremium, hdinsight or inCluster"
            ),
        ),
        (
            {"DEPLOYMENT_SIZE": "production", "MESSAGING_BACKEND": "inCluster"},
            "Kafka in the cluster has one broker and is not for size production; choose eventHubsPremium",
        ),
        (
            {"NEEDS_ZONES": "True", "LOCATION": "westcentralus"},
            (
                "westcentralus does not have Standard_D4s_v5 in three zones; "
                "choose other machines, another region, or no zones"
            ),
        ),
        (
            {"DFSP_CA_CERTIFICATE": "bm8="},
            "dfspCaCertificate is not a certificate in base64; upload the .cer, .crt or .pem file of the authority",
        ),
        ({"DFSP_CA_THUMBPRINT": "A" * 40}, f"dfspCaThumbprint is not that of the certificate, which has {THUMBPRINT}"),
    ],
)
def test_that_preflight_refuses_what_cannot_work(before, settings, problem):
    done = before.run("preflight.sh", **settings)
    assert (done.returncode, problems_of(done)) == (1, [problem])


def test_that_preflight_takes_zones_that_are_there(before):
    assert before.run("preflight.sh", NEEDS_ZONES="True").returncode == 0
