"""The comparison with recorded verdicts, on a corpus of one package."""

import json
import runpy
from pathlib import Path

TEMPLATE = """{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {"unused": {"type": "string"}},
  "resources": []
}
"""
TESTS = ["Parameters-Must-Be-Referenced", "Variables-Must-Be-Referenced"]
MAIN = runpy.run_path(str(Path(__file__).parents[2] / "conformance.py"))["main"]


def corpus(folder, failed):
    (folder / "packages" / "one").mkdir(parents=True)
    (folder / "packages" / "one" / "mainTemplate.json").write_text(TEMPLATE, encoding="utf-8")
    verdict = {"mainTemplate.json": {"ran": "s", "failed": {test: [] for test in failed}}}
    verdicts = {"engine": {"testDate": "2026-11-23"}, "sets": {"s": TESTS}, "packages": {"one": verdict}}
    (folder / "verdicts.json").write_text(json.dumps(verdicts), encoding="utf-8")
    return str(folder)


def test_agreement(tmp_path, capsys):
    assert MAIN([corpus(tmp_path, TESTS[:1])]) == 0
    assert capsys.readouterr().out == (
        f"     1 of      1  {TESTS[0]}\n     1 of      1  {TESTS[1]}\n2 of 2 verdicts agree\n"
    )


def test_disagreement_has_file_and_line(tmp_path, capsys):
    assert MAIN([corpus(tmp_path, TESTS[1:])]) == 1
    first, second = capsys.readouterr().out.splitlines()[:2]
    assert first.startswith(f"one/mainTemplate.json:4: {TESTS[0]}: arm-ttk passes; parameter 'unused'")
    assert second == f"one/mainTemplate.json: {TESTS[1]}: arm-ttk fails"


def test_without_a_corpus_nothing_is_compared(tmp_path, capsys):
    assert MAIN([""]) == 0
    assert "CORPUS=FOLDER" in capsys.readouterr().err
    assert MAIN([str(tmp_path)]) == 2
