"""`simulate UI` from end to end: what it prints, writes, says on stderr, and its exit codes."""

import json
import pathlib
import zipfile

import pytest

from packager.cli.main import run

ROOT = pathlib.Path(__file__).parents[2]
FORM = {
    "$schema": "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#",
    "handler": "Microsoft.Azure.CreateUIDef",
    "version": "0.1.2-preview",
    "parameters": {
        "basics": [
            {"name": "prefix", "type": "Microsoft.Common.TextBox", "label": "Prefix", "constraints": {"required": True}}
        ],
        "steps": [
            {
                "name": "net",
                "label": "Network",
                "elements": [
                    {
                        "name": "check",
                        "type": "Microsoft.Solutions.ArmApiControl",
                        "request": {"method": "GET", "path": "[concat('/names/', basics('prefix'))]"},
                    },
                    {
                        "name": "secret",
                        "type": "Microsoft.Common.PasswordBox",
                        "label": {"password": "Password", "confirmPassword": "Again"},
                    },
                    {
                        "name": "note",
                        "type": "Microsoft.Common.TextBox",
                        "visible": "[equals(steps('net').check.free, true)]",
                        "defaultValue": "free",
                    },
                ],
            }
        ],
        "outputs": {
            "location": "[location()]",
            "prefix": "[basics('prefix')]",
            "note": "[steps('net').note]",
            "secret": "[steps('net').secret]",
            "applicationResourceName": "[concat('app-', basics('prefix'))]",
        },
    },
}
TEMPLATE = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
    "parameters": {
        "location": {"type": "string"},
        "prefix": {"type": "string", "maxLength": 4},
        "note": {"type": "string", "defaultValue": ""},
        "secret": {"type": "secureString"},
    },
    "resources": [
        {
            "type": "Microsoft.A/b",
            "apiVersion": "2020-01-01",
            "name": "[parameters('prefix')]",
            "location": "[parameters('location')]",
        }
    ],
}
ANSWERS = """\
scope: {location: westus}
basics:
  prefix: app
steps:
  net: {secret: hidden}
"""
RESPONSES = [{"method": "GET", "path": "/names/*", "response": {"free": True}}]
OUTCOME = {
    "outputs": {
        "location": {"value": "westus"},
        "prefix": {"value": "app"},
        "note": {"value": "free"},
        "secret": {"value": "hidden"},
    },
    "application": {"applicationResourceName": "app-app"},
    "errors": [],
    "visible": ["basics/prefix", "steps/net/check", "steps/net/secret", "steps/net/note"],
}


