"""What several tests of this offer need: our chart as Helm renders it, expanded plans, a machine to install from."""

import pathlib
from typing import Any

import pytest

from packager.source.document import Document

from .certificates import Authority, thumbprint
from .expansion import ALL_ON, deploy
from .helm_program import render_azure_chart
from .machine import Machine
from .participant_gateway import serving_gateway

# What install.sh fills in.
PLACES = {
    "mysqlHost": "mysql.example",
    "mysqlAdminLogin": "mojaadmin",
    "gatewayAddress": "10.20.3.233",
    "functionsPrefix": "10.20.4.128/26",
}
# The gateway without API Management in front of it, and whom it does not let in or only there.
REVOKED = ":".join(["AB"] * 20)
MUTUAL_TLS = (
    "gateway.internal=false",
    "gateway.address=",
    "gateway.ledgerReaders=",
    "gateway.mutualTls.enabled=true",
    "gateway.mutualTls.hubName=National.Switch",
    "gateway.mutualTls.proxies={proxy1,proxy.2}",
    "gateway.mutualTls.suspended={sleepyfsp}",
    f"gateway.mutualTls.revoked={{{REVOKED}}}",
)


@pytest.fixture(scope="session")
def azure_chart(mojaloop: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Any]:
    """What Helm makes of our own chart with the package's values, filled in as install.sh does it."""
    return render_azure_chart(mojaloop["standard"], tmp_path_factory.mktemp("chart"), PLACES)


@pytest.fixture(scope="session")
def mutual_tls_chart(mojaloop: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Any]:
    """The same without API Management in front: the gateway itself knows participants by their certificates."""
    return render_azure_chart(mojaloop["standard"], tmp_path_factory.mktemp("chart"), PLACES, *MUTUAL_TLS)


@pytest.fixture(scope="module")
def scheme() -> Authority:
    """Whose certificates participants have."""
    return Authority("Scheme")


@pytest.fixture(scope="module")
def lost(scheme: Authority) -> Any:
    """A certificate whose key somebody else may have."""
    return scheme.issue_with_key("carelessfsp")


@pytest.fixture(scope="module")
def gateway(mutual_tls_chart: Any, scheme: Authority, lost: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """That gateway: its port, the services behind it, and a folder."""
    changes = {"ab" * 20: thumbprint(lost[0]).lower()}
    with serving_gateway(mutual_tls_chart, scheme, tmp_path_factory.mktemp("gateway"), changes) as served:
        yield served


@pytest.fixture(scope="session")
def plans(mojaloop: Any) -> dict[str, dict[str, Document]]:
    """Each plan's documents, read once."""
    return {
        plan: {name: Document.from_bytes(name, data) for name, data in package.files.items() if name.endswith(".json")}
        for plan, package in mojaloop.items()
    }


@pytest.fixture(scope="session")
def production(plans: Any) -> Any:
    """The largest size with every switch on."""
    return deploy(plans, deploymentSize="production", monthlyBudget=100, **ALL_ON)


@pytest.fixture
def machine(tmp_path: pathlib.Path, mojaloop: Any) -> Machine:
    """The container of a deployment script, with the files of the package."""
    return Machine(tmp_path, mojaloop["standard"])
