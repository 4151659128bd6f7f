"""Whoever asks for JSON gets some when a file is refused, and the reason in it."""

import json
import pathlib

import pytest

from packager.cli.main import run

KEYS = {
    "diff a b": {"schema", "old", "new", "packages", "plans", "error"},
    "prove a --budget 1": {"schema", "budget", "seed", "findings", "proofs", "error"},
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mainTemplate.json").write_text("{", encoding="utf-8")
        (tmp_path / name / "createUiDefinition.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize("words", KEYS)
def test_json_says_what_is_refused(words, folder, capsys):
    assert run([*words.split(), "--format", "json"]) == 1
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert set(found) == KEYS[words]
    assert err == f"packager: {found['error']}\n"
    assert run([*words.split(), "--format", "json", "--output", "report.json"]) == 1
    assert capsys.readouterr().out == ""
    assert json.loads(pathlib.Path("report.json").read_text("utf-8")) == found


@pytest.mark.parametrize("words", KEYS)
def test_people_read_the_message_alone(words, folder, capsys):
    assert run(words.split()) == 1
    out, err = capsys.readouterr()
    assert (out, err.startswith("packager: a/")) == ("", True)
