"""A real Helm for tests: version 4, as the install script downloads it."""

import os
import pathlib
import shutil
import subprocess
from collections.abc import Mapping
from typing import Any

import pytest
import yaml


def helm_program() -> str:
    """Its path; skips the test when there is none."""
    program = os.environ.get("PACKAGER_HELM") or shutil.which("helm")
    if not program:
        pytest.skip("no Helm: put version 4 on the PATH or name it in PACKAGER_HELM")
    version = subprocess.run([program, "version", "--short"], capture_output=True, text=True, check=True).stdout
    if not version.startswith("v4."):
        pytest.skip(f"the package is for Helm 4, this is {version.strip()}")
    return program


def run_helm(*arguments: str, plugins: object = None) -> str:
    """What Helm prints; fails the test when Helm fails."""
    environment = os.environ | ({"HELM_PLUGINS": str(plugins)} if plugins else {})
    done = subprocess.run([helm_program(), *arguments], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def render_azure_chart(
    package: Any, folder: pathlib.Path, places: Mapping[str, str], *settings: str
) -> dict[tuple[str, str], Any]:
    """What Helm makes of our own chart with a package's values, by kind and name; places filled in, settings above."""
    (folder / "chart.tgz").write_bytes(package.files["helm/mojaloop-azure-1.0.0.tgz"])
    values = package.text("helm/moja-azure-values.yaml")
    for name, value in places.items():
        values = values.replace(f"@{name}@", value)
    (folder / "values.yaml").write_text(values)
    chart, options = str(folder / "chart.tgz"), ["--values", str(folder / "values.yaml")]
    for setting in settings:
        options += ["--set", setting]
    run_helm("lint", chart, "--strict", *options)
    text = run_helm("template", "moja-azure", chart, "--namespace", "mojaloop", *options)
    return {(one["kind"], one["metadata"]["name"]): one for one in yaml.safe_load_all(text)}
