"""Each rule that can be fixed, on its own bad cases: what is left of the file after fixing."""

import datetime
import json
import pathlib
import shutil

import pytest

from packager.checks.config import Config
from packager.checks.fixes import write_fixed
from packager.checks.registry import all_rules
from packager.errors import PackagerError
from packager.pipeline.check import check_path
from packager.pipeline.fixing import fix_path, fixed_places

CASES = pathlib.Path(__file__).resolve().parents[1] / "rules"
TODAY = datetime.date(2026, 11, 24)
FIXABLE = [rule.id for rule in all_rules() if rule.fixable]


def placed(case, folder):
    """The case as a PATH of its own."""
    place = folder / case.name
    if case.is_dir():
        shutil.copytree(case, place)
    else:
        folder.mkdir(exist_ok=True)
        shutil.copy(case, place)
    return str(place)


def fix(path, **chosen):
    return fix_path(path, Config(**chosen), TODAY, {}, lambda report: report)


@pytest.mark.parametrize("rule", FIXABLE)
def test_bad_cases_of_a_rule_are_fixed_and_nothing_gets_worse(rule, tmp_path):
    fixed_rules, chosen = set(), {"select": frozenset({rule})}
    for case in sorted((CASES / rule / "bad").iterdir()):
        path = placed(case, tmp_path / case.stem)
        before, after, fixed = fix(path, **chosen)
        fixed_rules |= {finding.rule_id for finding in fixed.findings}
        assert len(after.report.findings) <= len(before.report.findings) - bool(fixed.after)
        write_fixed(fixed, fixed_places(before, path))
        assert check_path(path, Config(**chosen), TODAY, {}).report == after.report
    assert rule in fixed_rules


FORM = {
    "$schema": "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#",
    "handler": "Microsoft.Azure.CreateUIDef",
    "version": "0.1.2-preview",
    "parameters": {"basics": [], "steps": [], "outputs": {"location": "[location()]"}},
}
TEMPLATE = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
    "resources": [],
}
PARAMETERS = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
    "contentVersion": "1.0.0.0",
    "parameters": {},
}


def element(**members):
    return FORM | {"parameters": FORM["parameters"] | {"basics": [{"name": "e", **members}]}}


def without(value, *names):
    return {name: inner for name, inner in value.items() if name not in names}


LABEL = {"label": "Size", "toolTip": "Size"}
COMBO = {"password": "One", "confirmPassword": "Two"}


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("createUiDefinition.json", without(FORM, "$schema"), FORM),
        ("createUiDefinition.json", without(FORM, "version"), FORM),
        ("createUiDefinition.json", FORM | {"version": "0.0.1"}, FORM),
        ("createUiDefinition.json", FORM | {"parameters": FORM["parameters"] | {"outputs": {}}}, FORM),
        ("createUiDefinition.json", FORM | {"parameters": without(FORM["parameters"], "outputs")}, FORM),
        (
            "createUiDefinition.json",
            element(type="Microsoft.Common.CheckBox", label="Size"),
            element(type="Microsoft.Common.CheckBox", **LABEL),
        ),
        (
            "createUiDefinition.json",
            element(type="Microsoft.Common.CheckBox", label="Size", toolTip=" "),
            element(type="Microsoft.Common.CheckBox", **LABEL),
        ),
        (
            "createUiDefinition.json",
            element(type="Microsoft.Compute.CredentialsCombo", label=COMBO),
            element(type="Microsoft.Compute.CredentialsCombo", label=COMBO, toolTip={"password": "One"}),
        ),
        ("azuredeploy.json", without(TEMPLATE, "$schema"), TEMPLATE),
        ("azuredeploy.parameters.json", without(PARAMETERS, "$schema"), PARAMETERS),
        ("azuredeploy.parameters.json", without(PARAMETERS, "contentVersion"), PARAMETERS),
        (
            "azuredeploy.json",
            TEMPLATE | {"parameters": {"password": {"type": "String"}}, "outputs": {}},
            TEMPLATE | {"parameters": {}, "outputs": {}},
        ),
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_what_is_missing_is_written(name, bad, good, indent, tmp_path):
    file = tmp_path / name
    file.write_text(json.dumps(bad, indent=indent), encoding="utf-8")
    before, _, fixed = fix(str(file))
    write_fixed(fixed, fixed_places(before, str(file)))
    assert json.loads(file.read_bytes()) == good
    if indent is None:
        order = json.loads(file.read_bytes())
        assert file.read_text(encoding="utf-8") == json.dumps(order)


def test_profile_arm_ttk_fixes_what_it_reports_and_is_right_about(tmp_path):
    template = TEMPLATE | {"parameters": {"unused": {"type": "int"}}, "variables": {"a": "core.windows.net"}}
    file = tmp_path / "azuredeploy.json"
    file.write_text(json.dumps(template), encoding="utf-8")
    _, after, fixed = fix(str(file), profile="arm-ttk")
    assert json.loads(fixed.after["azuredeploy.json"]) == TEMPLATE | {"parameters": {}, "variables": {}}
    assert after.report.findings == ()


def test_a_file_that_has_changed_meanwhile_is_left(tmp_path):
    file = tmp_path / "azuredeploy.json"
    file.write_text(json.dumps(TEMPLATE | {"variables": {"a": 1}}), encoding="utf-8")
    before, _, fixed = fix(str(file))
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(PackagerError, match="has changed while it was checked"):
        write_fixed(fixed, fixed_places(before, str(file)))
    assert file.read_text(encoding="utf-8") == "{}"
