"""`packager check` around the rules: suppressions, baselines, project settings, several PATHs."""

import json
import pathlib

import pytest

from packager.cli.main import run

ROOT = pathlib.Path(__file__).resolve().parents[2]
STARTER = str(ROOT / "marketplace/starter/offer.yaml")
TODAY = ("--today", "2026-11-24")
SECRET = "secure-parameter-default"
TEMPLATE = """{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "one": {"type": "securestring", "defaultValue": "x"},
    "two": {"type": "securestring", "defaultValue": "y"}
  },
  "resources": []
}
"""


@pytest.fixture
def template(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p").mkdir()
    file = tmp_path / "p" / "azuredeploy.json"
    file.write_text(TEMPLATE, encoding="utf-8")
    return file


def check(capsys, *arguments, expect):
    """The findings as (rule, line), the summary, and stderr."""
    assert run(["check", "--format", "json", *TODAY, *arguments]) == expect
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    return [(one["rule"], one["line"]) for one in report["findings"]], report, captured.err


def only(*arguments):
    return ("--select", SECRET, *arguments)


def test_a_comment_suppresses_and_still_fails_certification(template, capsys):
    one, two = '"x"}, // packager: ignore secure-parameter-default -- a demo', "    // packager: ignore Nonsense\n"
    template.write_text(TEMPLATE.replace('"x"},', one).replace('    "two"', two + '    "two"'), encoding="utf-8")
    found, report, _ = check(capsys, "p", *only(), expect=1)
    assert found == [(SECRET, 7)]
    assert report["summary"]["suppressed"] == 1
    assert report["certification"]["blocking"] == ["Secure-String-Parameters-Cannot-Have-Default"]
    wanted = f"{SECRET},suppression-unknown,suppression-without-reason"
    found, _, _ = check(capsys, "p", "--select", wanted, expect=1)
    assert found == [("suppression-unknown", 6), ("suppression-without-reason", 6), (SECRET, 7)]


def test_a_baseline_serves_relative_and_absolute_paths(template, capsys):
    found, _, said = check(capsys, "p", *only("--write-baseline", "known.json"), expect=0)
    assert found == []
    assert said == "packager: known.json accepts 2 findings\n"
    accepted = (template.parents[1] / "known.json").read_bytes()
    absolute = str(template.parent)
    found, report, said = check(capsys, absolute, *only("--baseline", "known.json"), expect=0)
    assert (found, report["summary"]["suppressed"], said) == ([], 2, "")
    check(capsys, absolute, *only("--write-baseline", "known.json"), expect=0)
    assert (template.parents[1] / "known.json").read_bytes() == accepted


def test_a_baseline_lets_new_findings_through_and_tells_stale_ones(template, capsys):
    check(capsys, "p", *only("--write-baseline", "known.json"), expect=0)
    changed = TEMPLATE.replace(', "defaultValue": "x"', "").replace("one", "\n one")
    third = '"resources": [],\n"outputs": {}'
    template.write_text(changed.replace('"resources": []', third), encoding="utf-8")
    found, _, said = check(capsys, "p", *only("--baseline", "known.json"), expect=0)
    assert found == []
    assert said == f"packager: known.json: no longer found: azuredeploy.json: {SECRET}\n"
    template.write_text(TEMPLATE.replace('"two"', '"new"'), encoding="utf-8")
    found, _, _ = check(capsys, "p", *only("--baseline", "known.json"), expect=1)
    assert found == [(SECRET, 6)]


def test_a_baseline_is_not_written_of_a_part(template, capsys):
    known = pathlib.Path("known.json")
    known.write_text("as it was", encoding="utf-8")
    _, _, said = check(capsys, "p", "absent", *only("--write-baseline", "known.json"), expect=2)
    assert "packager: known.json is not written: it would lack what could not be checked\n" in said
    (template.parent / "offer.yaml").write_text("schema: 1\n", encoding="utf-8")
    check(capsys, "p/offer.yaml", "p", "--write-baseline", "known.json", expect=1)
    assert known.read_text("utf-8") == "as it was"


def test_a_baseline_does_not_touch_the_prediction(template, capsys):
    check(capsys, "p", "--write-baseline", "known.json", expect=0)
    reports = []
    for options in ((), ("--baseline", "known.json")):
        run(["check", "p", "--profile", "arm-ttk", "--format", "json", *TODAY, *options])
        reports.append(capsys.readouterr().out)
    assert reports[0] == reports[1]
    assert run(["check", "p", "--profile", "arm-ttk", "--write-baseline", "x.json"]) == 2


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{\n\n1", "known.json:3: the baseline is damaged"),
        (b"{}", "known.json:1: this is no baseline of packager"),
        (None, "the baseline 'known.json' cannot be read: No such file or directory"),
    ],
)
def test_a_baseline_that_is_none_is_a_usage_error(template, capsys, data, message):
    if data is not None:
        pathlib.Path("known.json").write_bytes(data)
    assert run(["check", "p", "--baseline", "known.json"]) == 2
    assert message in capsys.readouterr().err


