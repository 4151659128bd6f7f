"""The offer as the tool itself sees it, in each profile that it is for."""

import json
import pathlib

import pytest

from packager.cli.main import run

OFFER = pathlib.Path(__file__).parents[4] / "marketplace/mojaloop-local/offer.yaml"


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["marketplace", "azure-local", "arm-ttk", "strict"])
def test_that_nothing_is_found(profile, capsys):
    code = run(["check", str(OFFER), "--profile", profile, "--format", "json", "--today", "2026-11-26"])
    found = json.loads(capsys.readouterr().out)
    assert code == 0
    assert [one for one in found["findings"] if one["severity"] != "info"] == []
    assert found["certification"] == {"blocking": [], "warning": []}
