"""preflight.sh of the package: what it looks at before anything costly is made."""

import base64
import json
import shutil

import pytest

pytest.importorskip("cryptography", reason="certificates are made with cryptography")
from cryptography.hazmat.primitives.serialization import Encoding

from .certificates import DAY, Authority, thumbprint
from .expansion import deploy, resources

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(shutil.which(program) for program in ("bash", "jq", "openssl", "sha256sum")),
        reason="the scripts need bash, jq, openssl and sha256sum",
    ),
]


PREFLIGHT = {
    "KUBERNETES_VERSION": "1.29.4",
    "LOCATION": "westeurope",
    "NODE_VM_SIZE": "Standard_D4s_v5",
    "NEEDS_ZONES": "False",
    "DEPLOYMENT_SIZE": "standard",
    "MESSAGING_BACKEND": "eventHubsPremium",
    "ENABLE_BULK": "False",
    "IMAGE_REGISTRY": "none",
}


@pytest.fixture(scope="module")
def scheme():
    """The authority of the participants' certificates."""
    return Authority("Scheme CA")


def uploaded(authority, encoding=Encoding.PEM):
    """What the form hands on of its certificate's file."""
    return base64.b64encode(authority.certificate.public_bytes(encoding)).decode()


@pytest.fixture
def before(machine, mojaloop, scheme):
    """A machine on which the preflight script finds everything that it looks for."""
    settings = mojaloop["standard"].json("nested/preflight.json")["resources"][0]["properties"]["environmentVariables"]
    machine.settings = {entry["name"]: entry["value"] for entry in settings} | PREFLIGHT
    machine.settings["DFSP_CA_CERTIFICATE"] = uploaded(scheme)
    machine.settings["DFSP_CA_THUMBPRINT"] = thumbprint(scheme.certificate).lower()
    (machine.state / "site" / "index.yaml").write_text("urls: [https://example/mojaloop-17.2.0.tgz]")
    (machine.state / "site" / "v2").touch()
    return machine


def test_that_preflight_finds_nothing(before, scheme):
    done = before.run("preflight.sh")
    end = int(scheme.certificate.not_valid_after_utc.timestamp())
    assert (done.returncode, json.loads(before.output.read_text())) == (0, {"warnings": [], "authorityEnd": end})


def test_that_the_vault_counts_the_days_of_the_authority(plans):
    """What preflight says is what the vault tells a month before, and what the alert waits for."""
    secrets = {one["name"].split("/")[1]: one for one in resources(deploy(plans), "Microsoft.KeyVault/vaults/secrets")}
    attributes = secrets["dfsp-ca-certificate"]["properties"]["attributes"]
    assert attributes["exp"]["$unknown"].count("authorityEnd") == 1
    [rule] = [
        one
        for one in resources(deploy(plans), "Microsoft.Insights/scheduledQueryRules")
        if one["name"].startswith("secrets-expiring")
    ]
    assert "NearExpiryEventGridNotification" in rule["properties"]["criteria"]["allOf"][0]["query"]


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
    ],
)
def test_that_preflight_refuses_what_cannot_work(before, settings, problem):
    done = before.run("preflight.sh", **settings)
    assert (done.returncode, problems_of(done)) == (1, [problem])


def test_that_preflight_takes_zones_that_are_there(before):
    assert before.run("preflight.sh", NEEDS_ZONES="True").returncode == 0


def test_that_preflight_compares_the_thumbprint(before, scheme):
    done = before.run("preflight.sh", DFSP_CA_THUMBPRINT="A" * 40)
    found = thumbprint(scheme.certificate)
    assert problems_of(done) == [f"dfspCaThumbprint is not that of the certificate, which has {found}"]


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_that_preflight_reads_both_kinds_of_files(before, scheme, encoding):
    assert before.run("preflight.sh", DFSP_CA_CERTIFICATE=uploaded(scheme, encoding)).returncode == 0


def test_that_preflight_refuses_an_authority_whose_time_is_over(before):
    old = Authority("Scheme CA", start=-30 * DAY, end=-DAY)
    done = before.run("preflight.sh", DFSP_CA_CERTIFICATE=uploaded(old), DFSP_CA_THUMBPRINT=thumbprint(old.certificate))
    [problem] = problems_of(done)
    assert problem.startswith("the certificate of the participants' authority is no longer valid (")
