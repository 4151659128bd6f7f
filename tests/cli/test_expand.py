import json
import pathlib
import zipfile

import pytest

from packager.cli.main import run

TEMPLATE = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
    "parameters": {"name": {"type": "string"}},
    "resources": [
        {"type": "Microsoft.A/b", "apiVersion": "2020-01-01", "name": "[parameters('name')]", "location": "x"},
        {
            "type": "Microsoft.A/b",
            "apiVersion": "2020-01-01",
            "name": "second",
            "condition": "[equals(deployment().name, 'x')]",
            "dependsOn": ["[parameters('name')]"],
        },
        {"type": "Microsoft.A/b", "apiVersion": "2020-01-01", "name": "gone", "condition": False},
    ],
    "outputs": {"o": {"type": "string", "value": "[parameters('name')]"}},
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "mainTemplate.json").write_text(json.dumps(TEMPLATE))
    (tmp_path / "p.json").write_text('{"name": "first"}')
    (tmp_path / "s.json").write_text('{"subscriptionId": "s", "resourceGroup": "g"}')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoke(capsys, *arguments):
    code = run(["expand", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


ALL = ("mainTemplate.json", "--parameters", "p.json", "--scope", "s.json")


def test_a_table_for_people(capsys, folder):
    code, out, err = invoke(capsys, *ALL)
    assert (code, err) == (0, "")
    assert out == (
        "TYPE           NAME    LOCATION  CONDITION\n"
        "Microsoft.A/b  first   x\n"
        "Microsoft.A/b  second            [equals(deployment().name, 'x')]\n"
        "\n"
        "Not deployed:\n"
        "  /subscriptions/s/resourceGroups/g/providers/Microsoft.A/b/gone  (its condition is false)\n"
        "\n"
        "Outputs:\n"
        "  o (string) = first\n"
        "\n"
        "2 resources of 1 type, 1 not deployed, 1 undecided\n"
    )


def test_json_has_the_promised_keys(capsys, folder):
    found = json.loads(invoke(capsys, *ALL, "--format", "json")[1])
    assert list(found) == ["schema", "resources", "skipped", "outputs", "unknown"]
    assert found["unknown"] == ["/resources/1/condition"]


def test_graphs_draw_what_waits(capsys, folder):
    assert invoke(capsys, *ALL, "--format", "mermaid")[1] == (
        "flowchart TD\n"
        '  r0["first<br/><small>Microsoft.A/b</small>"]\n'
        '  r1["second<br/><small>Microsoft.A/b</small>"]\n'
        "  style r1 stroke-dasharray: 4 4\n"
        "  r0 --> r1\n"
    )
    dot = invoke(capsys, *ALL, "--format", "dot")[1]
    assert '  r1 [label="second\\nMicrosoft.A/b", style=dashed];\n  r0 -> r1;\n}' in dot


def test_a_missing_value_is_named_and_strict_refuses_it(capsys, folder):
    code, out, err = invoke(capsys, ".", "--format", "json")
    assert (code, err) == (0, "packager: the parameter 'name' has no value\n")
    assert json.loads(out)["unknown"][0] == "/parameters/name"
    code, _, err = invoke(capsys, ".", "--strict")
    refused = "packager: the parameter 'name' has no value; --strict refuses that, give it one with --parameters\n"
    assert (code, err) == (1, refused)


def test_what_is_refused_is_named_with_its_place(capsys, folder):
    broken = {**TEMPLATE, "outputs": {"o": {"type": "string", "value": "[xyzzyq()]"}}}
    (folder / "mainTemplate.json").write_text(json.dumps(broken, indent=1))
    code, out, err = invoke(capsys, *ALL, "--format", "json")
    assert code == 1
    assert json.loads(out)["outputs"] == {}
    assert err == "packager: mainTemplate.json:35:15: there is no function 'xyzzyq'\n"


def test_two_templates_are_compared(capsys, folder):
    other = json.loads(json.dumps(TEMPLATE))
    other["resources"][0]["location"] = "y"
    del other["resources"][1]
    (folder / "other.json").write_text(json.dumps(other))
    code, out, _ = invoke(capsys, *ALL, "--diff", "other.json")
    group = "/subscriptions/s/resourceGroups/g/providers/Microsoft.A/b"
    assert code == 0
    assert out == (
        f'+ {group}/second\n~ {group}/first\n    @@ -4,3 +4,3 @@\n       "name": "first",\n'
        '    -  "location": "y",\n    +  "location": "x",\n       "dependsOn": []\n'
    )
    found = json.loads(invoke(capsys, *ALL, "--diff", "other.json", "--format", "json")[1])
    assert (found["added"], found["removed"], found["changed"]) == ([f"{group}/second"], [], [f"{group}/first"])
    assert invoke(capsys, *ALL, "--diff", "mainTemplate.json")[1] == "Both deploy the same.\n"


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (None, 2, "'x.json' does not exist"),
        ("{}", 1, "'x.json' is no ARM template"),
        ("{", 1, "x.json:1:2: "),
        ("[1]", 1, "'x.json' is no ARM template"),
    ],
)
def test_what_cannot_be_expanded(capsys, folder, content, code, message):
    if content is not None:
        (folder / "x.json").write_text(content)
    found, out, err = invoke(capsys, "x.json")
    assert (found, out) == (code, "")
    assert err.startswith(f"packager: {message}")


