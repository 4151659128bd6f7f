"""The command line as people meet it: exit codes, streams, files."""

import json
import pathlib

import pytest

from packager.cli.main import run

ROOT = pathlib.Path(__file__).resolve().parents[2]
STARTER = str(ROOT / "marketplace/starter/offer.yaml")
TODAY = ("--today", "2026-11-24")


def test_build_writes_the_package_and_its_record_alike_twice(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name in ("one", "two"):
        assert run(["build", STARTER, "--out", str(tmp_path / name), *TODAY]) == 0
    (one,), (two,) = (sorted((tmp_path / name).glob("*.zip")) for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    record = json.loads(one.with_suffix("").with_suffix("").with_name(one.stem + ".record.json").read_text("utf-8"))
    assert record["archive"]["name"] == one.name
    assert [entry["name"] for entry in record["entries"]][:1] == ["createUiDefinition.json"]
    assert "sha256" in capsys.readouterr().err


def test_a_built_package_checks_clean(tmp_path, capsys):
    assert run(["build", STARTER, "--out", str(tmp_path), *TODAY]) == 0
    (package,) = tmp_path.glob("*.zip")
    capsys.readouterr()
    assert run(["check", str(package), "--format", "json", *TODAY]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["summary"]["error"] == 0
    assert report["summary"]["files"] >= 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "absent"], "'absent' does not exist"),
        (["check", ""], "a PATH is empty"),
        (["check", "--select", "no-such-rule", str(ROOT)], "there is no such rule"),
        (["check", "--today", "soon", STARTER], "write the day as 2026-01-31"),
        (["rules", "--data", "--today", "banana"], "packager: --today: 'banana' is no day\n  hint: write the day as"),
        (["check", "--set", "x", STARTER], "expected NAME=VALUE"),
        (["nonsense"], "There is no verb 'nonsense'"),
        (["chek"], "There is no verb 'chek'; did you mean 'check'?"),
    ],
)
def test_usage_errors_exit_with_2_and_say_why(arguments, message, capsys):
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""


def test_a_folder_with_nothing_to_check_is_no_success(tmp_path, capsys):
    (tmp_path / "note.txt").write_text("hello")
    assert run(["check", str(tmp_path)]) == 2
    assert "holds nothing to check" in capsys.readouterr().err


def test_render_writes_the_plan(tmp_path):
    assert run(["render", STARTER, "--out", str(tmp_path)]) == 0
    assert list(tmp_path.rglob("mainTemplate.json"))


def test_an_offer_with_a_misspelt_key_is_a_finding(tmp_path, capsys):
    (tmp_path / "offer.yaml").write_text("schema: 1\nidd: acme\n", encoding="utf-8")
    assert run(["check", str(tmp_path / "offer.yaml"), "--format", "json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert any("idd" in finding["message"] and finding["line"] == 2 for finding in findings)


def test_rules_lists_and_explains(capsys):
    assert run(["rules", "--format", "json"]) == 0
    rules = json.loads(capsys.readouterr().out)
    assert rules
    assert run(["rules", rules[0]["id"]]) == 0
    assert rules[0]["summary"] in capsys.readouterr().out
    assert run(["rules", "Tooltips-Should-Be-Present"]) == 0
    head = "tooltip-missing (error, arm-ttk: Tooltips-Should-Be-Present, check --fix)\n\n"
    assert capsys.readouterr().out.startswith(head)