NOTHING = {"outputs": {}, "application": {}, "visible": []}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "createUiDefinition.json").write_text(json.dumps(FORM, indent=2))
    (tmp_path / "mainTemplate.json").write_text(json.dumps(TEMPLATE))
    (tmp_path / "answers.yaml").write_text(ANSWERS)
    (tmp_path / "responses.json").write_text(json.dumps(RESPONSES))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoke(capsys, *arguments):
    code = run(["simulate", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


FULL = ("--answers", "answers.yaml", "--responses", "responses.json")


def test_the_whole_outcome(capsys, folder):
    code, out, err = invoke(capsys, "createUiDefinition.json", *FULL)
    assert (code, json.loads(out), err) == (0, OUTCOME, "")


def test_untouched_it_says_what_is_missing_and_what_stands_in(capsys, folder):
    code, out, err = invoke(capsys, "createUiDefinition.json")
    assert code == 1
    assert json.loads(out) == {
        "outputs": {"location": {"value": "eastus"}, "prefix": {"value": ""}, "secret": {"value": ""}},
        "application": {"applicationResourceName": "app-"},
        "errors": [{"element": "basics/prefix", "message": "a value is required"}],
        "visible": ["basics/prefix", "steps/net/check", "steps/net/secret"],
    }
    assert err == (
        "packager: 'eastus' stands in for the region; name it under scope in the answers\n"
        "packager: steps/net/check waits for the answer to GET /names/; give one with --responses\n"
    )


def test_text_for_people(capsys, folder):
    code, out, _ = invoke(
        capsys, "createUiDefinition.json", *FULL, "--format", "text", "--template", "mainTemplate.json"
    )
    assert code == 0
    assert out == (
        "Basics\n"
        '  prefix  "app"\n'
        "Network\n"
        '  check  {"free": true}\n'
        "  secret  ********\n"
        '  note  "free"\n'
        "\n"
        "Outputs\n"
        '  location  "westus"\n'
        '  prefix    "app"\n'
        '  note      "free"\n'
        "  secret    ********\n"
        "\n"
        "Application\n"
        '  applicationResourceName  "app-app"\n'
        "\n"
        "Would deploy\n"
        "  TYPE           NAME  LOCATION\n"
        "  Microsoft.A/b  app   westus\n"
        "\n"
        "  1 resource of 1 type\n"
    )


def test_passwords_stay_hidden_wherever_they_go(capsys, folder):
    form = {
        "handler": "x",
        "parameters": {
            "basics": [
                {"name": "login", "type": "Microsoft.Compute.CredentialsCombo", "osPlatform": "Windows"},
                {"name": "word", "type": "Microsoft.Common.PasswordBox"},
                {"name": "token", "type": "Microsoft.Common.TextBox"},
                {"name": "size", "type": "Microsoft.Common.TextBox"},
            ],
            "outputs": {
                "login": "[basics('login').password]",
                "both": "[concat('x:', basics('login').password)]",
                "encoded": "[encodeBase64(basics('word'))]",
                "secret": "[basics('token')]",
                "size": "[basics('size')]",
            },
        },
    }
    (folder / "createUiDefinition.json").write_text(json.dumps(form))
    given = "basics: {login: {password: Login-Pass-1234}, word: Box-Pass-1234, token: t0ken, size: small}"
    (folder / "answers.yaml").write_text(given)
    _, out, _ = invoke(capsys, "createUiDefinition.json", "--answers", "answers.yaml", "--format", "text")
    assert out.partition("\nOutputs\n")[2].partition("\n\n")[0].split() == (
        ["login", "********", "both", "********", "encoded", "********", "secret", "********", "size", '"small"']
    )
    assert not {"Login-Pass-1234", "Box-Pass-1234", "t0ken"} & set(out.replace('"', " ").split())
    _, out, _ = invoke(capsys, "createUiDefinition.json", "--answers", "answers.yaml")
    assert json.loads(out)["outputs"]["both"] == {"value": "x:Login-Pass-1234"}


def test_what_a_template_says_of_a_password_does_not_show_it(capsys, folder):
    template = json.loads(json.dumps(TEMPLATE))
    template["parameters"]["secret"]["allowedValues"] = ["other"]
    (folder / "mainTemplate.json").write_text(json.dumps(template))
    for form in ("json", "text"):
        code, out, err = invoke(capsys, ".", *FULL, "--template", ".", "--format", form)
        assert (code, err) == (
            1,
            "packager: the value of 'secret' '********' is none of the allowed values: other\n",
        )
        assert ("hidden" in out) is (form == "json")


def test_files_with_secrets_are_for_their_owner(capsys, folder):
    invoke(capsys, ".", *FULL, "--write-parameters", "p.json", "--write-answers", "a.yaml")
    assert [(folder / name).stat().st_mode & 0o777 for name in ("p.json", "a.yaml")] == [0o600, 0o600]
    (folder / "answers.yaml").write_text("basics: {prefix: app}")
    invoke(capsys, ".", *FULL, "--write-parameters", "p.json")
    assert (folder / "p.json").stat().st_mode & 0o777 == 0o644


def test_answers_are_not_overwritten(capsys, folder):
    code, out, err = invoke(capsys, ".", *FULL, "--write-answers", "answers.yaml")
    assert (code, out) == (2, "")
    assert err == (
        "packager: --write-answers: 'answers.yaml' exists, and may hold somebody's answers\n"
        "  hint: name another file, or remove this one\n"
    )
    assert (folder / "answers.yaml").read_text() == ANSWERS


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("scope: {}\nbasics: [1]\n", "answers.yaml:2: basics must be an object"),
        ("basics: {}\nsteps:\n  net: 1\n", "answers.yaml:3: steps/net must be an object"),
        ("scope:\n  location: [x]\n", "answers.yaml:2: 'location' must be a text"),
        ("scope: {resourceGroup: [rg]}", "answers.yaml:1: scope/resourceGroup must be an object"),
        ("scope: {resourceGroup: {mode: Odd}}", "answers.yaml:1: 'Odd' is neither New nor Existing"),
        ("basics:\n  prefix: a\n  prefix: b\n", "answers.yaml:3: 'prefix' is answered twice"),
    ],
)
def test_answers_that_cannot_be_meant_are_refused(capsys, folder, text, message):
    (folder / "answers.yaml").write_text(text)
    code, out, err = invoke(capsys, ".", *FULL)
    assert (code, err.partition("\n")[0]) == (1, f"packager: {message}")
    assert json.loads(out) == {**NOTHING, "errors": [{"element": "", "message": message}]}


