"""Workload federation: the token that a pipeline's own service issues, which is exchanged for one of Azure."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from packager.errors import CloudError, UsageError
from packager.publish.redact import note_secret, redact

Assertion = Callable[[], str]

AUDIENCE = "api://AzureADTokenExchange"
_TIMEOUT = 30


def assertion_source(environment: Mapping[str, str]) -> Assertion | None:
    """Where a process gets its federated token: a file, GitHub or Azure Pipelines; None when nowhere."""
    if environment.get("AZURE_FEDERATED_TOKEN_FILE"):
        return lambda: _of_file(environment["AZURE_FEDERATED_TOKEN_FILE"])
    if environment.get("ACTIONS_ID_TOKEN_REQUEST_URL") and environment.get("ACTIONS_ID_TOKEN_REQUEST_TOKEN"):
        return lambda: _of_github(environment)
    pipeline = ("SYSTEM_OIDCREQUESTURI", "SYSTEM_ACCESSTOKEN", "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID")
    if all(environment.get(name) for name in pipeline):
        return lambda: _of_azure_pipelines(environment)
    return None


def _of_file(name: str) -> str:
    try:
        return _noted(Path(name).read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise UsageError(f"the federated token '{name}' cannot be read: {reason}") from error


def _of_github(environment: Mapping[str, str]) -> str:
    headers = {"Authorization": f"Bearer {_noted(environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'])}"}
    answer = _asked("GET", environment["ACTIONS_ID_TOKEN_REQUEST_URL"], headers, {"audience": AUDIENCE})
    return _noted(str(answer.get("value") or ""))


def _of_azure_pipelines(environment: Mapping[str, str]) -> str:
    headers = {"Authorization": f"Bearer {_noted(environment['SYSTEM_ACCESSTOKEN'])}"}
    connection = environment["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"]
    query = {"api-version": "7.1", "serviceConnectionId": connection}
    answer = _asked("POST", environment["SYSTEM_OIDCREQUESTURI"], headers, query)
    return _noted(str(answer.get("oidcToken") or ""))


def _asked(method: str, url: str, headers: Mapping[str, str], query: Mapping[str, str]) -> dict[str, Any]:
    import requests  # goes with the Azure libraries

    try:
        answer = requests.request(method, url, headers=dict(headers), params=dict(query), timeout=_TIMEOUT)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise CloudError(f"the pipeline issues no federated token: {redact(str(error))}") from None
    return found if isinstance(found, dict) else {}


def _noted(token: str) -> str:
    if not token:
        raise CloudError("the pipeline issues an empty federated token")
    note_secret(token)
    return token
