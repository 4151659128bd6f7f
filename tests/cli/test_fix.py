"""`packager check --fix` and `--diff`: what changes in the files, what is said, what is left."""

import json
import pathlib
import shutil
import zipfile

import pytest

from packager.cli.main import run

ROOT = pathlib.Path(__file__).resolve().parents[2]
TODAY = ("--today", "2026-11-24")
TEMPLATE = """{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "used": {"type": "string"}, // read below
    // about the other
    "unused": {"type": "string"} // nobody reads it
  },
  "variables": {"one": "[variables('two')]", "two": 1, "three": 3},
  "resources": [
    {
      "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2015-06-15", "name": "[parameters('used')]",
      "location": "[resourceGroup().location]",
      "sku": {"name": "Standard_LRS"},
      "kind": "StorageV2"
    }
  ]
}
"""
SELECTED = ("--select", "parameter-unreferenced,variable-unreferenced,api-version-outdated")


@pytest.fixture
def template(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "p" / "azuredeploy.json"
    file.parent.mkdir()
    file.write_bytes(TEMPLATE.encode())
    return file


def fix(capsys, *arguments, expect=0):
    """stdout and the lines on stderr."""
    assert run(["check", *TODAY, *SELECTED, *arguments]) == expect
    captured = capsys.readouterr()
    return captured.out, captured.err.splitlines()


def newest_version(text):
    return text.partition('"apiVersion": "')[2][:10]


def test_only_what_findings_are_about_changes_and_what_comes_to_light_is_fixed_too(template, capsys):
    template.chmod(0o640)
    out, said = fix(capsys, "p", "--fix", "--format", "json")
    text = template.read_text(encoding="utf-8")
    version = newest_version(text)
    assert version > "2024"
    wanted = TEMPLATE.replace('\n    "unused": {"type": "string"} // nobody reads it', "")
    wanted = wanted.replace('{"type": "string"}, // read', '{"type": "string"} // read').replace("2015-06-15", version)
    assert text == wanted.replace('{"one": "[variables(\'two\')]", "two": 1, "three": 3}', "{}")
    assert said == ["packager: fixed 5 findings in 1 file"]
    assert json.loads(out)["findings"] == []
    assert template.stat().st_mode & 0o777 == 0o640
    assert list(template.parent.iterdir()) == [template]


def test_a_diff_changes_nothing_and_takes_the_place_of_the_report(template, capsys):
    out, said = fix(capsys, "p", "--diff", "--select", "parameter-unreferenced", "--ignore", "api-version-outdated")
    assert template.read_bytes() == TEMPLATE.encode()
    assert said == ["packager: would fix 4 findings in 1 file"]
    assert out.startswith("--- p/azuredeploy.json\n+++ p/azuredeploy.json\n@@ -2,11 +2,10 @@\n")
    assert '\n-    "unused": {"type": "string"} // nobody reads it\n' in out


def test_the_report_beside_a_diff_needs_a_file(template, capsys):
    _, said = fix(capsys, "p", "--diff", "--format", "json", expect=2)
    assert "name a file for the report with --output" in said[-1]
    out, _ = fix(capsys, "p", "--diff", "--format", "json", "--output", "report.json")
    assert out.startswith("--- ")
    found = json.loads((template.parents[1] / "report.json").read_bytes())["findings"]
    assert [(one["rule"], one["fixable"]) for one in found] == [
        ("parameter-unreferenced", True),
        ("variable-unreferenced", True),
        ("variable-unreferenced", True),
        ("api-version-outdated", True),
    ]


def test_what_a_baseline_or_a_comment_accepts_is_not_fixed(template, capsys):
    text = TEMPLATE.replace("// nobody", "// packager: ignore parameter-unreferenced -- nobody")
    template.write_text(text, encoding="utf-8")
    fix(capsys, "p", "--write-baseline", "known.json")
    _, said = fix(capsys, "p", "--fix", "--baseline", "known.json")
    assert said == ["packager: there is nothing that can be fixed"]
    assert template.read_text(encoding="utf-8") == text


def test_a_fix_that_brings_another_finding_is_left_and_it_is_said_why(template, capsys):
    form = {
        "$schema": "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#",
        "handler": "Microsoft.Azure.CreateUIDef",
        "version": "0.1.2-preview",
        "parameters": {"basics": [], "steps": [], "outputs": {"location": "[location()]", "unused": "x"}},
    }
    template.rename(template.with_name("mainTemplate.json"))
    template.with_name("createUiDefinition.json").write_text(json.dumps(form), encoding="utf-8")
    assert run(["check", *TODAY, "p", "--fix", "--select", "parameter-unreferenced"]) == 0
    why = "createUiDefinition.json: the main template has no parameter 'unused'; did you mean 'used'?"
    assert capsys.readouterr().err.splitlines() == [
        f"packager: mainTemplate.json:7: parameter-unreferenced is not fixed: it would bring another finding: {why}",
        "packager: there is nothing that can be fixed",
    ]
    assert template.with_name("mainTemplate.json").read_bytes() == TEMPLATE.encode()


def test_a_version_that_the_body_does_not_fit_is_left_and_it_is_said_what_to_change(template, capsys):
    template.write_text(TEMPLATE.replace('"kind": "StorageV2"', '"properties": {"accountType": "Standard_LRS"}'))
    found, _ = fix(capsys, str(template), "--fix", "--fail-on", "never")
    assert '"apiVersion": "2015-06-15"' in template.read_text()
    assert (
        "use 2026-04-01; change the body with it: Microsoft.Storage/storageAccounts 2026-04-01 has no "
        "'properties.accountType'; 2015-06-15 and older have it\n"
    ) in found


def test_files_in_a_zip_are_never_changed(template, capsys):
    with zipfile.ZipFile("p.zip", "w") as archive:
        archive.write(template, "mainTemplate.json")
    before = pathlib.Path("p.zip").read_bytes()
    out, said = fix(capsys, "p.zip", "--fix", expect=2)
    assert (out, pathlib.Path("p.zip").read_bytes()) == ("", before)
    assert said[0].startswith("packager: 'p.zip' is a zip, and files inside a zip are never changed")


def test_line_endings_and_a_byte_order_mark_stay(template, capsys):
    template.write_bytes(b"\xef\xbb\xbf" + TEMPLATE.replace("\n", "\r\n").encode())
    fix(capsys, str(template), "--fix")
    data = template.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf{\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == TEMPLATE.count("\n") - 1


OFFER = """schema: 1
id: acme
publisher: acme
kind: solution-template
version: 1.0.0
plans:
  - {id: small, ui: ui.json.j2, template: main.json.j2, variables: {size: small}}
  - {id: large, ui: ui.json.j2, template: main.json.j2, variables: {size: large}}
"""
SOURCE = """{#- one source, two plans -#}
{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "location": {"type": "string"},
    "{{ size }}Unused": {"type": "string"},
    "unused": {
      "type": "string" // here
    },
    "name": {"type": "string"}
  },
  "variables": {
    "unused": 1{% if size == "large" %},
    "more": 2{% endif %}
  },
  "resources": [
    {%- for number in range(2) %}
    {
      "type": "Microsoft.Storage/storageAccounts",
      "apiVersion": "2015-06-15",
      "name": "[concat(parameters('name'), {{ number }})]",
      "location": "[parameters('location')]",
      "sku": {"name": "Standard_LRS"},
      "kind": "StorageV2"
    }{{ "," if not loop.last }}
    {%- endfor %}
  ]
}
"""
FORM = """{
  "$schema": "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#",
  "handler": "Microsoft.Azure.CreateUIDef",
  "version": "0.1.2-preview",
  "parameters": {"basics": [], "steps": [], "outputs": {"location": "[location()]", "name": "x"}}
}
"""


def test_sources_of_an_offer_are_changed_where_they_are_literal(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, text in (("offer.yaml", OFFER), ("main.json.j2", SOURCE), ("ui.json.j2", FORM)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    out, said = fix(capsys, "offer.yaml", "--fix", "--format", "json")
    text = (tmp_path / "main.json.j2").read_text(encoding="utf-8")
    version = newest_version(text)
    assert version > "2024"
    gone = '    "unused": {\n      "type": "string" // here\n    },\n'
    assert text == SOURCE.replace("2015-06-15", version).replace(gone, "")
    assert said == [
        "packager: main.json.j2:7: parameter-unreferenced is not fixed: the value is not written there as it is",
        "packager: main.json.j2:14: variable-unreferenced is not fixed: what follows the member is not plain JSON",
        "packager: main.json.j2:15: variable-unreferenced is not fixed: what follows the member is not plain JSON",
        "packager: fixed 6 findings in 1 file",
    ]
    left = [(one["rule"], one["source"]["line"]) for one in json.loads(out)["findings"]]
    assert sorted(set(left)) == [
        ("parameter-unreferenced", 7),
        ("variable-unreferenced", 11),
        ("variable-unreferenced", 12),
    ]


YAML = """# The template as YAML.
$schema: https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#
contentVersion: 1.0.0.0
parameters:
  location: {type: string} # read below
  name: {type: string}
  unused: {type: string}
resources:
  - type: Microsoft.Storage/storageAccounts
    apiVersion: '2015-06-15' # old
    name: "[parameters('name')]"
    location: "[parameters('location')]"
    sku: {name: Standard_LRS}
    kind: StorageV2
  - {type: Microsoft.Storage/storageAccounts, apiVersion: 2015-06-15, name: b, sku: {name: "2015-06-15"}}
"""


def test_in_a_yaml_source_words_are_changed_and_nothing_else(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    offer = OFFER.replace("main.json.j2", "main.yaml")
    for name, text in (("offer.yaml", offer), ("main.yaml", YAML), ("ui.json.j2", FORM)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    _, said = fix(capsys, "offer.yaml", "--fix", "--select", "template-schema")
    text = (tmp_path / "main.yaml").read_text(encoding="utf-8")
    version = text.partition("apiVersion: '")[2][:10]
    assert version > "2024"
    assert text == YAML.replace("schemas/2015-01-01", "schemas/2019-04-01").replace("'2015-06-15'", f"'{version}'")
    assert said == [
        "packager: main.yaml:7: parameter-unreferenced is not fixed: 'main.yaml' is no JSON source",
        "packager: main.yaml:15: api-version-outdated[age] is not fixed: the word does not stand there just once",
        "packager: fixed 4 findings in 1 file",
    ]


@pytest.mark.slow
def test_the_example_of_the_documentation(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "docs/example", tmp_path / "example")
    monkeypatch.chdir(tmp_path)
    assert run(["check", *TODAY, "example", "--fix"]) == 1
    said = capsys.readouterr().err
    assert said.splitlines()[-1].startswith("packager: fixed ")
    again = run(["check", *TODAY, "example", "--fix"])
    assert (again, capsys.readouterr().err.splitlines()[-1]) == (1, "packager: there is nothing that can be fixed")
