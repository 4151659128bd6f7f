"""References that lead nowhere, and files that nothing leads to: what the fixture folders cannot show."""

import json

import pytest

LOCATION = "parameters('_artifactsLocation')"


def template(*links, **parameters):
    resources = [
        {"type": "Microsoft.Resources/deployments", "properties": {"templateLink": {"uri": uri}}, **more}
        for uri, more in links
    ]
    return json.dumps({"contentVersion": "1.0.0.0", "parameters": parameters, "resources": resources})


def missing(found, text, names=(), kind="zip"):
    files = {"mainTemplate.json": text, "createUiDefinition.json": "{}", **dict.fromkeys(names, "")}
    return [(rule, severity) for _, _, rule, severity in found("referenced-file-missing", files, kind)]


SIZED = f"[uri({LOCATION}, concat('size-', parameters('size'), '.json'))]"


@pytest.mark.parametrize(
    ("size", "condition", "names", "expected"),
    [
        ({"allowedValues": ["s", "l"]}, {}, ["size-s.json", "size-l.json"], []),
        ({"allowedValues": ["s", "l"]}, {}, ["size-s.json"], [("some", "error")]),
        ({"allowedValues": ["s", "l"]}, {"condition": "[x()]"}, ["size-s.json"], [("some", "warning")]),
        ({"allowedValues": ["s", "l"]}, {}, [], [(None, "error"), (None, "error")]),
        ({"defaultValue": "s"}, {}, ["size-s.json"], []),
        ({"defaultValue": "s"}, {}, ["size-l.json"], [(None, "error")]),
        ({}, {}, ["size-l.json"], [("unresolved", "info")]),
        ({}, {}, ["other.json"], [("unresolved", "warning")]),
        ({"allowedValues": ["s"]}, {}, ["Size-S.json"], [("wrong-case", "error")]),
    ],
)
def test_a_choice_of_the_customer_leads_to_one_file_of_several(found, size, condition, names, expected):
    rule = "referenced-file-missing"
    text = template((SIZED, condition), size=size)
    assert missing(found, text, names) == [(f"{rule}[{sub}]" if sub else rule, severity) for sub, severity in expected]


def test_a_name_that_leads_out_of_the_package_says_so(found):
    files = {"mainTemplate.json": template((f"[uri({LOCATION}, '../shared/a.json')]", {}))}
    assert found("referenced-file-missing", files, messages=True) == [
        "'../shared/a.json' leads out of the package; every file has to be inside it"
    ]


def test_a_variable_and_its_use_are_reported_once(found):
    value = json.loads(template(("[variables('url')]", {}), (f"[uri({LOCATION}, 'a.json')]", {})))
    value["variables"] = {"url": f"[uri({LOCATION}, 'a.json')]"}
    assert len(missing(found, json.dumps(value))) == 1


def test_beside_a_single_file_nothing_is_certain(found):
    text = template((f"[uri({LOCATION}, 'a.json')]", {}))
    assert missing(found, text, kind="file") == []
    assert missing(found, text, kind="folder") != []


def test_without_a_main_template_no_root_is_known(found):
    text = template((f"[uri({LOCATION}, 'a.json')]", {}))
    assert found("referenced-file-missing", {"package/mainTemplate.json": text}) == []


def test_without_a_main_template_no_file_is_in_vain(found):
    assert found("unreferenced-file", {"createUiDefinition.json": "{}", "a.sh": ""}) == []


def test_files_that_fit_an_unknown_name_are_not_in_vain(found):
    files = {
        "mainTemplate.json": template((SIZED, {}), size={}),
        "size-s.json": "",
        "azuredeploy.parameters.json": "{}",
    }
    assert found("unreferenced-file", files, messages=True) == [
        "no template refers to 'azuredeploy.parameters.json'; Azure does not read parameter files"
    ]


def test_what_another_rule_tells_to_leave_out_is_told_once(found):
    files = {"mainTemplate.json": template(), ".env": "", "a.bicep": "", "a.bak": "", ".git/x": "", "key.pem": ""}
    assert found("unreferenced-file", files) == []
