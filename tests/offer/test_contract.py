"""offer.yaml as its page promises it, from the file to the package, by way of the command line."""

import json
import zipfile

import pytest

from packager.cli.main import run

TEMPLATE = """\
# A template may be YAML, too: it is written to the package as JSON.
$schema: https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#
contentVersion: {{ offer.version }}.0
parameters:
  location: {type: string}
resources: []
outputs:
  location: {type: string, value: "[parameters('location')]"}
  names: {type: string, value: "{{ chartVersion }} {{ highAvailability }}"}
  plan: {type: string, value: "{{ plan.id }} {{ plan.kind }} {{ plan.version }}"}
"""
FORM = """\
{
  // comments stay behind
  "$schema": "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#",
  "handler": "Microsoft.Azure.CreateUIDef",
  "version": "0.1.2-preview",
  "parameters": {"basics": [], "steps": [], "outputs": {"location": "[location()]"}},
}
"""
OFFER = """\
schema: 1
id: mojaloop-azure
publisher: mojaloop
kind: managed-application
version: 1.0.0
variables: {chartVersion: 17.2.0, highAvailability: false}
plans:
  - id: standard
    ui: createUiDefinition/mojaloop/createUiDefinition.json.j2
    template: mainTemplates/mojaloop/mainTemplate.yaml.j2
    view: marketplace/mojaloop/viewDefinition.json.j2
    variables: {highAvailability: true}
    artifacts:
      - {from: mainTemplates/mojaloop/nested/*.json.j2, to: nested/}
      - {from: ./scripts/, to: scripts/}
      - {from: marketplace/mojaloop/policy.xml.j2, to: policy.xml, delimiters: {variable: ["<<", ">>"]}}
    helm:
      - release: moja
        namespace: mojaloop
        chart: {repository: "https://example.org/charts", name: mojaloop, version: 17.2.0}
        values: [marketplace/mojaloop/helm/values.yaml.j2]
  - id: other
    kind: solution-template
    version: 2.0.0
    ui: createUiDefinition/mojaloop/createUiDefinition.json.j2
    template: mainTemplates/mojaloop/mainTemplate.yaml.j2
"""
FILES = {
    "pyproject.toml": "",
    "createUiDefinition/mojaloop/createUiDefinition.json.j2": FORM,
    "mainTemplates/mojaloop/mainTemplate.yaml.j2": TEMPLATE,
    "mainTemplates/mojaloop/nested/db.json.j2": '{"plan": "{{ plan.id }}"}',
    "mainTemplates/mojaloop/nested/_part.json.j2": "never rendered alone {{",
    "marketplace/mojaloop/viewDefinition.json.j2": '{"views": []}',
    "marketplace/mojaloop/scripts/install.sh": "#!/bin/sh\necho {{ not ours }}\n",
    "marketplace/mojaloop/policy.xml.j2": "<set>{{context.User.Id}}<<chartVersion>></set>",
    "marketplace/mojaloop/helm/values.yaml.j2": "version: {{ chartVersion }} # kept\n",
    "marketplace/mojaloop/offer.yaml": OFFER,
}
PATH = "marketplace/mojaloop/offer.yaml"


@pytest.fixture
def folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def build(*options):
    return run(["build", PATH, "--fail-on", "never", "--today", "2026-11-24", *options])


def entries(folder, name):
    with zipfile.ZipFile(folder / "dist" / name) as archive:
        return {entry: archive.read(entry).decode() for entry in archive.namelist()}


def test_every_plan_becomes_a_package_of_its_own_version(folder):
    assert build() == 0
    assert sorted(path.name for path in (folder / "dist").glob("*.zip")) == [
        "mojaloop-azure-other-2.0.0.zip",
        "mojaloop-azure-standard-1.0.0.zip",
    ]
    assert entries(folder, "mojaloop-azure-other-2.0.0.zip").keys() == {"createUiDefinition.json", "mainTemplate.json"}


def test_a_package_holds_what_the_plan_names(folder):
    assert build("--plan", "standard") == 0
    found = entries(folder, "mojaloop-azure-standard-1.0.0.zip")
    assert sorted(found) == [
        "createUiDefinition.json",
        "helm/moja-values.yaml",
        "helm/releases.json",
        "mainTemplate.json",
        "nested/db.json",
        "policy.xml",
        "scripts/install.sh",
        "viewDefinition.json",
    ]
    assert found["nested/db.json"] == '{\n  "plan": "standard"\n}\n'
    assert found["scripts/install.sh"] == FILES["marketplace/mojaloop/scripts/install.sh"]
    assert found["policy.xml"] == "<set>{{context.User.Id}}17.2.0</set>"
    assert found["helm/moja-values.yaml"] == "version: 17.2.0 # kept\n"


