"""Whose identity is used, and what is said when there is none."""

import json

import pytest

from packager.errors import CloudError, UsageError
from packager.publish.cloud import Cloud, _detected
from packager.publish.federation import assertion_source

pytestmark = pytest.mark.slow

BOTH = {"AZURE_CLIENT_ID": "client", "AZURE_TENANT_ID": "tenant"}
GITHUB = {"ACTIONS_ID_TOKEN_REQUEST_URL": "https://github.test/token", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "github-token"}
PIPELINE = {
    "SYSTEM_OIDCREQUESTURI": "https://dev.test/oidc",
    "SYSTEM_ACCESSTOKEN": "pipeline-token",
    "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID": "connection",
}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "azure-cli"),
        (BOTH, "azure-cli"),
        (BOTH | {"AZURE_CLIENT_SECRET": "s"}, "service-principal"),
        (BOTH | {"AZURE_CLIENT_CERTIFICATE_PATH": "c.pem"}, "service-principal"),
        (BOTH | {"AZURE_FEDERATED_TOKEN_FILE": "token"}, "federated"),
        (BOTH | GITHUB, "federated"),
        (BOTH | PIPELINE, "federated"),
        (GITHUB, "azure-cli"),
        ({"IDENTITY_ENDPOINT": "http://127.0.0.1"}, "managed-identity"),
        ({"MSI_ENDPOINT": "http://127.0.0.1", "AZURE_CLIENT_ID": "client"}, "managed-identity"),
        (BOTH | {"AZURE_CLIENT_SECRET": "s", "IDENTITY_ENDPOINT": "http://127.0.0.1"}, "service-principal"),
    ],
)
def test_what_the_variables_speak_of(environment, expected):
    assert _detected(environment) == expected


@pytest.fixture
def issuer(azure, standin):
    """A service that issues federated tokens; it notes what it was asked."""
    asked = []

    def answer(http, method, path, body):
        asked.append((method, path, http.headers.get("Authorization")))
        http.reply(200, json.dumps({"value": "federated-github", "oidcToken": "federated-azure"}).encode())

    server = standin.Server(standin.handler(answer))
    yield server, asked
    server.stop()


def test_the_token_of_a_file(tmp_path):
    (tmp_path / "token").write_text("federated-file\n", encoding="utf-8")
    assert assertion_source({"AZURE_FEDERATED_TOKEN_FILE": str(tmp_path / "token")})() == "federated-file"
    with pytest.raises(UsageError, match="cannot be read"):
        assertion_source({"AZURE_FEDERATED_TOKEN_FILE": str(tmp_path / "none")})()


def test_the_token_of_github(issuer):
    server, asked = issuer
    environment = GITHUB | {"ACTIONS_ID_TOKEN_REQUEST_URL": f"{server.url}/token?api-version=2"}
    assert assertion_source(environment)() == "federated-github"
    path = "/token?api-version=2&audience=api%3A%2F%2FAzureADTokenExchange"
    assert asked == [("GET", path, "Bearer github-token")]


def test_the_token_of_azure_pipelines(issuer):
    server, asked = issuer
    assert assertion_source(PIPELINE | {"SYSTEM_OIDCREQUESTURI": f"{server.url}/oidc"})() == "federated-azure"
    assert asked == [("POST", "/oidc?api-version=7.1&serviceConnectionId=connection", "Bearer pipeline-token")]


def test_a_pipeline_that_issues_none(issuer, standin):
    server, _ = issuer
    server.stop()
    with pytest.raises(CloudError, match="the pipeline issues no federated token") as caught:
        assertion_source(GITHUB | {"ACTIONS_ID_TOKEN_REQUEST_URL": f"{server.url}/token"})()
    assert "github-token" not in str(caught.value)


def test_nobody_is_logged_in(azure):
    with pytest.raises(UsageError, match=r"no token for https://api\.test: .*az login") as caught:
        Cloud("azure-cli", {}).token("https://api.test")
    for word in ("az login", "AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE", "--credential"):
        assert word in caught.value.hint


@pytest.mark.parametrize("answer", [{"error": "invalid_client"}, None])
def test_what_the_login_library_says(answer, azure, monkeypatch):
    from azure.cli.core.azclierror import AuthenticationError

    def refuse(scopes):
        raise AuthenticationError("said so", msal_error=answer)

    cloud = Cloud("azure-cli", {})
    monkeypatch.setattr(cloud, "_acquire", refuse)
    with pytest.raises(CloudError if answer else UsageError, match="said so"):
        cloud.token("https://api.test")


def test_an_identity_service_out_of_reach(azure, monkeypatch):
    def fail(scopes):
        raise ConnectionError("no route")

    cloud = Cloud("azure-cli", {})
    monkeypatch.setattr(cloud, "_acquire", fail)
    with pytest.raises(CloudError, match="no route"):
        cloud.token("https://api.test")


def test_variables_that_are_missing(azure):
    with pytest.raises(UsageError, match="AZURE_CLIENT_CERTIFICATE_PATH is not set"):
        Cloud("service-principal", {}).token("https://api.test")
    with pytest.raises(UsageError, match=r"none\.pem"):
        Cloud("service-principal", BOTH | {"AZURE_CLIENT_CERTIFICATE_PATH": "none.pem"}).token("https://api.test")
    with pytest.raises(UsageError, match="there is no federated token"):
        Cloud("federated", BOTH).token("https://api.test")


def test_a_managed_identity_and_a_fresh_token(azure, standin, monkeypatch):
    identity = standin.Identity()
    for name, value in identity.environment().items():
        monkeypatch.setenv(name, value)
    cloud = Cloud("managed-identity", {})
    first = cloud.token("https://api.test")
    assert cloud.token("https://api.test") == first
    assert cloud.token("https://api.test", fresh=True) != first
    assert len(identity.issued) == 2
    identity.server.stop()
