"""`packager render`: what goes into each plan's package, in a folder."""

import pytest

from packager.cli.main import run

OFFER = "marketplace/acme-app/offer.yaml"
TEMPLATE = "mainTemplates/acme-app/mainTemplate.json.j2"
SECOND_PLAN = f"""
  - id: second
    ui: createUiDefinition/acme-app/createUiDefinition.json.j2
    template: {TEMPLATE}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["init", "acme-app"]) == 0
    offer = tmp_path / OFFER
    offer.write_text(offer.read_text("utf-8") + SECOND_PLAN, encoding="utf-8")
    capsys.readouterr()
    return tmp_path


def test_every_plan_is_written_and_told(folder, capsys):
    assert run(["render", OFFER]) == 0
    captured = capsys.readouterr()
    assert captured.out == "standard: 3 files in rendered/standard\nsecond: 2 files in rendered/second\n"
    assert captured.err == ""
    assert '"contentVersion": "1.0.0.0"' in (folder / "rendered/second/mainTemplate.json").read_text("utf-8")


def test_plans_are_chosen_and_variables_set(folder, capsys):
    assert run(["render", OFFER, "--plan", "second", "--out", "x", "--set", "namePrefix=other", "--set", "idle=1"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "second: 2 files in x/second\n"
    assert captured.err == f"packager: {OFFER}:1: --set idle: no source of this plan asks for it\n"
    assert '"defaultValue": "other"' in (folder / "x/second/createUiDefinition.json").read_text("utf-8")


def test_a_rendered_plan_checks_like_the_offer(folder):
    assert run(["render", OFFER]) == 0
    assert run(["check", "rendered/standard", "--fail-on", "info", "--today", "2026-11-24"]) == 0


def test_every_error_is_told_and_nothing_is_written(folder, capsys):
    template = folder / TEMPLATE
    text = template.read_text("utf-8").replace("offer.version", "offer.versoin")
    template.write_text(text, encoding="utf-8")
    view = folder / "marketplace/acme-app/viewDefinition.json.j2"
    view.write_text("{", encoding="utf-8")
    assert run(["render", OFFER]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    first, second = captured.err.splitlines()
    assert first.startswith(f"packager: {TEMPLATE}:4: there is no 'versoin' here: ")
    assert first.endswith("did you mean 'version'?")
    assert second.startswith("marketplace/acme-app/viewDefinition.json.j2:1: ")
    assert not (folder / "rendered").exists()


def test_a_folder_of_others_is_left_alone(folder, capsys):
    assert run(["render", OFFER, "--out", "marketplace"]) == 2
    assert "choose a new or empty folder with --out" in capsys.readouterr().err
    assert run(["render", "absent.yaml"]) == 2
    assert run(["render", OFFER, "--plan", "third"]) == 2
