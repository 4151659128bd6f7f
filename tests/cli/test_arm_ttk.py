"""`packager arm-ttk`: layout, choice of tests, totals and exit codes."""

import pathlib

import pytest

from packager.checks.armttk.verdicts import TESTS
from packager.checks.registry import all_rules
from packager.cli.main import run

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#"
MAIN = f"""{{
  "$schema": "{SCHEMA}",
  "contentVersion": "1.0.0.0",
  "parameters": {{
    "unused": {{"type": "string"}}
  }},
  "resources": []
}}
"""
FORM = '{"handler": "Microsoft.Compute.Other", "outputs": {}}'
CHOSEN = (
    "--test",
    "Handler-Must-Be-Correct,Parameters Must Be Referenced",
    "--test",
    "DeploymentTemplate-Schema-Is-Correct",
)


@pytest.fixture
def package(tmp_path, monkeypatch):
    for name in ("GITHUB_RUN_ID", "AGENT_ID"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "package"
    (folder / "nested").mkdir(parents=True)
    (folder / "mainTemplate.json").write_text(MAIN, encoding="utf-8")
    (folder / "createUiDefinition.json").write_text(FORM, encoding="utf-8")
    (folder / "nested/mainTemplate.json").write_text(MAIN.replace("unused", "__unused"), encoding="utf-8")
    return folder


def arm_ttk(capsys, *arguments):
    code = run(["arm-ttk", *map(str, arguments), "--today", "2026-11-24"])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


WHOLE = """\
Validating package\\createUiDefinition.json
  CreateUIDefinition
    [-] Handler Must Be Correct
        the handler is unknown to the portal; use 'Microsoft.Azure.CreateUIDef' Line: 1, Column: 13
Validating package\\mainTemplate.json
  deploymentTemplate
    [?] DeploymentTemplate Schema Is Correct
        '$schema' is the deprecated one of 2015-01-01; use \
'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#' Line: 2, Column: 14
    [-] Parameters Must Be Referenced
        parameter 'unused' is never used; remove it or refer to it Line: 5, Column: 5
Validating nested\\mainTemplate.json
  deploymentTemplate
    [?] DeploymentTemplate Schema Is Correct
        '$schema' is the deprecated one of 2015-01-01; use \
'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#' Line: 2, Column: 14
    [+] Parameters Must Be Referenced

Pass  : 3
Fail  : 2
Total : 5
"""


def test_the_whole_output(package, capsys):
    assert arm_ttk(capsys, package, *CHOSEN) == (1, WHOLE, "")


def test_a_file_alone_and_warnings_do_not_fail(package, capsys):
    code, shown, _ = arm_ttk(capsys, package / "nested/mainTemplate.json", *CHOSEN)
    assert code == 0
    assert shown.startswith("Validating nested\\mainTemplate.json\n  deploymentTemplate\n    [?] ")
    assert shown.endswith("\nPass  : 2\nFail  : 0\nTotal : 2\n")


def test_groups_skips_and_files(package, capsys):
    code, shown, _ = arm_ttk(capsys, package, "--test", "deploymentTemplate", "--file", "MAIN*")
    assert code == 1
    assert shown.count("    [") == 2 * len(TESTS["deploymentTemplate"])
    skipped = ("--skip", "Parameters-Must-Be-Referenced", "--skip-by-file", "create*=Handler*")
    assert arm_ttk(capsys, package, *CHOSEN, *skipped)[0] == 0


@pytest.mark.parametrize(
    ("variable", "mark"), [("AGENT_ID", "##[error]        "), ("GITHUB_RUN_ID", "::error::        ")]
)
def test_messages_are_marked_on_build_servers(package, capsys, monkeypatch, variable, mark):
    monkeypatch.setenv(variable, "1")
    assert f"\n{mark}parameter 'unused'" in arm_ttk(capsys, package)[1]


def test_every_plan_of_an_offer(capsys):
    code, shown, _ = arm_ttk(capsys, ROOT / "marketplace/starter/offer.yaml")
    assert code == 0
    assert shown.endswith("\nPass  : 49\nFail  : 0\nTotal : 49\n")
    assert "Validating basic\\mainTemplate.json\n" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--test", "Handler-Must-Be-Korrect"), "did you mean 'Handler-Must-Be-Correct'?"),
        (("--skip", "*"), "arm-ttk has no such test"),
        (("--test-parameter", "NumberOfDays=x"), "NumberOfDays takes a whole number"),
        (("--file", "nothing.json"), "arm-ttk finds nothing to test"),
    ],
)
def test_what_cannot_be_asked(package, capsys, arguments, said):
    code, shown, error = arm_ttk(capsys, package, *arguments)
    assert (code, shown) == (2, "")
    assert said in error


def test_a_folder_without_a_main_file_is_not_tested(tmp_path, capsys):
    (tmp_path / "other.json").write_text(MAIN, encoding="utf-8")
    assert arm_ttk(capsys, tmp_path)[:2] == (2, "")
    assert arm_ttk(capsys, tmp_path / "other.json")[0] == 1


def test_an_offer_that_cannot_be_rendered_is_refused(tmp_path, capsys):
    (tmp_path / "offer.yaml").write_text("schema: 1\n", encoding="utf-8")
    code, shown, error = arm_ttk(capsys, tmp_path / "offer.yaml")
    assert (code, shown) == (1, "")
    assert "cannot be rendered" in error


def test_the_tests_are_those_of_the_rules():
    """Two tests of arm-ttk never report; every other one has a rule."""
    names = {name for tests in TESTS.values() for name in tests}
    assert len(names) == 53
    assert {rule.arm_ttk for rule in all_rules() if rule.arm_ttk} <= names
