"""No option writes over a file that the same run reads."""

import json
import pathlib

import pytest

from packager.cli.main import run
from packager.cli.outputs import refuse_inputs
from packager.errors import UsageError

TEMPLATE = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
    "resources": [],
}
FORM = {
    "$schema": "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#",
    "handler": "Microsoft.Azure.CreateUIDef",
    "version": "0.1.2-preview",
    "parameters": {"basics": [], "steps": [], "outputs": {}},
}
OFFER = "marketplace/acme/offer.yaml"


@pytest.fixture
def folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["init", "acme"]) == 0
    pathlib.Path("p").mkdir()
    pathlib.Path("p/mainTemplate.json").write_text(json.dumps(TEMPLATE), encoding="utf-8")
    pathlib.Path("p/createUiDefinition.json").write_text(json.dumps(FORM), encoding="utf-8")
    pathlib.Path("a.yaml").write_text("basics: {}\n", encoding="utf-8")
    pathlib.Path("r.yaml").write_text("[]\n", encoding="utf-8")
    pathlib.Path("pyproject.toml").write_text("[tool.packager]\n", encoding="utf-8")
    capsys.readouterr()


@pytest.mark.parametrize(
    ("words", "option", "file"),
    [
        ("simulate p/createUiDefinition.json", "--write-parameters", "p/createUiDefinition.json"),
        ("simulate p", "--write-parameters", "p/mainTemplate.json"),
        ("simulate p --answers a.yaml", "--write-parameters", "a.yaml"),
        ("simulate p --responses r.yaml", "--write-parameters", "./r.yaml"),
        ("simulate p/createUiDefinition.json --template p", "--write-parameters", "p/mainTemplate.json"),
        ("prove p --budget 1 --answers a.yaml", "--output", "a.yaml"),
        ("diff p marketplace/acme", "--output", "marketplace/acme/offer.yaml"),
        ("preview p --answers a.yaml", "--export", "a.yaml"),
        ("check p/mainTemplate.json", "--output", "p/mainTemplate.json"),
        ("check p", "--sarif-file", "p/mainTemplate.json"),
        ("check p", "--write-baseline", "p/mainTemplate.json"),
        ("check p --config pyproject.toml", "--output", "pyproject.toml"),
        (f"check {OFFER}", "--output", "mainTemplates/acme/mainTemplate.json.j2"),
        (f"build {OFFER}", "--sarif-file", "createUiDefinition/acme/createUiDefinition.json.j2"),
    ],
)
def test_what_is_read_is_not_written_over(words, option, file, folder, capsys):
    before = pathlib.Path(file).read_bytes()
    assert run([*words.split(), option, file]) == 2
    assert f"packager: {option}: '{file}' is read by this run\n" in capsys.readouterr().err
    assert pathlib.Path(file).read_bytes() == before
    assert not pathlib.Path("dist").exists()


def test_what_an_earlier_run_wrote_is_replaced(folder, capsys):
    for name in ("out.json", "p/report.json"):
        pathlib.Path(name).write_text("{}", encoding="utf-8")
        assert run(["check", "p/mainTemplate.json", "--format", "json", "--output", name]) == 0
        assert json.loads(pathlib.Path(name).read_text("utf-8"))["schema"] == 1
    assert run(["simulate", "p", "--write-parameters", "out.json"]) == 0
    assert "parameters" in json.loads(pathlib.Path("out.json").read_text("utf-8"))
    assert run(["check", "p", "--baseline", "b.json", "--write-baseline", "b.json"]) == 0
    assert run(["check", "p", "--baseline", "b.json", "--write-baseline", "b.json"]) == 0


def test_two_options_write_two_files():
    with pytest.raises(UsageError, match="--b and --a name the same file"):
        refuse_inputs({"--a": "x", "--b": "./x"}, ())
    refuse_inputs({"--a": "x", "--b": None}, (None, "y"))