def test_the_template_refuses_an_output(capsys, folder):
    (folder / "answers.yaml").write_text(ANSWERS.replace("app", "apple"))
    code, out, err = invoke(capsys, ".", *FULL, "--template", "mainTemplate.json")
    found = json.loads(out)["template"]
    message = "the value of 'prefix' is 5 characters long, more than the 4 that are declared"
    assert (code, err) == (1, f"packager: {message}\n")
    assert found["problems"] == [{"parameter": "prefix", "message": message}]
    assert [one["name"] for one in found["expansion"]["resources"]] == ["apple"]


def test_a_parameter_file_is_written(capsys, folder):
    code, _, _ = invoke(capsys, "createUiDefinition.json", *FULL, "--write-parameters", "p.json")
    assert code == 0
    assert json.loads((folder / "p.json").read_text()) == {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
        "contentVersion": "1.0.0.0",
        "parameters": OUTCOME["outputs"],
    }
    assert run(["expand", "mainTemplate.json", "--parameters", "p.json"]) == 0


def test_written_answers_can_be_filled_in_and_read(capsys, folder):
    code, _, _ = invoke(capsys, "createUiDefinition.json", "--write-answers", "mine.yaml")
    text = (folder / "mine.yaml").read_text()
    assert code == 1
    assert "  # Prefix (TextBox); required\n  prefix:\n" in text
    (folder / "mine.yaml").write_text(text.replace("  prefix:\n", "  prefix: mine\n"))
    code, out, _ = invoke(capsys, "createUiDefinition.json", "--answers", "mine.yaml")
    assert (code, json.loads(out)["outputs"]["prefix"]) == (0, {"value": "mine"})


def test_a_form_in_a_zip_and_beside_its_answers_as_json(capsys, folder):
    with zipfile.ZipFile("p.zip", "w") as archive:
        archive.writestr("createUiDefinition.json", json.dumps(FORM))
        archive.writestr("mainTemplate.json", json.dumps(TEMPLATE))
    (folder / "a.json").write_text('{"scope": {"location": "westus"}, "basics": {"prefix": "app"}}')
    code, out, _ = invoke(capsys, "p.zip", "--answers", "a.json", "--template", "p.zip")
    assert (code, json.loads(out)["outputs"]["prefix"]) == (0, {"value": "app"})


def test_what_the_form_does_not_ask_for_is_said_and_left_out(capsys, folder):
    (folder / "answers.yaml").write_text("basics:\n  prefx: x\n")
    code, _, err = invoke(capsys, "createUiDefinition.json", *FULL)
    assert code == 1
    assert "packager: answers.yaml:2: the form has no element 'prefx' here; did you mean 'prefix'?\n" in err


def test_answers_to_another_form_are_not_listed_without_end(capsys, folder):
    (folder / "answers.yaml").write_text("basics:\n" + "".join(f"  e{number}: x\n" for number in range(200)))
    _, _, err = invoke(capsys, "createUiDefinition.json", "--answers", "answers.yaml")
    assert err.count("the form has no element") == 20
    assert "packager: answers.yaml: and 180 more that the form does not ask for\n" in err


