"""Options from environment variables, colour, and what build servers are told."""

import importlib
import json
import pathlib

import click
import pytest
from click.shell_completion import ShellComplete

from packager.cli.main import VERBS, packager, run
from packager.cli.terminal import wants_color
from packager.cli.variables import name_variables

TEMPLATE = """{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {"one": {"type": "securestring", "defaultValue": "x"}},
  "resources": []
}
"""
SECRET = "secure-parameter-default"


@pytest.fixture(autouse=True)
def template(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "TF_BUILD", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "a.json").write_text(TEMPLATE, encoding="utf-8")


def test_every_option_has_a_variable_named_as_it_is_typed():
    for verb in VERBS:
        command = packager.get_command(click.Context(packager), verb)
        for option in command.params:
            if isinstance(option, click.Option):
                typed = next(name for name in option.opts if name.startswith("--"))
                assert option.envvar == f"PACKAGER_{verb}_{typed[2:]}".upper().replace("-", "_")


def test_verbs_within_verbs_have_variables_too():
    @click.command()
    @click.option("--dry-run", is_flag=True)
    def inner(dry_run):
        pass

    name_variables(click.Group("helm", {"lock": inner}), "PACKAGER_HELM_")
    assert inner.params[0].envvar == "PACKAGER_HELM_LOCK_DRY_RUN"


def report(capsys, *arguments):
    code = run(["check", "a.json", "--today", "2026-11-24", *arguments])
    return code, capsys.readouterr()


def test_variables_set_values_lists_and_flags(monkeypatch, capsys):
    monkeypatch.setenv("PACKAGER_CHECK_FORMAT", "json")
    monkeypatch.setenv("PACKAGER_CHECK_SELECT", f"json-syntax,{SECRET} form-handler")
    monkeypatch.setenv("PACKAGER_CHECK_FAIL_ON", "never")
    code, said = report(capsys)
    assert code == 0
    assert [one["rule"] for one in json.loads(said.out)["findings"]] == [SECRET]
    monkeypatch.setenv("PACKAGER_CHECK_FORMAT", "text")
    monkeypatch.setenv("PACKAGER_CHECK_QUIET", "1")
    assert len(report(capsys)[1].out.splitlines()) == 1
    monkeypatch.setenv("PACKAGER_CHECK_QUIET", "0")
    assert len(report(capsys)[1].out.splitlines()) > 1


def test_values_with_blanks_stay_whole(monkeypatch, tmp_path, capsys):
    assert run(["init", "acme", "--publisher", "contoso"]) == 0
    monkeypatch.setenv("PACKAGER_CHECK_SET", "one=a b\ntwo=c")
    capsys.readouterr()
    run(["check", "marketplace/acme/offer.yaml", "--format", "json"])
    messages = [one["message"] for one in json.loads(capsys.readouterr().out)["findings"]]
    assert {message.split(":")[0] for message in messages if message.startswith("--set")} == {"--set one", "--set two"}


def test_an_empty_variable_sets_nothing_and_a_wrong_one_is_refused(monkeypatch, capsys):
    monkeypatch.setenv("PACKAGER_CHECK_PROFILE", "")
    assert report(capsys)[0] == 1
    monkeypatch.setenv("PACKAGER_CHECK_PROFILE", "lax")
    code, said = report(capsys)
    assert code == 2
    assert "'lax' is not one of" in said.err


def test_a_variable_that_sets_no_option_is_told(monkeypatch, capsys):
    monkeypatch.setenv("PACKAGER_CHECK_FORMT", "json")
    monkeypatch.setenv("PACKAGER_CHECKS", "1")
    monkeypatch.setenv("PACKAGER_BUILD_UOT", "dist")
    code, said = report(capsys, "--quiet")
    assert code == 1
    assert said.err == (
        "packager: the variable PACKAGER_CHECK_FORMT sets no option; did you mean 'PACKAGER_CHECK_FORMAT'?\n"
    )


def test_a_variable_of_a_verb_within_a_verb_may_stand_beside_others(monkeypatch, capsys):
    monkeypatch.setenv("PACKAGER_PUBLISH_PLAN_OFFLINE", "1")
    monkeypatch.setenv("PACKAGER_PUBLISH_OFFLINE", "1")
    assert run(["publish", "status", "absent.yaml"]) == 2
    first = capsys.readouterr().err.splitlines()[0]
    assert first.startswith("packager: the variable PACKAGER_PUBLISH_OFFLINE sets no option; did you mean")


@pytest.mark.parametrize(
    ("environment", "terminal", "expected"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"TERM": "dumb"}, True, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ],
)
def test_when_text_is_coloured(environment, terminal, expected):
    assert wants_color(environment, terminal=terminal) is expected


