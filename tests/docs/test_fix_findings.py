"""The how-to on fixing shows what the tool prints today."""

import json
import pathlib

from packager.cli.main import run

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/how-to/fix-findings.md").read_text(encoding="utf-8")


def test_the_diff_of_the_example_is_as_shown(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    before = {file: file.read_bytes() for file in (ROOT / "docs/example").iterdir()}
    assert run(["check", "docs/example", "--diff", "--today", "2026-11-24"]) == 1
    captured = capsys.readouterr()
    assert f"```\n{captured.out}```\n" in PAGE
    assert f"```\n{captured.err}```\n" in PAGE
    assert {file: file.read_bytes() for file in (ROOT / "docs/example").iterdir()} == before


def test_every_rule_that_can_be_fixed_is_in_the_table(capsys):
    assert run(["rules", "--format", "json"]) == 0
    fixable = [rule["id"] for rule in json.loads(capsys.readouterr().out) if rule["fixable"]]
    table = PAGE.partition("| rule | what is written |")[2].partition("\n\n")[0]
    assert [one for one in fixable if f"`{one}`" not in table] == []