def test_expressions_that_fail_are_said_with_their_place(capsys, folder):
    broken = json.loads(json.dumps(FORM))
    broken["parameters"]["basics"][0]["toolTip"] = "[concat('a')"
    broken["parameters"]["outputs"]["prefix"] = "[add(basics('prefix'), true)]"
    (folder / "createUiDefinition.json").write_text(json.dumps(broken, indent=2))
    code, out, err = invoke(capsys, "createUiDefinition.json", *FULL)
    assert code == 1
    assert json.loads(out)["errors"] == [
        {"element": "outputs/prefix", "message": "add takes number as 'first', not string"}
    ]
    assert err == "packager: createUiDefinition.json:49:23: add takes number as 'first', not string\n"


def test_uploads_take_files(capsys, folder):
    upload = {"name": "file", "type": "Microsoft.Common.FileUpload", "label": "File"}
    binary = {**upload, "name": "binary", "options": {"openMode": "binary"}}
    address = {**upload, "name": "address", "options": {"uploadMode": "url"}}
    form = {
        "handler": "x",
        "parameters": {
            "basics": [upload, binary, address],
            "outputs": {"f": "[basics('file')]", "b": "[basics('binary')]"},
        },
    }
    (folder / "f.json").write_text(json.dumps(form))
    (folder / "cert.pem").write_bytes(b"\xef\xbb\xbfcert \xff")
    (folder / "a.yaml").write_text("basics:\n  file: {file: cert.pem}\n  binary: {file: cert.pem}\n")
    code, out, _ = invoke(capsys, "f.json", "--answers", "a.yaml")
    assert code == 0
    assert json.loads(out)["outputs"] == {"f": {"value": "cert \ufffd"}, "b": {"value": "77u/Y2VydCD/"}}
    (folder / "a.yaml").write_text("basics: {file: {file: none.pem}}")
    code, _, err = invoke(capsys, "f.json", "--answers", "a.yaml")
    assert (code, err) == (
        2,
        "packager: the file 'none.pem' for basics/file cannot be read: No such file or directory\n",
    )
    (folder / "a.yaml").write_text("basics: {address: {file: cert.pem}}")
    code, _, err = invoke(capsys, "f.json", "--answers", "a.yaml")
    assert (code, err.partition("\n")[0]) == (
        2,
        "packager: basics/address puts out an address, not the content of a file",
    )