def test_json_is_written_whatever_the_file_is(capsys, folder):
    (folder / "x.json").write_text("{")
    code, out, err = invoke(capsys, "x.json", "--format", "json")
    assert code == 1
    assert json.loads(out) == {"schema": 1, "resources": [], "skipped": [], "outputs": {}, "unknown": []}
    assert err.startswith("packager: x.json:1:2: ")


@pytest.mark.parametrize("path", ["x" * 5000, "a\0b", "\ud800"])
def test_links_to_names_that_no_file_has_lead_nowhere(capsys, folder, path):
    link = {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2020-01-01",
        "name": "d",
        "properties": {"mode": "Incremental", "templateLink": {"relativePath": path}},
    }
    (folder / "mainTemplate.json").write_text(json.dumps({**TEMPLATE, "resources": [link], "outputs": {}}))
    assert invoke(capsys, *ALL)[0] == 0


@pytest.mark.parametrize("form", ["text", "json", "mermaid", "dot"])
def test_half_characters_are_shown_as_such(capsys, folder, form):
    broken = {**TEMPLATE, "parameters": {"name": {"type": "string", "defaultValue": "x\ud800"}}}
    (folder / "mainTemplate.json").write_text(json.dumps(broken))
    code, out, _ = invoke(capsys, "mainTemplate.json", "--format", form)
    assert code == 0
    out.encode()


def test_links_are_not_followed_out_of_the_folder(capsys, folder):
    (folder / "inside").mkdir()
    link = {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2020-01-01",
        "name": "d",
        "properties": {"mode": "Incremental", "templateLink": {"relativePath": "link.json"}},
    }
    (folder / "inside" / "mainTemplate.json").write_text(json.dumps({**TEMPLATE, "resources": [link], "outputs": {}}))
    (folder / "inside" / "link.json").symlink_to(folder / "mainTemplate.json")
    found = json.loads(invoke(capsys, "inside", "--parameters", "p.json", "--format", "json")[1])
    assert [one["name"] for one in found["resources"]] == ["d"]


def test_options_stand_above_the_scope_file(capsys, folder):
    value = {
        **TEMPLATE,
        "outputs": {"o": {"type": "string", "value": "[concat(resourceGroup().id, environment().name)]"}},
    }
    (folder / "mainTemplate.json").write_text(json.dumps(value))
    options = ("--scope", "s.json", "--resource-group", "other", "--cloud", "AzureChinaCloud", "--format", "json")
    _, out, _ = invoke(capsys, "mainTemplate.json", *options)
    assert json.loads(out)["outputs"]["o"]["value"] == "/subscriptions/s/resourceGroups/otherAzureChinaCloud"


