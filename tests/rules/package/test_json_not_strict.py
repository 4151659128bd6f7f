"""Deviations from strict JSON, by kind and by what the file is for."""

import pytest

RULE = "json-not-strict"
HEAD = '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": []'


@pytest.mark.parametrize(
    ("rest", "kind", "severity"),
    [
        ("} // note", "comment", "error"),
        ("/* note */}", "comment", "error"),
        (",}", "trailing-comma", "error"),
        (", 'a': 1}", "single-quotes", "error"),
        (", a: 1}", "unquoted-name", "error"),
        (', "a": NaN}', "literal", "error"),
        (', "a": 0x10}', "number", "error"),
        (', "a": "x\ny"}', "control-character", "error"),
        (', "a": 1, "a": 2}', "duplicate-key", "error"),
        (', "a": "\\ud800"}', "lone-surrogate", "warning"),
    ],
)
def test_a_template_is_strict_json(found, rest, kind, severity):
    expected = [("mainTemplate.json", 2, f"{RULE}[{kind}]", severity)]
    assert found(RULE, {"mainTemplate.json": HEAD + "\n" + rest}) == expected


def test_a_byte_order_mark_is_a_warning(found):
    assert found(RULE, {"mainTemplate.json": "\ufeff" + HEAD + "}"}) == [
        ("mainTemplate.json", 1, f"{RULE}[byte-order-mark]", "warning")
    ]


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("createUiDefinition.json", '{"handler": "Microsoft.Azure.CreateUIDef"'),
        ("viewDefinition.json", '{"$schema": "https://x/viewdefinition/0.0.1-preview/ViewDefinition.json#"'),
    ],
)
def test_so_are_forms_and_views(found, name, head):
    assert found(RULE, {name: head + ",}"}) == [(name, 1, f"{RULE}[trailing-comma]", "error")]


@pytest.mark.parametrize("files", [{"nested/db.json": HEAD + ",}"}, {"a.parameters.json": '{"parameters": {},}'}])
def test_in_linked_templates_and_parameter_files_it_is_a_warning(found, files):
    assert found(RULE, files) == [(*files, 1, f"{RULE}[trailing-comma]", "warning")]


def test_a_lost_value_is_an_error_in_any_template(found):
    assert found(RULE, {"nested/db.json": HEAD + ', "a": 1, "a": 2}'}) == [
        ("nested/db.json", 1, f"{RULE}[duplicate-key]", "error")
    ]


def test_other_json_may_have_readers_of_its_own(found):
    assert found(RULE, {"scripts/tsconfig.json": "{} // note"}) == [
        ("scripts/tsconfig.json", 1, f"{RULE}[comment]", "info")
    ]


def test_each_kind_is_reported_once_with_its_count(found):
    files = {"mainTemplate.json": f"// one\n// two\n{HEAD},}} // three"}
    assert found(RULE, files, messages=True) == [
        "JSON has no comments; Azure reads strict JSON only (3 places in this file)",
        "a comma stands before the closing bracket; Azure reads strict JSON only",
    ]


def test_jsonc_may_have_comments_until_it_is_packed(found):
    files = {"mainTemplate.jsonc": HEAD + ",} // note"}
    assert found(RULE, files, "folder") == []
    assert len(found(RULE, files, "zip")) == 2
    assert found(RULE, {"mainTemplate.jsonc": HEAD + ", 'a': 1}"}, "folder") != []


def test_strict_json_is_left_alone(found):
    assert found(RULE, {"mainTemplate.json": HEAD + "}", "broken.json": "{"}) == []


@pytest.mark.parametrize(
    ("rest", "kind"),
    [
        (', "tags": {"a": 1, "A": 2}}', "case-duplicate-key"),
        (', "": 1}', "empty-name"),
        (', "a" /* note */: 1}', "misplaced-comment"),
        (f', "a": {"9" * 400}}}', "long-integer"),
    ],
)
def test_what_arm_ttk_refuses_too_is_one_of_its_findings(found, rest, kind):
    files = {"mainTemplate.json": HEAD + rest}
    assert found("json-syntax", files) == [("mainTemplate.json", 1, f"json-syntax[{kind}]", "error")]
    assert kind not in str(found(RULE, files))