def project(text):
    pathlib.Path("pyproject.toml").write_text(text, encoding="utf-8")


def test_a_project_decides_and_flags_decide_over_it(template, capsys, monkeypatch):
    project(f'[tool.packager]\nselect = ["{SECRET}"]\nfail-on = "never"\n[tool.packager.severity]\n{SECRET} = "info"\n')
    found, report, _ = check(capsys, "p", expect=0)
    assert found == [(SECRET, 5), (SECRET, 6)]
    assert report["summary"]["info"] == 2
    check(capsys, "p", "--fail-on", "info", expect=1)
    monkeypatch.setenv("PACKAGER_CHECK_FAIL_ON", "info")
    check(capsys, "p", expect=1)
    check(capsys, "p", "--fail-on", "error", expect=0)
    found, _, _ = check(capsys, "p", "--isolated", "--select", "json-syntax", expect=0)
    assert found == []


def test_severities_go_by_the_names_of_arm_ttk_too(template, capsys):
    project('[tool.packager.severity]\nSecure-String-Parameters-Cannot-Have-Default = "warning"\n')
    _, report, _ = check(capsys, "p", *only(), expect=0)
    assert report["summary"]["warning"] == 2


def test_a_project_names_its_baseline(template, capsys, monkeypatch):
    check(capsys, "p", *only("--write-baseline", "known.json"), expect=0)
    project('[tool.packager]\nbaseline = "known.json"\n')
    monkeypatch.chdir(template.parent)
    found, _, _ = check(capsys, ".", *only(), expect=0)
    assert found == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[tool.packager]\nignor = ["x"]', "pyproject.toml:2: unknown key 'ignor'; did you mean 'ignore'?"),
        (
            '[tool.packager]\nignore = ["json-sintax"]',
            "pyproject.toml:2: ignore json-sintax: there is no such rule; did",
        ),
        ('[tool.packager.severity]\nJson-Sintax = "info"', "pyproject.toml:2: severity of json-sintax: there is no"),
    ],
)
def test_mistakes_in_a_project_are_usage_errors(template, capsys, text, message):
    project(text)
    assert run(["check", "p"]) == 2
    assert message in capsys.readouterr().err


def test_a_path_that_cannot_be_checked_does_not_stop_the_others(template, capsys):
    (template.parents[1] / "empty").mkdir()
    found, report, said = check(capsys, "absent", "p", "empty", *only(), expect=2)
    assert found == [(SECRET, 5), (SECRET, 6)]
    assert report["summary"]["files"] == 1
    assert "'absent' does not exist" in said
    assert "'empty' holds nothing to check" in said


def test_a_json_report_is_written_even_when_nothing_could_be_checked(template, capsys):
    found, report, _ = check(capsys, "absent", expect=2)
    assert (found, report["summary"]["files"]) == ([], 0)


@pytest.mark.parametrize("path", ["/dev/null", "x" * 5000])
def test_odd_paths_are_usage_errors(path, capsys):
    assert run(["check", path]) == 2
    assert "packager: '" in capsys.readouterr().err


OFFER_SOURCE = "mainTemplates/acme/mainTemplate.json.j2"


@pytest.fixture
def offer(tmp_path, monkeypatch):
    """A copy of the starter whose template has a secret with a default value."""
    monkeypatch.chdir(tmp_path)
    assert run(["init", "acme", "--publisher", "contoso"]) == 0
    source = tmp_path / OFFER_SOURCE
    text = source.read_text("utf-8")
    line = '    "secret": {"type": "securestring", "defaultValue": "x"}, COMMENT\n'
    changed = text.replace('"parameters": {\n', '"parameters": {\n' + line, 1)
    assert changed != text

    def write(comment):
        source.write_text(changed.replace("COMMENT", comment), encoding="utf-8")
        return next(number for number, one in enumerate(changed.splitlines(), 1) if "COMMENT" in one)

    return write