def parameters(**entries):
    return {"parameters": entries}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (parameters(name={"value": "[plain]"}), "[plain]"),
        (parameters(NAME={"value": "any case"}), "any case"),
        (
            parameters(name={"reference": {"keyVault": {"id": "x"}, "secretName": "y"}}),
            {"$unknown": "[parameters('name')]"},
        ),
        (parameters(name={"expression": "[externalInputs('a')]"}), {"$unknown": "[externalInputs('a')]"}),
        (
            parameters(name={"expression": "[concat('x', externalInputs('A'))]"})
            | {"externalInputDefinitions": {"a": {"kind": "sys.cli"}}, "externalInputs": {"a": {"value": "y"}}},
            "xy",
        ),
        ({"name": "plain"}, "plain"),
    ],
)
def test_entries_of_parameter_files(capsys, folder, content, expected):
    (folder / "p.json").write_text(json.dumps(content))
    code, out, err = invoke(capsys, *ALL, "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out)["outputs"]["o"]["value"] == expected


def test_unknown_values_have_the_declared_type(capsys, folder):
    (folder / "mainTemplate.json").write_text(json.dumps({
        **TEMPLATE, "outputs": {"o": {"type": "int", "value": "[not(parameters('name'))]"}}
    }))  # fmt: skip
    (folder / "p.json").write_text(json.dumps(parameters(name={"expression": "[externalInputs('a')]"})))
    code, _, err = invoke(capsys, *ALL)
    assert code == 1
    assert "not takes bool as 'arg1', not string" in err


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"value": 1, "reference": {}}, "the parameter 'name' has both value and reference; it takes one of them"),
        ({"expression": "[externalInputs(1)]"}, "externalInputs takes string as 'name', not int"),
    ],
)
def test_entries_that_give_no_value_are_refused(capsys, folder, entry, message):
    (folder / "p.json").write_text(json.dumps(parameters(name=entry)))
    code, out, err = invoke(capsys, *ALL)
    assert (code, out) == (1, "")
    assert message in err
    assert "p.json#/parameters/name" in err


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (ALL, {"schema", "resources", "skipped", "outputs", "unknown"}),
        (("mainTemplate.json", "--diff", "bad.json"), {"schema", "added", "removed", "changed"}),
    ],
)
def test_json_is_written_whatever_is_refused(capsys, folder, arguments, keys):
    (folder / "p.json").write_text(json.dumps(parameters(name={"value": 1, "reference": {}})))
    (folder / "bad.json").write_text("{")
    code, out, err = invoke(capsys, *arguments, "--format", "json")
    assert (code, set(json.loads(out))) == (1, keys)
    assert err.startswith("packager: ")


@pytest.fixture
def offer(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "ui.json").write_text('{"$schema": "CreateUIDefinition.MultiVm.json", "parameters": {}}')
    text = json.dumps(TEMPLATE, indent=1).replace('"second"', '"{{ name }}"')
    (tmp_path / "main.json.j2").write_text("{# A comment of one line #}\n" + text)
    plans = "".join(
        f"  - {{id: {one}, ui: ui.json, template: main.json.j2, variables: {{name: {one}}}}}\n"
        for one in ("one", "two")
    )
    head = "schema: 1\nid: some-offer\npublisher: acme\nkind: solution-template\nversion: 1.0.0\nplans:\n"
    (tmp_path / "offer.yaml").write_text(head + plans)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "name"),
    [(("offer.yaml",), "one"), ((".",), "one"), (("offer.yaml", "--plan", "two"), "two"), (("main.json.j2",), "one")],
)
def test_the_template_of_a_plan(capsys, offer, arguments, name):
    code, out, err = invoke(capsys, *arguments, "--format", "json")
    assert code == 0
    assert [one["name"] for one in json.loads(out)["resources"]][1] == name
    assert ("this is plan 'one'; --plan chooses another one: two" in err) == ("--plan" not in arguments)


