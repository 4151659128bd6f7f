"""A real Helm for tests: version 4, as the install script downloads it."""

import os
import shutil
import subprocess

import pytest


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
