"""What several tests of this offer need: its files in a folder, and what Kustomize and Flux make of them."""

import pathlib
from typing import Any

import pytest

from packager.source.document import Document

from .expansion import deploy, flux
from .manifests import Manifests


@pytest.fixture(scope="session")
def local(mojaloop_local: Any) -> Any:
    """The package of the only plan."""
    return mojaloop_local["azure-local"]


@pytest.fixture(scope="session")
def documents(local: Any) -> dict[str, Document]:
    """Its JSON files, read once."""
    return {name: Document.from_bytes(name, data) for name, data in local.files.items() if name.endswith(".json")}


@pytest.fixture(scope="session")
def folder(local: Any, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The package, unpacked."""
    root: pathlib.Path = tmp_path_factory.mktemp("package")
    for name, data in local.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


@pytest.fixture(scope="session")
def manifests(folder: pathlib.Path, documents: dict[str, Document]) -> Manifests:
    """What Kustomize builds of each folder, with everything switched on."""
    return Manifests(folder / "gitops", flux(deploy(documents, enableBulk=True, enableTtk=True)))
