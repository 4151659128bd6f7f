"""`packager diff`: two packages as people and programs read it."""

import json
import zipfile

import pytest

from packager.cli.main import run

OFFER = "marketplace/acme-app/offer.yaml"
ZIP = "dist/acme-app-standard-1.0.0.zip"
RECORD = "dist/acme-app-standard-1.0.0.record.json"
TEMPLATE = "mainTemplates/acme-app/mainTemplate.json.j2"


@pytest.fixture
def folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["init", "acme-app"]) == 0
    assert run(["build", OFFER, "--today", "2026-11-24"]) == 0
    capsys.readouterr()
    return tmp_path


def diff(capsys, *arguments):
    code = run(["diff", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_same_by_every_name(folder, capsys):
    with zipfile.ZipFile(ZIP) as archive:
        archive.extractall("unpacked")
    for old in (ZIP, RECORD, OFFER, "marketplace/acme-app"):
        same = "standard: 1.0.0 -> 1.0.0\n  Version: the packages are the same\n"
        assert diff(capsys, old, OFFER) == (0, same, "")
    same = "standard: 1.0.0 -> unknown version\n  Version: the packages are the same\n"
    assert diff(capsys, ZIP, "unpacked") == (0, same, "")


def test_a_change_that_the_version_does_not_say(folder, capsys):
    replace(folder / TEMPLATE, "TLS1_2", "TLS1_3")
    code, out, _ = diff(capsys, ZIP, OFFER)
    assert code == 1
    assert out.splitlines()[0] == "standard: 1.0.0 -> 1.0.0"
    wanted = "  Version: these changes deserve a patch step: 1.0.1 or later; 1.0.0 does not say so"
    assert out.splitlines()[-1] == wanted
    assert diff(capsys, ZIP, OFFER, "--fail-on", "never")[0] == 0
    assert diff(capsys, ZIP, OFFER, "--fail-on", "breaking")[0] == 0
    assert diff(capsys, ZIP, OFFER, "--fail-on", "change")[0] == 1
    replace(folder / OFFER, "version: 1.0.0", "version: 1.0.1")
    code, out, _ = diff(capsys, ZIP, OFFER)
    assert (code, out.splitlines()[-1]) == (0, wanted.replace("1.0.0 does not say so", "1.0.1 says so"))


def test_json_names_every_value(folder, capsys):
    replace(folder / TEMPLATE, "TLS1_2", "TLS1_3")
    code, out, err = diff(capsys, ZIP, OFFER, "--format", "json")
    assert (code, err) == (1, "")
    found = json.loads(out)
    (package,) = found["packages"]
    assert found | {"packages": []} == {
        "schema": 1,
        "old": ZIP,
        "new": OFFER,
        "packages": [],
        "plans": {"added": [], "removed": []},
    }
    assert package["version"] == {
        "old": "1.0.0",
        "new": "1.0.0",
        "step": "none",
        "deserved": "patch",
        "proposed": "1.0.1",
        "sufficient": False,
    }
    (file,) = package["files"]
    (change,) = file["changes"]
    assert file["name"] == "mainTemplate.json"
    assert change["pointer"].endswith("/properties/minimumTlsVersion")
    assert (change["kind"], change["old"], change["new"]) == ("changed", "TLS1_2", "TLS1_3")
    (values,) = package["resources"]["values"]
    assert values["type"] == "Microsoft.Storage/storageAccounts"


def test_markdown_cannot_be_broken_by_names(folder, capsys):
    replace(folder / TEMPLATE, '"parameters": {', '"parameters": {"<b>`x`|*": {"type": "int"},')
    assert diff(capsys, ZIP, OFFER, "--format", "markdown", "--output", "diff.md") == (1, "", "")
    text = (folder / "diff.md").read_text(encoding="utf-8")
    assert "- parameter \\<b\\>\\`x\\`\\|\\*: it is new and has no default: updates must give it" in text
    assert '  - `` + /parameters/<b>`x`|*: {"type": "int"} ``' in text


def test_what_cannot_be_compared(folder, capsys):
    assert diff(capsys, "absent.zip", OFFER)[0] == 2
    code, _, err = diff(capsys, ZIP, OFFER, "--plan", "standart")
    assert (code, err) == (
        2,
        f"packager: '{ZIP}' has no plan 'standart'; did you mean 'standard'?\n  hint: it has standard\n",
    )
    (folder / "bad.zip").write_bytes(b"PK no")
    assert diff(capsys, "bad.zip", OFFER)[0] == 1
    with (folder / ZIP).open("ab") as stream:
        stream.write(b"more")
    code, _, err = diff(capsys, RECORD, OFFER)
    assert (code, "is not the zip of its record" in err) == (1, True)
    (folder / ZIP).unlink()
    code, _, err = diff(capsys, RECORD, OFFER)
    assert (code, "stands alone" in err) == (2, True)


def unpacked(*folders):
    with zipfile.ZipFile(ZIP) as archive:
        for folder in folders:
            archive.extractall(folder)


def test_a_template_or_form_that_is_no_json(folder, capsys):
    unpacked("good", "broken")
    (folder / "broken/createUiDefinition.json").write_text('{"a":', encoding="utf-8")
    for old, new in (("good", "broken"), ("broken", "good"), ("broken", "broken"), ("broken/", "good")):
        code, out, err = diff(capsys, old, new)
        assert (code, out) == (1, "")
        assert err.startswith("packager: broken/createUiDefinition.json:1:6: expected '}'")


def test_another_file_that_is_no_json(folder, capsys):
    unpacked("old", "new")
    (folder / "old/extra.json").write_text('{\n"a":', encoding="utf-8")
    (folder / "new/extra.json").write_text('{\n"b":\n', encoding="utf-8")
    (folder / "old/wide.json").write_text("{}", encoding="utf-8")
    (folder / "new/wide.json").write_text("{}", encoding="utf-16")
    code, out, _ = diff(capsys, "old", "new")
    files = ["  ~ extra.json (lines: 1 gone, 1 new)", "  ~ wide.json (2 -> 6 bytes)"]
    assert (code, [line.removeprefix("  ") for line in out.splitlines() if ".json" in line]) == (0, files)


def test_a_single_file_is_no_package(folder, capsys):
    unpacked("good")
    for name in ("mainTemplate.json", "createUiDefinition.json"):
        said = (
            f"packager: 'good/{name}' is a single file: packages and offers are compared\n"
            "  hint: name the folder of its package, its zip or an offer.yaml\n"
        )
        assert diff(capsys, OFFER, f"good/{name}") == (2, "", said)


def test_breaking_changes_without_a_version(folder, capsys):
    unpacked("new")
    replace(folder / "new/mainTemplate.json", '"outputs": {', '"outputs": {}, "metadata": {')
    code, _, err = diff(capsys, ZIP, "new")
    said = (
        "packager: plan 'standard' has breaking changes, and its version cannot be judged: "
        "it is not known on both sides\n  hint: --fail-on breaking makes the exit code 1 whatever it is\n"
    )
    assert (code, err) == (0, said)
    assert diff(capsys, ZIP, "new", "--fail-on", "breaking")[::2] == (1, "")
    assert diff(capsys, ZIP, "new", "--fail-on", "never")[::2] == (0, "")
