"""What becomes of the manifests in a cluster: Kustomize builds a folder, Flux fills in what stands open."""

import functools
import pathlib
import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml

PLACE = re.compile(r"\$\{(\w+)\}")
# What only Azure knows before a deployment, as the template's expansion has no value for it.
RUNTIME = {
    "reader_client_id": "22222222-2222-2222-2222-222222222222",
    "backup_endpoint": "https://stmoja.blob.core.windows.net",
    "key_vault_name": "kv-moja",
    "tenant_id": "11111111-1111-1111-1111-111111111111",
}


class Manifests:
    """The folder `gitops` of a package, and a Flux configuration that points to it."""

    def __init__(self, root: pathlib.Path, configuration: dict[str, Any]) -> None:
        self.root = root
        self.kustomizations: dict[str, Any] = configuration["kustomizations"]
        given = self.kustomizations["namespaces"]["postBuild"]["substitute"]
        self.facts = {name: RUNTIME.get(name, value) for name, value in given.items()}
        self._built: dict[str, list[dict[str, Any]]] = {}

    def build(self, path: str) -> list[dict[str, Any]]:
        """The objects of a folder, filled in; a name without a value is an error."""
        if path not in self._built:
            text = kustomize(self.root / path)
            filled = PLACE.sub(lambda found: self.facts[found[1]], text)
            self._built[path] = list(yaml.safe_load_all(filled))
        return self._built[path]

    def everything(self) -> list[dict[str, Any]]:
        """The objects of every folder that the configuration applies."""
        return [one for entry in self.kustomizations.values() for one in self.build(entry["path"])]

    def named(self, kind: str) -> dict[str, dict[str, Any]]:
        return {one["metadata"]["name"]: one for one in self.everything() if one["kind"] == kind}


@functools.cache
def kustomize(folder: pathlib.Path) -> str:
    """What `kubectl kustomize` prints; skips the test where there is no kubectl, fails it when the folder is wrong."""
    program = shutil.which("kubectl")
    if program is None:
        pytest.skip("kubectl builds the manifests: put it on the PATH")
    done = subprocess.run([program, "kustomize", str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
