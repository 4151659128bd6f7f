"""The real offers, rendered once for all tests of this folder."""

import json
import pathlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from packager.offer.load import load_offer
from packager.render.render import render_plan

ROOT = pathlib.Path(__file__).parents[2]


@dataclass(frozen=True)
class Package:
    """A rendered plan: its files by name."""

    offer: str
    plan: str
    files: Mapping[str, bytes]
    problems: tuple[str, ...]

    def text(self, name: str) -> str:
        return self.files[name].decode()

    def json(self, name: str) -> Any:
        return json.loads(self.files[name])

    def yaml(self, name: str) -> Any:
        return yaml.safe_load(self.files[name])


def render_offer(name: str) -> dict[str, Package]:
    loaded = load_offer(ROOT / "marketplace" / name / "offer.yaml")
    assert loaded.offer is not None, loaded.problems
    packages = {}
    for plan in loaded.offer.plans:
        rendered = render_plan(loaded.offer, plan, {})
        files = {entry: rendered.bundle.entries[entry].read() for entry in rendered.bundle.entries}
        problems = tuple(f"{p.severity} {p.file}:{p.line} {p.message}" for p in rendered.problems)
        packages[plan.id] = Package(name, plan.id, files, problems)
    return packages


@pytest.fixture(scope="session")
def mojaloop() -> dict[str, Package]:
    return render_offer("mojaloop")


@pytest.fixture(scope="session")
def mojaloop_local() -> dict[str, Package]:
    return render_offer("mojaloop-local")


@pytest.fixture(scope="session")
def starter() -> dict[str, Package]:
    return render_offer("starter")


@pytest.fixture(scope="session")
def stackhub() -> Package:
    return render_offer("mojaloop-stackhub")["azure-stack-hub"]


@pytest.fixture(scope="session", params=["evaluation", "standard"])
def package(request: pytest.FixtureRequest, mojaloop: dict[str, Package]) -> Package:
    return mojaloop[request.param]


@pytest.fixture(
    scope="session", params=["starter basic", "mojaloop evaluation", "mojaloop standard", "mojaloop-local azure-local"]
)
def any_package(
    request: pytest.FixtureRequest,
    starter: dict[str, Package],
    mojaloop: dict[str, Package],
    mojaloop_local: dict[str, Package],
) -> Package:
    offer, plan = request.param.split()
    return {"starter": starter, "mojaloop": mojaloop, "mojaloop-local": mojaloop_local}[offer][plan]


@pytest.fixture(scope="session", params=["evaluation", "standard", "azure-local"])
def nested_package(
    request: pytest.FixtureRequest, mojaloop: dict[str, Package], mojaloop_local: dict[str, Package]
) -> Package:
    """A plan whose template is made of nested ones."""
    return (mojaloop | mojaloop_local)[request.param]
