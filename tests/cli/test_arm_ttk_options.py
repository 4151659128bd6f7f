"""Options of `check` that users of arm-ttk know, and the age of the facts."""

import json

import pytest

from packager.cli.main import run

TEMPLATE = """{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "resources": [
    {"type": "Microsoft.Web/sites", "apiVersion": "2023-01-01", "name": "site", "location": "global"}
  ]
}
"""
RECENT = "apiVersions-Should-Be-Recent"


@pytest.fixture
def template(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "azuredeploy.json").write_text(TEMPLATE, encoding="utf-8")
    return "azuredeploy.json"


def check(capsys, *arguments, today="2026-11-24"):
    code = run(["check", *arguments, "--today", today, "--select", RECENT, "--profile", "arm-ttk", "--format", "json"])
    captured = capsys.readouterr()
    found = json.loads(captured.out)["findings"] if captured.out else None
    return code, found and [one["rule"].partition("[")[0] for one in found], captured.err


def test_test_parameters_reach_the_checks(template, capsys):
    assert check(capsys, template)[:2] == (1, ["api-version-outdated"])
    assert check(capsys, template, "--test-parameter", "NumberOfDays=3000")[:2] == (0, [])
    assert check(capsys, template, "--test-parameter", "TestDate=2023-02-01")[:2] == (0, [])


def test_a_wrong_test_parameter_is_refused(template, capsys):
    code, found, said = check(capsys, template, "--test-parameter", "NumberOfDays=many")
    assert (code, found) == (2, None)
    assert said == "packager: --test-parameter NumberOfDays=many: NumberOfDays takes a whole number\n"


def test_tests_are_skipped_by_file(template, capsys):
    assert check(capsys, template, "--skip-by-file", "azure*=apiVersions*")[:2] == (0, [])
    assert check(capsys, template, "--skip-by-file", "main*=apiVersions*")[:2] == (1, ["api-version-outdated"])


def test_another_table_decides(template, capsys, tmp_path):
    (tmp_path / "t.json").write_text('{"Microsoft.Web/sites": ["2023-01-01", "2022-03-01"]}', encoding="utf-8")
    assert check(capsys, template, "--api-versions", "t.json")[:2] == (0, [])


def test_a_damaged_table_is_refused_with_its_place(template, capsys, tmp_path):
    (tmp_path / "t.json").write_text('{"Microsoft.Web/sites":\n  ["2023-01-01",]}', encoding="utf-8")
    code, found, said = check(capsys, template, "--api-versions", "t.json")
    assert (code, found) == (2, None)
    assert said.startswith("packager: t.json:2:")


def test_a_row_that_is_no_list_of_texts_is_refused_with_its_line(template, capsys, tmp_path):
    (tmp_path / "t.json").write_text('{"A.B/c": ["2023-01-01"],\n "D.E/f": "2023-01-01"}', encoding="utf-8")
    code, _, said = check(capsys, template, "--api-versions", "t.json")
    assert (code, said) == (2, "packager: t.json:2: the versions of 'D.E/f' are no list of texts\n")


@pytest.mark.parametrize("text", ['{"Microsoft.Web/sites": "2023-01-01"}', "[]", "{}", '{"a/b": [1]}', "7"])
def test_what_is_no_table_is_refused(template, capsys, tmp_path, text):
    (tmp_path / "t.json").write_text(text, encoding="utf-8")
    code, found, said = check(capsys, template, "--api-versions", "t.json")
    assert (code, found) == (2, None)
    assert "t.json" in said


def test_an_old_table_is_a_note(template, capsys):
    assert check(capsys, template)[2] == ""
    _, _, said = check(capsys, template, today="2027-03-01")
    assert said == (
        "packager: the table of api-versions is of 2026-08-01 and 212 days old, so newer versions are not known; "
        "update packager, or name a newer table with --api-versions\n"
    )
    assert check(capsys, template, "--quiet", today="2027-03-01")[2] == ""


def test_rules_data_shows_origin_date_and_age(capsys):
    assert run(["rules", "--data", "--today", "2026-11-24"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(
        "api-versions\n"
        "  holds    5,787 resource types (api_versions.table)\n"
        "  origin   azure-resource-manager-schemas and bicep-types-az of August 2026, with Azure's provider list of "
        "2023-11-13\n"
        "  date     2026-08-01, 115 days old\n"
    )
    assert run(["rules", "--data", "--today", "2027-11-24"]) == 0
    assert "  date     2026-08-01, 480 days old, more than 180: renew it\n" in capsys.readouterr().out
    assert run(["rules", "--data", "--format", "json", "--today", "2026-11-24"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["name"], row["date"], row["age"]) for row in rows] == [
        ("api-versions", "2026-08-01", 115),
        ("clouds", None, None),
        ("images", None, None),
        ("kubernetes", None, None),
        ("platforms", None, None),
        ("resource-types", "2026-08-20", 96),
        ("roles", None, None),
    ]
    assert run(["rules", "blank-value", "--data"]) == 2


def test_what_arm_ttk_takes_for_a_template_is_checked_as_such(tmp_path, capsys):
    file = tmp_path / "x.json"
    file.write_text('{"resources": [{"name": "foo"}]}', encoding="utf-8")
    schema = ("--select", "DeploymentTemplate-Schema-Is-Correct", "--format", "json")
    assert run(["check", str(file), "--profile", "arm-ttk", *schema]) == 1
    assert [one["rule"] for one in json.loads(capsys.readouterr().out)["findings"]] == ["template-schema"]
    file.write_text('{"resources": []}', encoding="utf-8")
    assert run(["check", str(file), "--profile", "arm-ttk", *schema]) == 2


@pytest.mark.parametrize(("text", "code"), [("[]", 1), ("null", 1), ("{}", 2), ('{"a": 1}', 2)])
def test_a_file_that_arm_ttk_takes_for_no_json_is_reported_in_its_profile(tmp_path, capsys, text, code):
    file = tmp_path / "a.json"
    file.write_text(text)
    assert run(["check", str(file)]) == 2

    assert run(["check", str(file), "--profile", "arm-ttk"]) == code
    capsys.readouterr()
