"""Profile `arm-ttk` beside what the real arm-ttk said of its own unit tests, where those are at hand."""

import datetime
import json
import pathlib

import pytest

from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.registry import all_rules
from packager.pipeline.opening import open_bundle

ROOT = pathlib.Path(__file__).resolve().parents[3]
RECORDED = ROOT.parent / "shared" / "fixtures" / "arm-ttk"
DAY = datetime.date(2026, 11, 23)


def failing_tests(path, select):
    package = Package(open_bundle(str(path)), DAY)
    config = Config(profile="arm-ttk", select=frozenset({select.lower()}))
    findings = run(package, all_rules(), config).findings
    return {(finding.arm_ttk or finding.rule).lower() for finding in findings if finding.severity is Severity.ERROR}


@pytest.mark.slow
def test_the_verdicts_on_the_unit_tests_of_arm_ttk():
    if not RECORDED.is_dir():
        pytest.skip("the recorded verdicts are not part of this repository")
    cases = json.loads((RECORDED / "manifest.json").read_text(encoding="utf-8"))
    wrong = [
        (case["test"], case["path"], case["expect"])
        for case in cases
        if (case["test"].lower() in failing_tests(RECORDED / case["path"], case["test"])) != (case["expect"] == "fail")
    ]
    assert wrong == []


SCHEMA = '"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"'


def nested(template):
    return (
        '{"type": "Microsoft.Resources/deployments", "apiVersion": "2025-04-01", "name": "n", "properties": {'
        f'"mode": "Incremental", "expressionEvaluationOptions": {{"scope": "inner"}}, "template": {template}}}}}'
    )


def template(parameters="{}", resources="[]", extra=""):
    return f'{{{SCHEMA}, "contentVersion": "1.0.0.0", "parameters": {parameters}, "resources": {resources}{extra}}}'


UNUSED = '{"unused": {"type": "string"}}'
PARAMETERS, URI = "Parameters-Must-Be-Referenced", "DeploymentTemplate-Must-Not-Contain-Hardcoded-Uri"


def findings(files, test, tmp_path, profile="arm-ttk"):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    config = Config(profile=profile, select=frozenset({test.lower()}))
    return run(Package(open_bundle(str(tmp_path)), DAY), all_rules(), config).findings


def test_every_template_inside_a_template_reports_by_itself(tmp_path):
    deepest = template(UNUSED)
    main = template(UNUSED, f"[{nested(template(UNUSED, f'[{nested(deepest)}]'))}]")
    found = findings({"mainTemplate.json": main}, PARAMETERS, tmp_path)
    assert [one.pointer.count("template") for one in found] == [0, 1, 2]


def test_what_only_an_inner_template_holds_is_reported_once(tmp_path):
    inner = template(extra=', "outputs": {"a": {"type": "string", "value": "https://vault.azure.net"}}')
    (found,) = findings({"mainTemplate.json": template(resources=f"[{nested(inner)}]")}, URI, tmp_path)
    assert found.file == "mainTemplate.json"


def test_a_linked_template_is_credited_with_what_stands_in_the_main_one(tmp_path):
    inner = template(UNUSED)
    files = {"mainTemplate.json": template(resources=f"[{nested(inner)}]"), "nested/linked.json": template()}
    main, linked = findings(files, PARAMETERS, tmp_path)
    assert (main.file, linked.file) == ("mainTemplate.json", "nested/linked.json")
    assert [(one.file, one.line, one.column) for one in linked.related] == [
        ("mainTemplate.json", main.line, main.column)
    ]
    assert linked.pointer == ""


def test_elsewhere_it_is_one_finding_at_its_true_place(tmp_path):
    inner = template(UNUSED)
    files = {"mainTemplate.json": template(resources=f"[{nested(inner)}]"), "nested/linked.json": template()}
    (found,) = findings(files, PARAMETERS, tmp_path, "marketplace")
    assert (found.file, str(found.basis), found.related) == ("mainTemplate.json", "both", ())


def test_what_is_found_in_the_raw_text_has_a_pointer(tmp_path):
    main = template(extra=', "outputs": {"a": {"type": "string", "value": "https://x.vault.azure.net"}}')
    (found,) = findings({"mainTemplate.json": main}, URI, tmp_path)
    assert found.pointer == "/outputs/a/value"


def test_when_no_text_is_found_the_checks_of_texts_fail(tmp_path):
    main = f'{{{SCHEMA}, "resources": {{"my-nested": {nested(template())}}}}}'
    tests = ("Variables-Must-Be-Referenced", PARAMETERS, URI, "Template-Should-Not-Contain-Blanks")
    found = [{one.rule for one in findings({"mainTemplate.json": main}, test, tmp_path)} for test in tests]
    assert found == [
        {"variable-unreferenced[extraction]"},
        {"parameter-unreferenced[extraction]"},
        set(),
        {"blank-value[extraction]"},
    ]


def test_a_stale_template_is_judged_again_under_the_name_of_a_file_without_schema(tmp_path):
    files = {
        "azuredeploy.json": template(UNUSED),
        "b.json": '{"contentVersion": "1", "parameters": {"mine": {"type": "int"}}, "resources": [{"type": "a/b"}]}',
    }
    first, second = findings(files, PARAMETERS, tmp_path)
    assert (first.file, second.file) == ("azuredeploy.json", "b.json")
    assert "'unused'" in second.message
    true = findings(files, PARAMETERS, tmp_path, "marketplace")
    assert [(one.file, str(one.basis)) for one in true] == [("azuredeploy.json", "both"), ("b.json", "packager")]


@pytest.mark.parametrize(
    ("name", "tested"), [("install.json", True), ("firewall.json", True), ("setup.json", False), ("all.jsonc", False)]
)
def test_a_name_with_the_letters_all_gets_every_check(tmp_path, name, tested):
    files = {"mainTemplate.json": template(), name: "{}"}
    found = findings(files, "Location-Should-Be-In-Outputs", tmp_path)
    assert found == ()  # there is no form, so the checks of forms are skipped
    files["createUiDefinition.json"] = '{"parameters": {"outputs": {"a": 1}}}'
    found = findings(files, "Location-Should-Be-In-Outputs", tmp_path)
    assert (name in {one.file for one in found}) == tested
