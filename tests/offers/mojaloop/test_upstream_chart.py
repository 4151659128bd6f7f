"""The upstream charts themselves, where PACKAGER_CHART_DIR has them: what the offer makes of them."""

import json
import os
import pathlib

import pytest

from packager.cli.main import run
from packager.helm.shelf import chart_at_hand

from .helm_program import helm_program

OFFER = str(pathlib.Path(__file__).parents[3] / "marketplace/mojaloop/offer.yaml")
CHARTS = {"moja": "mojaloop", "moja-backend": "example-mojaloop-backend"}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    helm_program()
    file = tmp_path_factory.mktemp("lint") / "report.json"
    run(["helm", "lint", OFFER, "--format", "json", "--output", str(file), "-q"])
    return json.loads(file.read_text())


@pytest.mark.parametrize("release", CHARTS)
def test_that_helm_renders_it(report, release):
    if chart_at_hand(os.environ, CHARTS[release], "17.2.0") is None:
        pytest.skip(f"no chart: put {CHARTS[release]}-17.2.0.tgz into the folder that PACKAGER_CHART_DIR names")
    assert {one["status"] for one in report["releases"] if one["release"] == release} == {"rendered"}


def test_that_every_value_is_one_that_its_chart_knows(report):
    wrong = ("values-key-unknown", "values-schema", "helm-error")
    assert [one["message"] for one in report["findings"] if one["rule"] in wrong] == []


def test_that_our_own_chart_is_clean_and_the_others_are_no_error(report):
    assert report["summary"]["error"] == 0
    own = [one for one in report["releases"] if one["release"] == "moja-azure"]
    assert {(one["status"], bool(one["images"])) for one in own} == {("rendered", True)}
