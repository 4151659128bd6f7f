"""What several tests of this offer need: our own chart as Helm renders it."""

import pathlib
from typing import Any

import pytest
import yaml

from .helm_program import run_helm

# What install.sh fills in.
PLACES = {
    "mysqlHost": "mysql.example",
    "mysqlAdminLogin": "mojaadmin",
    "gatewayAddress": "10.20.3.233",
    "functionsPrefix": "10.20.4.128/26",
}


@pytest.fixture(scope="session")
def azure_chart(mojaloop: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Any]:
    """What Helm makes of our own chart with the package's values, filled in as install.sh does it."""
    package = mojaloop["standard"]
    folder: pathlib.Path = tmp_path_factory.mktemp("chart")
    (folder / "chart.tgz").write_bytes(package.files["helm/mojaloop-azure-1.0.0.tgz"])
    values = package.text("helm/moja-azure-values.yaml")
    for name, value in PLACES.items():
        values = values.replace(f"@{name}@", value)
    (folder / "values.yaml").write_text(values)
    run_helm("lint", str(folder / "chart.tgz"), "--strict", "--values", str(folder / "values.yaml"))
    text = run_helm(
        "template",
        "moja-azure",
        str(folder / "chart.tgz"),
        "--namespace",
        "mojaloop",
        "--values",
        str(folder / "values.yaml"),
    )
    return {(one["kind"], one["metadata"]["name"]): one for one in yaml.safe_load_all(text)}
