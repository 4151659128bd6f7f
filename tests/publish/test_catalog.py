"""The service catalogue against a stand-in of Azure Resource Manager, in a custom cloud."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from packager.cli.main import run

pytestmark = pytest.mark.slow

OFFER = "marketplace/acme-app/offer.yaml"
PLACE = ("--subscription", "11111111-2222-3333-4444-555555555555", "--resource-group", "rg", "--location", "westeurope")
FAST = ("--poll", "0", "--pause", "0.05", "--timeout", "0.5")
DAY = ("--today", "2026-11-24")
ZIP = "https://acme.test/acme.zip?sv=1&sig=c2VjcmV0LXNpZ25hdHVyZQ"
ID = re.compile(
    r"/subscriptions/([\w-]+)/resourceGroups/(\w+)/providers/Microsoft\.Solutions/(applicationDefinitions|applications)/([\w-]+)"
)


class ResourceManager:
    """Resources of Microsoft.Solutions by id, each of which takes two questions to stand and two to be gone."""

    def __init__(self, standin, identity, faults):
        self.identity, self.faults = identity, faults
        self.resources, self.left = {}, {}
        self.outcome = "Succeeded"
        self.server = standin.Server(standin.handler(self._answer))
        faults.servers = [self.server]

    def _answer(self, http, method, path, body):
        parts = urlsplit(path)
        kind = ID.fullmatch(parts.path)
        name = kind[3] if kind else parts.path
        self.faults.around(http, method, name, lambda: self._act(http, method, parts, kind, body))

    def _act(self, http, method, parts, kind, body):
        if self.faults.kind == "expired" and len(self.faults.log) - 1 == self.faults.at:
            self.identity.issued.clear()
        if not self.identity.accepts(http):
            return self._said(401, "InvalidAuthenticationToken")
        if kind is None or parse_qs(parts.query) != {"api-version": ["2021-07-01"]}:
            return self._said(400, "not documented")
        path = parts.path
        if method == "PUT":
            value = json.loads(body)
            problem = self._problem(kind[3], value)
            if problem:
                return self._said(400, problem)
            value["properties"]["provisioningState"] = "Accepted"
            self.resources[path], self.left[path] = value, 2
            return 201, json.dumps(value).encode(), "application/json"
        if path not in self.resources:
            return self._said(404, "ResourceNotFound")
        if method == "DELETE":
            self.resources[path]["properties"]["provisioningState"] = "Deleting"
            self.left[path] = 2
            return 202, b"", "application/json"
        return self._read(path)

    def _read(self, path):
        value = self.resources[path]
        self.left[path] -= 1
        if self.left[path] <= 0:
            if value["properties"]["provisioningState"] == "Deleting":
                del self.resources[path]
                return self._said(404, "ResourceNotFound")
            value["properties"]["provisioningState"] = self.outcome
            if self.outcome == "Failed":
                value["properties"]["error"] = {"code": "DeploymentFailed", "message": "no quota left"}
            else:
                value["properties"]["outputs"] = {"address": {"type": "String", "value": "https://acme.test"}}
        return 200, json.dumps(value).encode(), "application/json"

    def _problem(self, kind, value):
        if kind == "applicationDefinitions":
            known = {
                "displayName",
                "lockLevel",
                "packageFileUri",
                "authorizations",
                "deploymentPolicy",
                "lockingPolicy",
            }
            unknown = set(value["properties"]) - known
            return f"unknown {unknown}" if unknown else None if value["location"] else "no location"
        if value.get("kind") != "ServiceCatalog":
            return "kind"
        named = value["properties"]["applicationDefinitionId"]
        return None if named in self.resources else f"no definition {named}"

    def _said(self, status, code):
        return status, json.dumps({"error": {"code": code, "message": code}}).encode(), "application/json"


@pytest.fixture
def manager(azure, azure_folder, register, monkeypatch, standin):
    identity = standin.Identity()
    for name, value in identity.environment().items():
        monkeypatch.setenv(name, value)
    manager = ResourceManager(standin, identity, standin.Faults())
    register(azure_folder, manager.server.url)
    monkeypatch.setenv("PACKAGER_PUBLISH_CATALOG_PACKAGE_URI", ZIP)
    yield manager
    manager.server.stop()
    identity.server.stop()


def publish(capsys, *arguments):
    code = run(["publish", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def catalogued(capsys):
    return publish(capsys, "catalog", OFFER, *PLACE, *FAST, *DAY)


def test_a_definition_is_made_and_an_instance_rehearsed(folder, manager, capsys):
    code, out, err = catalogued(capsys)
    assert code == 0, err
    (identity,) = manager.resources
    assert out == f"{identity}\n"
    assert identity.endswith("/applicationDefinitions/acme-app-standard")
    made = manager.resources[identity]
    assert made["location"] == "westeurope"
    assert made["properties"]["packageFileUri"] == ZIP
    assert made["properties"]["lockLevel"] == "ReadOnly"
    (folder / "parameters.json").write_text('{"location": "westeurope"}', encoding="utf-8")
    code, out, err = publish(capsys, "rehearse", OFFER, *PLACE, *FAST, "--parameters", "parameters.json")
    assert code == 0, err
    assert json.loads(out) == {"address": {"type": "String", "value": "https://acme.test"}}
    assert list(manager.resources) == [identity]  # the instance is gone
    code, _, err = publish(capsys, "rehearse", OFFER, *PLACE, *FAST, "--parameters", "parameters.json", "--keep")
    assert (code, len(manager.resources)) == (0, 2), err
    state = (folder / "dist/acme-app.catalog.json").read_text(encoding="utf-8")
    assert "c2VjcmV0" not in state + out + err


def test_an_instance_that_fails_is_removed_all_the_same(folder, manager, capsys):
    assert catalogued(capsys)[0] == 0
    manager.outcome = "Failed"
    (folder / "parameters.json").write_text("{}", encoding="utf-8")
    code, _, err = publish(capsys, "rehearse", OFFER, *PLACE, *FAST, "--parameters", "parameters.json")
    assert (code, "applications rehearsal: Failed: DeploymentFailed: no quota left" in err) == (4, True)
    assert len(manager.resources) == 1


def test_the_answers_go_through_the_form_of_the_zip(folder, manager, capsys):
    assert catalogued(capsys)[0] == 0
    (folder / "answers.yaml").write_text("basics: {namePrefix: 'x!'}\n", encoding="utf-8")
    code, _, err = publish(capsys, "rehearse", OFFER, *PLACE, *FAST, "--answers", "answers.yaml")
    assert code == 1, err
    (folder / "answers.yaml").write_text("scope: {location: westeurope}\n", encoding="utf-8")
    code, _, err = publish(capsys, "rehearse", OFFER, *PLACE, "--answers", "answers.yaml", "--emit", "out")
    assert code == 0, err
    parameters = json.loads((folder / "out/application.parameters.json").read_text(encoding="utf-8"))
    assert parameters["parameters"]["location"] == {"value": "westeurope"}


PRINCIPAL = "11111111-2222-3333-4444-555555555555"


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--subscription", "x", "'x' is no GUID"),
        ("--package-uri", "ftp:nonsense", "begins with https://"),
        ("--package-uri", "http://acme.test/a.zip?sig=c2VjcmV0", "begins with https://"),
        ("--package-uri", "https://[x/a.zip", "begins with https://"),
        ("--authorization", "5=Owner", "the principal '5' is no GUID"),
        ("--authorization", f"{PRINCIPAL}=Ownr", "the role 'Ownr' is neither Owner nor Contributor nor a GUID"),
    ],
)
def test_values_that_azure_would_refuse(option, value, message, folder, capsys):
    code, out, err = publish(capsys, "catalog", OFFER, *PLACE, *DAY, "--emit", "out", option, value)
    assert (code, out, message in err, "c2VjcmV0" in err) == (2, "", True, False), err
    assert not (folder / "out").exists()


@pytest.mark.parametrize("role", ["", "=owner", f"={PRINCIPAL}"])
def test_an_authorization(role, folder, capsys):
    arguments = ("--emit", "out", "--authorization", PRINCIPAL + role)
    assert publish(capsys, "catalog", OFFER, *PLACE, *DAY, *arguments)[0] == 0
    template = json.loads((folder / "out/definition.json").read_text(encoding="utf-8"))
    principals = [one["principalId"] for one in template["resources"][0]["properties"]["authorizations"]]
    assert PRINCIPAL in principals


def test_emit_writes_a_template_and_calls_nobody(folder, capsys):
    code, out, err = publish(capsys, "catalog", OFFER, *PLACE, *DAY, "--emit", "out")
    assert (code, out.replace("\\", "/")) == (0, "out/definition.json\nout/definition.parameters.json\n"), err
    assert run(["check", "out/definition.json", *DAY]) == 0, capsys.readouterr().out
    capsys.readouterr()
    template = json.loads((folder / "out/definition.json").read_text(encoding="utf-8"))
    assert template["parameters"]["packageFileUri"] == {"type": "securestring"}
    parameters = json.loads((folder / "out/definition.parameters.json").read_text(encoding="utf-8"))
    assert parameters["parameters"]["name"] == {"value": "acme-app-standard"}


def test_a_signed_address_is_neither_typed_nor_written(folder, manager, monkeypatch, capsys):
    code, _, err = publish(capsys, "catalog", OFFER, *PLACE, *DAY, "--emit", "out")
    assert code == 0, err
    assert "packageFileUri" not in (folder / "out/definition.parameters.json").read_text(encoding="utf-8")
    monkeypatch.delenv("PACKAGER_PUBLISH_CATALOG_PACKAGE_URI")
    code, _, err = publish(capsys, "catalog", OFFER, *PLACE, *DAY, "--package-uri", ZIP)
    assert (code, "others can read a command line" in err, "c2Vj" in err) == (2, True, False)
    code, _, err = publish(
        capsys, "catalog", OFFER, *PLACE, *DAY, "--emit", "out", "--package-uri", "https://a.test/b.zip"
    )
    assert code == 0, err
    assert "https://a.test/b.zip" in (folder / "out/definition.parameters.json").read_text(encoding="utf-8")


def test_a_zip_that_lies_nowhere(folder, manager, monkeypatch, capsys):
    monkeypatch.delenv("PACKAGER_PUBLISH_CATALOG_PACKAGE_URI")
    code, _, err = publish(capsys, "catalog", OFFER, *PLACE, *FAST, *DAY)
    assert (code, "name a storage account with --storage" in err) == (2, True)


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("kind", ["refused", "reset", "reset after", "429", "500", "timeout", "expired", "malformed"])
def test_the_end_is_the_same_whatever_goes_wrong(number, kind, folder, manager, capsys):
    manager.faults.arm(number, kind)
    catalogued(capsys)
    manager.faults.at = None
    code, _, err = catalogued(capsys)
    assert code == 0, err
    assert [one["properties"]["provisioningState"] for one in manager.resources.values()] == ["Succeeded"]
