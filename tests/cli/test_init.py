"""`packager init`: what it writes builds and passes every check as it stands."""

import json

import pytest
import yaml

from packager.cli.main import run

PROFILES = ("arm-ttk", "marketplace", "strict", "azure-local")
KINDS = ("managed-application", "solution-template")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_offer_has_no_finding_on_any_day(folder, capsys, kind):
    assert run(["init", "acme-app", "--kind", kind]) == 0
    for profile in PROFILES:
        for today in ("2026-11-24", "2036-11-24"):
            capsys.readouterr()
            arguments = ["check", "marketplace/acme-app/offer.yaml", "--profile", profile, "--today", today]
            assert run([*arguments, "--format", "json"]) == 0
            report = json.loads(capsys.readouterr().out)
            assert report["findings"] == []
            assert report["summary"]["files"] == (4 if kind == "managed-application" else 3)


def test_a_new_offer_is_for_the_public_cloud_whose_api_versions_a_stamp_does_not_have(folder, capsys):
    assert run(["init", "acme-app"]) == 0
    capsys.readouterr()
    arguments = ["check", "marketplace/acme-app/offer.yaml", "--profile", "azure-stack-hub", "--today", "2026-11-24"]
    assert run([*arguments, "--format", "json"]) == 1
    assert [one["rule"] for one in json.loads(capsys.readouterr().out)["findings"]] == ["platform-api-version"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_offer_builds(folder, kind):
    assert run(["init", "acme-app", "--kind", kind, "--publisher", "123"]) == 0
    assert run(["build", "marketplace/acme-app/offer.yaml", "--today", "2026-11-24"]) == 0
    assert (folder / "dist/acme-app-standard-1.0.0.zip").is_file()
    offer = yaml.safe_load((folder / "marketplace/acme-app/offer.yaml").read_text("utf-8"))
    assert (offer["id"], offer["publisher"], offer["kind"]) == ("acme-app", "123", kind)


def test_the_files_are_listed_and_the_next_step_is_told(folder, capsys):
    assert run(["init", "acme-app"]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines() == [
        "createUiDefinition/acme-app/createUiDefinition.json.j2",
        "mainTemplates/acme-app/mainTemplate.json.j2",
        "marketplace/acme-app/offer.yaml",
        "marketplace/acme-app/viewDefinition.json.j2",
        "marketplace/offer.schema.json",
        "pyproject.toml",
    ]
    assert captured.err == "packager: next: packager build marketplace/acme-app/offer.yaml\n"
    first = (folder / "marketplace/acme-app/offer.yaml").read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../offer.schema.json"


def test_an_offer_below_the_repository_root_has_paths_from_the_root(folder, monkeypatch):
    (folder / ".git").mkdir()
    (folder / "my offers").mkdir()
    monkeypatch.chdir(folder / "my offers")
    assert run(["init", "acme-app"]) == 0
    assert not (folder / "my offers/pyproject.toml").exists()
    assert run(["build", "marketplace/acme-app/offer.yaml", "--today", "2026-11-24"]) == 0


def test_a_second_offer_joins_the_first(folder, capsys):
    assert run(["init", "one"]) == 0
    capsys.readouterr()
    assert run(["init", "two"]) == 0
    assert "pyproject.toml" not in capsys.readouterr().out
    assert run(["init", "one"]) == 2
    assert "'marketplace/one', 'createUiDefinition/one', 'mainTemplates/one' exist already" in capsys.readouterr().err


def test_a_wrong_name_writes_nothing(folder, capsys):
    assert run(["init", "Acme App"]) == 2
    assert "call it 'acme-app'" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_a_listing_that_is_judged_by_its_addresses_alone(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["init", "acme-app", "--listing"]) == 0
    assert run(["check", "marketplace/acme-app/offer.yaml", "--today", "2026-11-24", "-q"]) == 0
    found = [line for line in capsys.readouterr().out.splitlines() if "warning" in line or "error" in line]
    assert found
    assert all("warning listing-placeholder[address]" in line for line in found)


def test_a_listing_beside_an_offer_that_exists(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["init", "acme-app"]) == 0
    assert run(["init", "acme-app", "--listing"]) == 0
    said = capsys.readouterr()
    assert "marketplace/acme-app/listing/listing.yaml" in said.out.replace("\\", "/").splitlines()
    assert said.err.endswith("before 'plans:': listing: ./listing/listing.yaml\n")
    assert run(["init", "acme-app", "--listing"]) == 2