def test_variables_come_from_offer_plan_and_set(folder):
    assert build() == 0
    standard, other = (
        json.loads(entries(folder, f"mojaloop-azure-{name}.zip")["mainTemplate.json"])
        for name in ("standard-1.0.0", "other-2.0.0")
    )
    assert standard["contentVersion"] == other["contentVersion"] == "1.0.0.0"
    assert [one["value"] for one in standard["outputs"].values()][1:] == [
        "17.2.0 true",
        "standard managed-application 1.0.0",
    ]
    assert [one["value"] for one in other["outputs"].values()][1:] == ["17.2.0 false", "other solution-template 2.0.0"]
    assert build("--set", "highAvailability=perhaps") == 0
    standard = json.loads(entries(folder, "mojaloop-azure-standard-1.0.0.zip")["mainTemplate.json"])
    assert standard["outputs"]["names"]["value"] == "17.2.0 perhaps"


WRONG = {
    "offer": (
        "publisher: mojaloop",
        "publsher: mojaloop",
        "publsher",
        "unknown key 'publsher'; did you mean 'publisher'?",
    ),
    "plan": ("    view: m", "    veiw: m", "veiw", "unknown key 'veiw'; did you mean 'view'?"),
    "artifact": ("/, to: scripts/", "/, too: scripts/", "too", "unknown key 'too'; did you mean 'to'?"),
    "delimiters": ("{variable: [", "{varable: [", "varable", "unknown key 'varable'; did you mean 'variable'?"),
    "release": ("  namespace: m", "  namspace: m", "namspace", "unknown key 'namspace'; did you mean 'namespace'?"),
    "chart": ("name: mojaloop, ver", "nam: mojaloop, ver", "nam:", "unknown key 'nam'; did you mean 'name'?"),
    "case": (
        "mojaloop/viewDefinition.json.j2",
        "mojaloop/ViewDefinition.json.j2",
        "marketplace/mojaloop/View",
        "write 'viewDefinition.json.j2'; names are case sensitive in the package and on Linux",
    ),
    "escape": ("./scripts/,", "../../../scripts/,", "../../..", "path '../../../scripts/' leaves the repository"),
    "overlap": (
        "to: policy.xml",
        "to: scripts/install.sh",
        "{from: marketplace/mojaloop/policy",
        "cannot go into the package: 'scripts/install.sh' is there already; change 'from' or 'to'",
    ),
}


@pytest.mark.parametrize(("old", "new", "marked", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_at_its_place(folder, capsys, old, new, marked, message):
    assert OFFER.count(old) == 1
    text = OFFER.replace(old, new)
    (folder / PATH).write_text(text, encoding="utf-8")
    assert run(["check", PATH, "--format", "json", "--today", "2026-11-24"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    (found,) = [one for one in findings if message in one["message"]]
    assert found["file"] == PATH
    assert text.splitlines()[found["line"] - 1][found["column"] - 1 :].startswith(marked)


def test_the_text_report_shows_the_line(folder, capsys):
    (folder / PATH).write_text(OFFER.replace("publisher: m", "publsher: m"), encoding="utf-8")
    assert run(["check", PATH, "--today", "2026-11-24"]) == 1
    assert "    publsher: mojaloop\n    ^^^^^^^^\n" in capsys.readouterr().out


def test_without_a_mark_the_offer_s_folder_is_the_root(folder, capsys):
    (folder / "pyproject.toml").unlink()
    assert run(["check", PATH, "--format", "json", "--today", "2026-11-24"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {one["file"] for one in findings} == {"offer.yaml"}
    assert all("does not exist" in one["message"] for one in findings if one["severity"] == "error")


def test_the_line_of_a_source_that_fails_is_shown_once_for_all_plans(folder, capsys):
    form = folder / "createUiDefinition/mojaloop/createUiDefinition.json.j2"
    form.write_text(FORM.replace('"steps": []', '"steps": {{ step }}'), encoding="utf-8")
    assert run(["check", PATH, "--today", "2026-11-24", "--ignore", "chart-digest-missing"]) == 1
    assert capsys.readouterr().out == (
        "createUiDefinition/mojaloop/createUiDefinition.json.j2:6:3: error template-error 'step' is undefined\n"
        '      "parameters": {"basics": [], "steps": {{ step }}, "outputs": {"location": "[location()]"}},\n'
        f"      {'^' * 91}\n"
        f"checked 1 file of {PATH}: 1 error, 0 warnings, 0 info\n"
    )
