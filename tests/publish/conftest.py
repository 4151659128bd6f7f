"""An offer that is built, and the servers that it is published to."""

import gc
import importlib.util
import pathlib
import shutil
import sys
import warnings

import pytest

from packager.cli.main import run

HERE = pathlib.Path(__file__).parent
OFFER = "marketplace/acme-app/offer.yaml"
RECORD = "dist/acme-app-standard-1.0.0.record.json"


def load(name):
    """A module of this folder, by whatever way pytest imports tests."""
    known = sys.modules.get(f"publish_{name}")
    if known is None:
        spec = importlib.util.spec_from_file_location(f"publish_{name}", HERE / f"{name}.py")
        known = sys.modules[f"publish_{name}"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(known)
    return known


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder of a new offer with a listing, built."""
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["init", "acme-app", "--listing"]) == 0
        assert run(["build", OFFER, "--today", "2026-11-24", "-q"]) == 0
    return folder


@pytest.fixture
def folder(built, tmp_path, monkeypatch):
    """A copy of it, to work in."""
    shutil.copytree(built, tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def custom_cloud(folder, management):
    """Register a cloud as `az cloud register` does."""
    (folder / "clouds.config").write_text(
        f"[StandIn]\nendpoint_resource_manager = {management}\nendpoint_management = {management}\n"
        f"endpoint_active_directory = https://login.invalid\nendpoint_active_directory_resource_id = {management}\n"
        "suffix_storage_endpoint = storage.invalid\n",
        encoding="utf-8",
    )


@pytest.fixture
def register():
    """Registers another address of Azure Resource Manager for the custom cloud."""
    return custom_cloud


@pytest.fixture(scope="session")
def azure_folder(tmp_path_factory):
    """The folder of the Azure CLI, which its library looks up only once in a process."""
    return tmp_path_factory.mktemp("azure")


@pytest.fixture
def azure(azure_folder, monkeypatch):
    """The environment of a machine that nobody is logged in on, with a cloud of its own."""
    monkeypatch.setenv("AZURE_CONFIG_DIR", str(azure_folder))
    monkeypatch.setenv("AZURE_CLOUD_NAME", "StandIn")
    custom_cloud(azure_folder, "https://management.invalid")
    pytest.importorskip("azure.cli.core", reason="publishing is tested with the extra `azure`")
    for name in ("AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the login library closes no connection
        gc.collect()


@pytest.fixture
def standin():
    """The module of the stand-ins."""
    return load("standin")


@pytest.fixture
def center(azure, monkeypatch):
    """Partner Center with the offer and its plan."""
    center = load("standin").PartnerCenter()
    for name, value in center.identity.environment().items():
        monkeypatch.setenv(name, value)
    for verb in ("PLAN", "DRAFT", "PREVIEW", "LIVE", "STATUS", "CANCEL"):
        for option, value in {"SERVICE": center.base, "POLL": "0", "PAUSE": "0.05", "TIMEOUT": "0.3"}.items():
            monkeypatch.setenv(f"PACKAGER_PUBLISH_{verb}_{option}", value)
    yield center
    center.stop()
