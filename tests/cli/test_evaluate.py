import io
import json
import sys

import pytest

from packager.cli.main import run


def invoke(capsys, *arguments):
    code = run(["evaluate", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_text_is_printed_as_it_is(capsys):
    assert invoke(capsys, "[format('{0:N0} é', 8175133)]") == (0, "8,175,133 é\n", "")


def test_json_quotes_texts(capsys):
    assert invoke(capsys, "['a']", "--format", "json") == (0, '"a"\n', "")
    assert invoke(capsys, "[createArray(1)]") == (0, "[\n  1\n]\n", "")


def test_a_text_that_is_no_expression_stands_for_itself(capsys):
    assert invoke(capsys, "[[x]")[:2] == (0, "[x]\n")
    assert invoke(capsys, "plain")[:2] == (0, "plain\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("concat('a'", "'concat' is called outside brackets, so all of it is a text\n  hint: write [concat(...)]"),
        ("concat('a')]", "'concat' is called outside brackets, so all of it is a text\n  hint: write [concat(...)]"),
        ("[concat('a'", "it begins with '[' and does not end with ']'\n  hint: put ] at its end"),
        ("[concat('a')", "it begins with '[' and does not end with ']'\n  hint: put ] at its end"),
        (" [concat('a')]", "with blanks around its brackets it is a text\n  hint: leave the blanks out"),
    ],
)
def test_what_is_evidently_a_broken_expression_is_refused(text, message, capsys):
    assert invoke(capsys, text) == (1, "", f"packager: the expression: {message}\n")


def test_what_calls_nothing_known_stands_for_itself(capsys):
    for text in ("first (draft)", "acme(tm)", "a]", "concat"):
        assert invoke(capsys, text) == (0, f"{text}\n", "")


def test_an_error_names_the_place_and_the_fix(capsys):
    code, out, err = invoke(capsys, "[add(1, lenght('a'))]")
    assert (code, out) == (1, "")
    assert err == "packager: column 9 of the expression: there is no function 'lenght'; did you mean 'length'?\n"


def test_json_says_why_there_is_no_value(capsys):
    code, out, err = invoke(capsys, "[div(1, 0)]", "--format", "json")
    assert (code, out) == (1, '{"error":"a number is divided by zero"}\n')
    assert err == "packager: column 2 of the expression: a number is divided by zero\n"


def test_nothing_to_evaluate_is_a_usage_error(capsys):
    assert invoke(capsys)[0] == 2


def test_template_parameters_and_scope_are_read(capsys, tmp_path):
    template = {
        "parameters": {"name": {"type": "string"}, "size": {"type": "int", "defaultValue": "[add(1, 1)]"}},
        "variables": {"all": "[format('{0}-{1}-{2}', parameters('name'), parameters('size'), resourceGroup().name)]"},
    }
    (tmp_path / "t.json").write_text(json.dumps(template))
    (tmp_path / "p.json").write_text(json.dumps({"parameters": {"name": {"value": "n"}}}))
    (tmp_path / "s.json").write_text(json.dumps({"resourceGroup": "rg", "locaton": "x"}))
    files = [
        f"--{name}={tmp_path / file}"
        for name, file in (("template", "t.json"), ("parameters", "p.json"), ("scope", "s.json"))
    ]
    code, out, err = invoke(capsys, "[variables('all')]", *files)
    assert (code, out) == (0, "n-2-rg\n")
    assert err == "packager: the scope has an unknown key 'locaton'; did you mean 'location'?\n"


@pytest.mark.parametrize("content", [{"name": "n"}, {"parameters": {"name": {"value": "n"}}}])
def test_parameter_files_come_in_three_forms(capsys, tmp_path, content):
    for number, extra in enumerate(({}, {"contentVersion": "1.0.0.0"} if "parameters" in content else {})):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(content | extra))
        assert invoke(capsys, "[parameters('NAME')]", "--parameters", str(file))[:2] == (0, "n\n")


def test_a_missing_file_is_a_usage_error(capsys, tmp_path):
    code, _, err = invoke(capsys, "['a']", "--template", str(tmp_path / "none.json"))
    assert code == 2
    assert "cannot be read: No such file or directory" in err


FILES = {"--scope": "scope", "--parameters": "parameter"}


@pytest.mark.parametrize("option", FILES)
def test_files_of_options_are_json_or_yaml_and_a_broken_one_is_a_usage_error(option, capsys, tmp_path):
    broken, listed, text = tmp_path / "broken.json", tmp_path / "list.yml", tmp_path / "good.yaml"
    broken.write_text('{"location": ')
    listed.write_text("[1]")
    text.write_text("# where\nlocation: westeurope\n")
    expression = "[resourceGroup().location]" if option == "--scope" else "[parameters('location')]"
    assert invoke(capsys, expression, option, str(text)) == (0, "westeurope\n", "")
    code, _, err = invoke(capsys, expression, option, str(broken))
    assert (code, f"{broken}:1:" in err) == (2, True)
    code, _, err = invoke(capsys, expression, option, str(listed))
    assert (code, err) == (2, f"packager: {listed}: the {FILES[option]} file holds no object\n")
    code, _, err = invoke(capsys, expression, option, str(tmp_path / "none.json"))
    assert (code, "cannot be read: No such file or directory" in err) == (2, True)


def test_a_scope_of_wrong_types_is_a_usage_error(capsys, tmp_path):
    (tmp_path / "s.json").write_text('{"location": 1}')
    code, _, err = invoke(capsys, "['a']", "--scope", str(tmp_path / "s.json"))
    assert (code, err) == (2, "packager: 'location' of the scope must be a text\n")


def test_a_broken_file_is_refused_with_its_place(capsys, tmp_path):
    (tmp_path / "t.json").write_text('{\n "a": }')
    code, _, err = invoke(capsys, "['a']", "--template", str(tmp_path / "t.json"))
    assert code == 1
    assert "t.json:2:" in err


def test_time_and_ids_are_known_when_they_are_given(capsys):
    assert invoke(capsys, "[utcNow()]")[1] == '{\n  "$unknown": "[utcNow()]"\n}\n'
    assert invoke(capsys, "[utcNow('d')]", "--now", "2019-03-05T17:53:18Z")[1] == "03/05/2019\n"
    first, again = (invoke(capsys, "[newGuid()]", "--seed", "7")[1] for _ in range(2))
    assert first == again
    assert invoke(capsys, "['a']", "--now", "yesterday")[0] == 2


def test_lines_are_answered_one_by_one(capsys, monkeypatch):
    lines = [
        '{"expression": "[add(parameters(\'a\'), 1)]", "parameters": {"A": 2}}',
        "",
        "no json",
        '{"expression": 1}',
        '{"expression": "[div(1, 0)]"}',
        '{"expression": "[resourceGroup().name]", "scope": {"resourceGroup": "rg"}}',
        '{"expression": "[variables(\'v\')]", "variables": {"v": "\\ud800"}}',
        '{"expression": "[x.y()]", "functions": [{"namespace": "x", "members": {"y": {"output": {"value": 3}}}}]}',
        '{"expression": "[a]", "scope": []}',
        '{"expression": "[parameters(\'a\')]", "parameters": [1]}',
        "[" * 100_000,
        '{"expression": "[managementGroup().name]", "parameters": {"p": null}, "scope": {"managementGroup": "m"}}',
        '{"expression": "[coalesce(parameters(\'p\'), 1)]", "parameters": {"p": null}}',
    ]
    text = "\n".join(lines).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    code, out, _ = invoke(capsys, "-")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [next(iter(answer)) for answer in answers] == [
        "value", "error", "error", "error", "value", "value", "value", "error", "error", "error",
        "value", "value",
    ]  # fmt: skip
    assert [answers[index]["value"] for index in (0, 4, 5, 6)] == [3, "rg", "\ud800", 3]
    assert answers[3]["error"] == "a number is divided by zero"


def test_functions_are_listed(capsys):
    code, out, _ = invoke(capsys, "--functions")
    assert code == 0
    assert "padLeft(valueToPad, totalLength, [paddingCharacter])" in out
    found = json.loads(invoke(capsys, "--functions", "--format", "json")[1])
    assert {"name", "family", "parameters", "minimum", "maximum", "returns", "example"} <= set(found[0])
    assert len(found) > 110