def test_colour_reaches_the_report(monkeypatch, capsys):
    assert "\033[" not in report(capsys)[1].out
    assert "\033[31merror\033[0m" in report(capsys, "--color", "always")[1].out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\033[31merror\033[0m" in report(capsys)[1].out
    assert "\033[" not in report(capsys, "--color", "never")[1].out
    assert report(capsys, "--format", "json")[1].out.startswith("{")
    report(capsys, "--output", "report.txt")
    assert "\033[" not in pathlib.Path("report.txt").read_text("utf-8")


STORE = {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01", "name": "one", "location": "eastus"}
BOX = {"name": "one", "type": "Microsoft.Common.TextBox", "label": "One", "constraints": {"required": True}}
FORM = {
    "$schema": "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#",
    "handler": "Microsoft.Azure.CreateUIDef",
    "version": "0.1.2-preview",
    "parameters": {"basics": [BOX], "steps": [], "outputs": {}},
}
COLOURED = {
    "simulate p --format text": "\033[31m    ! a value is required\033[0m",
    "expand p": "\033[1mTYPE ",
    "expand p --diff a.json": "\033[32m+ ",
    "diff p q --fail-on never": "\033[31m    - ",
    "prove p": "\033[1mp: ",
    "rules": "\033[33mwarning\033[0m",
    "rules json-syntax": "\033[1mjson-syntax (",
    "schema Microsoft.Storage/storageAccounts": "\033[36mproperties.minimumTlsVersion\033[0m",
    "arm-ttk a.json": "\033[31m    [-] Secure String Parameters Cannot Have Default\033[0m",
    "check a.json": "\033[31merror\033[0m",
}


@pytest.mark.parametrize("words", COLOURED)
def test_colour_is_decided_alike_for_every_verb(words, monkeypatch, capsys):
    pathlib.Path("p").mkdir()
    pathlib.Path("p/createUiDefinition.json").write_text(json.dumps(FORM), encoding="utf-8")
    template = json.dumps({**json.loads(TEMPLATE), "resources": [STORE]})
    pathlib.Path("p/mainTemplate.json").write_text(template, encoding="utf-8")
    pathlib.Path("q").mkdir()
    pathlib.Path("q/mainTemplate.json").write_text(TEMPLATE, encoding="utf-8")

    def said(*arguments):
        run([*words.split(), *arguments])
        return capsys.readouterr().out

    monkeypatch.setenv("FORCE_COLOR", "1")
    assert COLOURED[words] in said()
    assert "\033" not in said("--color", "never")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\033" not in said()
    assert COLOURED[words] in said("--color", "always")


def test_json_is_never_coloured(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    for words in ("rules", "schema Microsoft.Storage/storageAccounts", "expand a.json", "check a.json"):
        run([*words.split(), "--format", "json"])
        assert "\033" not in capsys.readouterr().out


def test_what_steers_a_terminal_stays_out_of_a_text(capsys):
    box = {**BOX, "label": "One"}
    steps = [{"name": "two", "label": "\033[2Jgone\x9b1A", "elements": [box]}]
    form = {**FORM, "parameters": {**FORM["parameters"], "steps": steps}}
    pathlib.Path("form.json").write_text(json.dumps(form), encoding="utf-8")
    run(["simulate", "form.json", "--format", "text", "--color", "always"])
    assert "\ufffd[2Jgone\ufffd1A" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("variable", "mark"), [("GITHUB_ACTIONS", "::error file=a.json,"), ("TF_BUILD", "##vso[task.logissue type=error;")]
)
def test_build_servers_get_marks_on_top_of_the_text(monkeypatch, capsys, variable, mark):
    monkeypatch.setenv(variable, "true")
    lines = report(capsys)[1].out.splitlines()
    assert lines[0].startswith("a.json:4:")
    assert any(line.startswith(mark) for line in lines)
    assert mark not in report(capsys, "--format", "json")[1].out


def test_sarif_is_written_besides(capsys):
    code, said = report(capsys, "--sarif-file", "out.sarif")
    assert code == 1
    assert said.out.startswith("a.json:4:")
    (results,) = json.loads(pathlib.Path("out.sarif").read_text("utf-8"))["runs"]
    assert SECRET in [one["ruleId"] for one in results["results"]]


def test_a_report_that_cannot_be_written_is_a_usage_error(capsys):
    code, said = report(capsys, "--output", "absent/report.txt")
    assert code == 2
    assert "cannot write 'absent/report.txt'" in said.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete(shell, monkeypatch, capsys):
    monkeypatch.setenv("_PACKAGER_COMPLETE", f"{shell}_source")
    monkeypatch.setattr("click.shell_completion.BashComplete._check_version", lambda *_: None, raising=False)
    with pytest.raises(SystemExit) as ended:
        run([])
    assert not ended.value.code
    assert "_PACKAGER_COMPLETE" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "incomplete", "expected"),
    [
        (["check", "--select"], "json-s", ["json-syntax"]),
        (["build", "--ignore"], "json-syntax,handler-", ["json-syntax,Handler-Must-Be-Correct"]),
        (["check", "--fail-on"], "n", ["never"]),
        ([], "ver", ["verify"]),
    ],
)
def test_values_are_completed(words, incomplete, expected):
    completion = ShellComplete(packager, {}, "packager", "_PACKAGER_COMPLETE")
    assert [one.value for one in completion.get_completions(words, incomplete)] == expected


def test_every_verb_has_a_module():
    for verb in VERBS:
        assert importlib.import_module("packager.cli." + verb.replace("-", "_")).command