def test_what_is_refused_is_named_by_the_line_of_its_source(capsys, offer):
    source = offer / "main.json.j2"
    source.write_text(source.read_text().replace("[equals(deployment", "[equal(deployment"))
    line = next(number for number, text in enumerate(source.read_text().splitlines(), 1) if "[equal(" in text)
    code, _, err = invoke(capsys, "offer.yaml", "--plan", "one")
    assert code == 1
    assert f"packager: main.json.j2:{line}: there is no function 'equal'; did you mean 'equals'?" in err


def test_a_plan_that_is_not_there_is_refused(capsys, offer):
    assert invoke(capsys, "offer.yaml", "--plan", "three")[0] == 2
    (offer / "mainTemplate.json").write_text(json.dumps(TEMPLATE))
    assert invoke(capsys, "mainTemplate.json", "--plan", "one")[0] == 2


def test_the_template_of_a_zip(capsys, folder):
    with zipfile.ZipFile("package.zip", "w") as archive:
        archive.writestr("mainTemplate.json", json.dumps(TEMPLATE))
    code, out, err = invoke(capsys, "package.zip", "--parameters", "p.json", "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out)["outputs"]["o"]["value"] == "first"
    with zipfile.ZipFile("package.zip", "w") as archive:
        archive.writestr("mainTemplate.json", json.dumps({**TEMPLATE, "outputs": {"o": {"type": "int", "value": "x"}}}))
    code, _, err = invoke(capsys, "package.zip", "--parameters", "p.json")
    assert code == 1
    assert err.startswith("packager: package.zip/mainTemplate.json:1:")


def test_what_is_no_zip_is_refused(capsys, folder):
    (folder / "not.zip").write_text("no zip")
    code, _, err = invoke(capsys, "not.zip")
    assert code == 1
    assert err.startswith("packager: not.zip: this is no zip that can be read")


def test_the_source_of_the_form_is_no_template(capsys, monkeypatch):
    monkeypatch.chdir(pathlib.Path(__file__).parents[2])
    source = "createUiDefinition/starter/createUiDefinition.json.j2"
    code, _, err = invoke(capsys, source)
    message = f"packager: '{source}' is no ARM template but the source of the portal form\n"
    assert (code, err.partition("  hint")[0]) == (1, message)


def test_what_a_parameter_file_gives_wrongly_is_said_there(capsys, folder):
    parameters = {
        "$schema": "x",
        "contentVersion": "1.0.0.0",
        "parameters": {"name": {"value": 1}, "Nmae": {"value": 1}},
    }
    (folder / "p.json").write_text(json.dumps(parameters, indent=1))
    code, _, err = invoke(capsys, *ALL)
    assert (code, err.splitlines()[:2]) == (
        1,
        [
            "packager: p.json:5: the parameter 'name' is int, and string is declared",
            "packager: p.json:8: a value is given for 'nmae', which is no parameter; did you mean 'name'?",
        ],
    )


def test_of_two_templates_it_is_told_which_lacks_a_value(capsys, folder):
    code, _, err = invoke(capsys, ".", "--diff", "mainTemplate.json")
    assert (code, err) == (
        0,
        (
            "packager: .: the parameter 'name' has no value\n"
            "packager: mainTemplate.json: the parameter 'name' has no value\n"
        ),
    )


@pytest.mark.parametrize("form", ["mermaid", "dot"])
def test_a_difference_is_no_graph(capsys, folder, form):
    assert invoke(capsys, *ALL, "--diff", "mainTemplate.json", "--format", form) == (
        2,
        "",
        f"packager: --diff is not written as {form}\n  hint: take --format text or json\n",
    )