def test_a_form_view_tells_its_deployment(capsys, folder):
    view = {
        "$schema": "https://schema.management.azure.com/schemas/2021-09-09/uiFormDefinition.schema.json#",
        "view": {
            "kind": "Form",
            "properties": {
                "title": "T",
                "steps": [
                    {"name": "basics", "elements": [{"name": "scope", "type": "Microsoft.Common.ResourceScope"}]}
                ],
            },
            "outputs": {"kind": "ResourceGroup", "location": "[steps('basics').scope.location.name]", "parameters": {}},
        },
    }
    (folder / "uiFormDefinition.json").write_text(json.dumps(view))
    code, out, err = invoke(capsys, "uiFormDefinition.json", "--answers", "answers.yaml")
    assert (code, json.loads(out)["deployment"]) == (0, {"kind": "ResourceGroup", "location": "westus"})
    assert "the form has no element 'prefix' here" in err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ((), 2, "simulate needs a form"),
        (("none.json",), 2, "'none.json' does not exist"),
        (("createUiDefinition.json", "--plan", "x"), 2, "'createUiDefinition.json' is no offer, so it has no plan 'x'"),
        (("createUiDefinition.json", "--evaluate", "[1]"), 2, "--evaluate takes expressions, not a form"),
        (("mainTemplate.json",), 1, "'mainTemplate.json' is no portal form"),
        (("empty",), 2, "'empty' holds no portal form"),
        (("createUiDefinition.json", "--answers", "none.yaml"), 2, "the answers file 'none.yaml' cannot be read"),
        (("createUiDefinition.json", "--answers", "list.yaml"), 2, "list.yaml: the answers file holds no object"),
        (("createUiDefinition.json", "--answers", "bad.yaml"), 2, "bad.yaml:"),
        (
            ("createUiDefinition.json", "--responses", "answers.yaml"),
            2,
            "answers.yaml: the responses file holds no list",
        ),
        (
            ("createUiDefinition.json", "--responses", "list.yaml"),
            2,
            "list.yaml:1: an entry of the responses has no path",
        ),
        (("createUiDefinition.json", "--responses", "half.json"), 2, "half.json:1: the response to '/a' is missing"),
        (
            ("createUiDefinition.json", "--template", "createUiDefinition.json"),
            1,
            "'createUiDefinition.json' is no ARM template",
        ),
        (("createUiDefinition.json", "--template", "none.json"), 2, "'none.json' does not exist"),
        (("createUiDefinition.json", "--write-answers", "no/such/folder.yaml"), 2, ""),
        (("broken.json",), 1, "broken.json:1:2:"),
        (("lonely.json.j2",), 2, "'lonely.json.j2' is the source of no offer under"),
    ],
)
def test_what_cannot_be_done(capsys, folder, arguments, code, message):
    (folder / "empty").mkdir()
    (folder / "list.yaml").write_text("[1]")
    (folder / "bad.yaml").write_text("a: [")
    (folder / "half.json").write_text('[{"path": "/a"}]')
    (folder / "broken.json").write_text("{")
    (folder / "lonely.json.j2").write_text("{}")
    found, out, err = invoke(capsys, *arguments)
    assert found == code
    assert message in err
    assert "Traceback" not in err
    if arguments and "--evaluate" not in arguments and message:
        reason = err.removeprefix("packager: ").partition("\n")[0]
        assert json.loads(out) == {**NOTHING, "errors": [{"element": "", "message": reason}]}


def test_the_starter_from_its_source_to_the_resources(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    path = "marketplace/starter/offer.yaml"
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"scope": {"location": "westeurope", "resourceGroup": "rg"}}))
    code, out, err = invoke(capsys, path, "--answers", str(file), "--template", path)
    found = json.loads(out)
    assert (code, found["errors"], found["template"]["problems"], err) == (0, [], [], "")
    assert found["outputs"]["location"] == {"value": "westeurope"}
    assert len(found["template"]["expansion"]["resources"]) > 0
    source = "createUiDefinition/starter/createUiDefinition.json.j2"
    code, again, _ = invoke(capsys, source, "--answers", str(file))
    assert (code, json.loads(again)["outputs"]) == (0, found["outputs"])


def test_the_source_of_the_template_is_no_form(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    source = "mainTemplates/starter/mainTemplate.json.j2"
    code, _, err = invoke(capsys, source)
    message = f"packager: '{source}' is no portal form but the source of the ARM template\n"
    assert (code, err.partition("  hint")[0]) == (1, message)


def test_an_offer_that_cannot_be_rendered_says_where(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["init", "acme", "--publisher", "acme"]) == 0
    capsys.readouterr()
    source = next(tmp_path.rglob("createUiDefinition.json.j2"))
    source.write_text("{{{ broken")
    offer = next(tmp_path.rglob("offer.yaml")).parent
    place = f"{source.relative_to(tmp_path).as_posix()}:1: "
    code, out, err = invoke(capsys, str(offer))
    assert code == 1
    assert place in err
    assert place in json.loads(out)["errors"][0]["message"]
    assert run(["diff", str(offer), str(offer)]) == 1
    assert place in capsys.readouterr().err


@pytest.mark.parametrize("plan", ["evaluation", "standard"])
def test_an_untouched_form_of_mojaloop_misses_answers_and_nothing_else(capsys, tmp_path, monkeypatch, plan):
    monkeypatch.chdir(ROOT)
    code, out, err = invoke(capsys, "marketplace/mojaloop/offer.yaml", "--plan", plan)
    found = json.loads(out)
    assert code == 1
    assert {error["message"] for error in found["errors"]} == {"a value is required"}
    assert err == "packager: 'eastus' stands in for the region; name it under scope in the answers\n"