def test_comments_in_sources_suppress_what_they_render_to(offer, capsys):
    line = offer("")
    _, report, _ = check(capsys, "marketplace/acme/offer.yaml", *only(), expect=1)
    (finding,) = report["findings"]
    assert finding["source"] == {"file": OFFER_SOURCE, "line": line}
    offer("{# packager: ignore secure-parameter-default -- a demo #}")
    found, report, _ = check(capsys, "marketplace/acme/offer.yaml", *only(), expect=0)
    assert (found, report["summary"]["suppressed"]) == ([], 1)


def test_an_unused_comment_in_a_source_is_reported_there(offer, capsys):
    line = offer("{# packager: ignore json-syntax -- a demo #}")
    _, report, _ = check(capsys, "marketplace/acme/offer.yaml", "--ignore", SECRET, "--fail-on", "warning", expect=1)
    (finding,) = [one for one in report["findings"] if one["rule"] == "suppression-unused"]
    assert finding["source"] == {"file": OFFER_SOURCE, "line": line}


def test_comments_in_files_that_are_copied_count_where_they_are_in_the_package(offer, capsys, tmp_path):
    offer("")
    folder = tmp_path / "marketplace/acme"
    (folder / "run.sh").write_text("#!/bin/sh\n# packager: ignore no-rule -- never\n", encoding="utf-8")
    settings = folder / "offer.yaml"
    with settings.open("a", encoding="utf-8") as file:
        file.write("    artifacts: [{from: ./run.sh, to: scripts/}]\n")
    _, report, _ = check(capsys, str(settings), "--select", "suppression-unknown", expect=0)
    assert [(one["file"], one["line"], one["source"]) for one in report["findings"]] == [("scripts/run.sh", 2, None)]


def test_the_text_leads_to_the_source_as_seen_from_here(offer, capsys, tmp_path, monkeypatch):
    line = offer("")
    monkeypatch.chdir(tmp_path / "marketplace")
    assert run(["check", "acme/offer.yaml", *TODAY, *only()]) == 1
    first, _, _, rendered, summary, certification = capsys.readouterr().out.splitlines()
    assert first.startswith(f"../{OFFER_SOURCE}:{line}:1: error {SECRET} ")
    assert rendered.startswith("    rendered as mainTemplate.json:")
    assert summary.endswith(" of acme/offer.yaml: 1 error, 0 warnings, 0 info")
    assert certification == "certification would refuse this: Secure-String-Parameters-Cannot-Have-Default"


def test_verbose_says_how_each_path_is_checked(template, capsys):
    project('[tool.packager]\nprofile = "strict"\nbaseline = "known.json"\n')
    pathlib.Path("known.json").write_text('{"schema": 1, "baseline": "packager", "findings": []}', encoding="utf-8")
    _, _, said = check(capsys, "p", *only("--verbose"), expect=1)
    assert said == "packager: p: profile strict, baseline known.json, pyproject.toml, 2026-11-24\n"
    _, _, said = check(capsys, "p", *only("--isolated", "-v"), expect=1)
    assert said == "packager: p: profile marketplace, no pyproject.toml with settings, 2026-11-24\n"


def test_quiet_leaves_out_notes(template, capsys):
    _, _, said = check(capsys, "p", *only("--write-baseline", "known.json", "--quiet"), expect=0)
    assert said == ""
    assert run(["check", "p", *only("-q", *TODAY)]) == 1
    assert [line.split(" ")[0] for line in capsys.readouterr().out.splitlines()] == [
        "p/azuredeploy.json:5:37:",
        "p/azuredeploy.json:6:37:",
    ]


def test_certification_is_told_of_tests_that_the_profile_of_a_platform_leaves_out(template, capsys):
    stored = {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2019-06-01", "name": "s", "location": "[a()]"}
    template.write_text(TEMPLATE.replace('"resources": []', f'"resources": [{json.dumps(stored)}]'), encoding="utf-8")
    selected = ("--select", "apiVersions-Should-Be-Recent")
    found, report, _ = check(capsys, "p", *selected, expect=0)
    certified = report["certification"]
    assert (found, certified["warning"]) == ([("api-version-outdated", 8)], ["apiVersions-Should-Be-Recent"])
    found, report, _ = check(capsys, "p", *selected, "--profile", "azure-stack-hub", expect=0)
    assert (found, report["summary"]["suppressed"], report["certification"]) == ([], 0, certified)
