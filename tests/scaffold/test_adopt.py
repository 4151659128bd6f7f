"""Packages that exist already become offers: what goes where, what is left out, what is refused."""

import io
import json
import os
import zipfile

import pytest
import yaml

from packager.cli.main import run

TEMPLATE = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
    "parameters": {"location": {"type": "string"}, "unused": {"type": "string", "defaultValue": "x"}},
    "resources": [],
    "outputs": {"location": {"type": "string", "value": "[parameters('location')]"}},
}
FORM = {
    "$schema": "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#",
    "handler": "Microsoft.Azure.CreateUIDef",
    "version": "0.1.2-preview",
    "parameters": {"basics": [], "steps": [], "outputs": {"location": "[location()]"}},
}
NESTED = {key: TEMPLATE[key] for key in ("$schema", "contentVersion", "resources")}
STRICT = json.dumps(TEMPLATE).encode()
COMMENTED = b"// the form\n" + json.dumps(FORM).encode()
PACKAGE = {
    "mainTemplate.json": STRICT,
    "createUIDefinition.json": COMMENTED,
    "nested/db.json": json.dumps(NESTED).encode(),
    "nested/net/vnet.json": json.dumps(NESTED).encode(),
    "scripts/install.sh": b"#!/bin/sh\r\n",
    "scripts/data.json": b'{"a": 1}',
    "README.md": b"# hello\n",
    "logo [1].png": b"\x89PNG",
}
ADOPTED = {
    "createUiDefinition/acme-app/createUiDefinition.json": COMMENTED,
    "mainTemplates/acme-app/mainTemplate.json": STRICT,
    "mainTemplates/acme-app/nested/db.json": PACKAGE["nested/db.json"],
    "mainTemplates/acme-app/nested/net/vnet.json": PACKAGE["nested/net/vnet.json"],
    "marketplace/acme-app/artifacts/README.md": PACKAGE["README.md"],
    "marketplace/acme-app/artifacts/logo [1].png": PACKAGE["logo [1].png"],
    "marketplace/acme-app/artifacts/scripts/data.json": PACKAGE["scripts/data.json"],
    "marketplace/acme-app/artifacts/scripts/install.sh": PACKAGE["scripts/install.sh"],
}
WRITTEN = {"marketplace/acme-app/offer.yaml", "marketplace/acme-app/packager-baseline.json"}
SHARED = {"marketplace/offer.schema.json", "pyproject.toml"}
TAKEN_FOR_A_SOURCE = "ends in '.j2', which packager takes for a source and writes under another name"
TODAY = ("--today", "2026-11-24")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "repository").mkdir()
    monkeypatch.chdir(tmp_path / "repository")
    return tmp_path / "repository"


def in_folder(folder, files):
    place = folder.parent / "package"
    for name, data in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    return str(place)


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def in_zip(folder, files):
    place = folder.parent / "package.zip"
    place.write_bytes(zipped(files))
    return str(place)


def adopt(package, *options):
    return run(["init", "acme-app", "--from", package, *TODAY, *options])


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("where", [in_folder, in_zip])
def test_files_go_where_an_offer_has_them_byte_for_byte(folder, where):
    assert adopt(where(folder, PACKAGE)) == 0
    written = tree(folder)
    assert written.keys() == ADOPTED.keys() | WRITTEN | SHARED
    assert {name: written[name] for name in ADOPTED} == ADOPTED


def test_the_offer_names_its_files_and_the_artifacts_by_folder(folder):
    assert adopt(in_folder(folder, PACKAGE), "--publisher", "acme", "--kind", "solution-template") == 0
    assert yaml.safe_load((folder / "marketplace/acme-app/offer.yaml").read_text("utf-8")) == {
        "schema": 1,
        "id": "acme-app",
        "publisher": "acme",
        "kind": "solution-template",
        "version": "1.0.0",
        "plans": [
            {
                "id": "standard",
                "ui": "createUiDefinition/acme-app/createUiDefinition.json",
                "template": "mainTemplates/acme-app/mainTemplate.json",
                "artifacts": [
                    {"from": "marketplace/acme-app/artifacts/*", "to": "./"},
                    {"from": "mainTemplates/acme-app/nested/", "to": "nested/"},
                    {"from": "marketplace/acme-app/artifacts/scripts/", "to": "scripts/"},
                ],
            }
        ],
    }


def test_a_build_has_the_package_and_nothing_new(folder, capsys):
    assert adopt(in_folder(folder, PACKAGE)) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines() == sorted(ADOPTED.keys() | WRITTEN | SHARED)
    accepted, following = captured.err.splitlines()
    assert accepted.startswith("packager: the baseline accepts ")
    assert following == "packager: next: packager build marketplace/acme-app/offer.yaml"
    assert run(["build", "marketplace/acme-app/offer.yaml", *TODAY, "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["findings"] == []
    assert report["summary"]["suppressed"] > 0
    with zipfile.ZipFile(folder / "dist/acme-app-standard-1.0.0.zip") as archive:
        built = {name: archive.read(name) for name in archive.namelist()}
    assert built.keys() == {*PACKAGE, "createUiDefinition.json"} - {"createUIDefinition.json"}
    assert json.loads(built["mainTemplate.json"]) == TEMPLATE
    assert json.loads(built["createUiDefinition.json"]) == FORM
    assert built["scripts/install.sh"] == b"#!/bin/sh\r\n"


def test_the_project_decides_what_is_found_and_accepted(folder, capsys):
    (folder / "pyproject.toml").write_text('[tool.packager]\nprofile = "strict"\n', encoding="utf-8")
    assert adopt(in_folder(folder, PACKAGE)) == 0
    strict = int(capsys.readouterr().err.split("accepts ")[1].split()[0])
    assert run(["build", "marketplace/acme-app/offer.yaml", *TODAY, "--fail-on", "info", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["summary"]["suppressed"] == strict


def test_what_is_new_is_reported(folder, capsys):
    assert adopt(in_folder(folder, PACKAGE)) == 0
    template = folder / "mainTemplates/acme-app/mainTemplate.json"
    secret = {"type": "securestring", "defaultValue": "told"}
    changed = TEMPLATE | {"parameters": {"added": secret, **TEMPLATE["parameters"]}}
    template.write_text(json.dumps(changed, indent=4), encoding="utf-8")
    capsys.readouterr()
    assert run(["check", "marketplace/acme-app/offer.yaml", *TODAY, "--format", "json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert "secure-parameter-default" in {finding["rule"] for finding in findings}
    assert all("added" in finding["pointer"] for finding in findings)


def test_everything_is_reported_when_nothing_around_the_offer_counts(folder, capsys):
    assert adopt(in_folder(folder, PACKAGE)) == 0
    accepted = int(capsys.readouterr().err.split("accepts ")[1].split()[0])
    options = ["--isolated", "--format", "json", "--fail-on", "never", *TODAY]
    assert run(["check", "marketplace/acme-app/offer.yaml", *options]) == 0
    report = json.loads(capsys.readouterr().out)
    assert len(report["findings"]) == accepted > 0
    assert report["summary"]["suppressed"] == 0


@pytest.mark.parametrize(
    ("files", "main"),
    [
        ({"azuredeploy.json": STRICT, "createUiDefinition.json": COMMENTED}, STRICT),
        ({"MAINTEMPLATE.JSON": STRICT, "azuredeploy.json": b"{}", "createUiDefinition.json": COMMENTED}, STRICT),
        ({"wrap/mainTemplate.json": STRICT, "wrap/createUiDefinition.json": COMMENTED}, STRICT),
    ],
)
def test_names_that_are_not_quite_right_are_put_right(folder, files, main):
    assert adopt(in_zip(folder, files)) == 0
    assert (folder / "mainTemplates/acme-app/mainTemplate.json").read_bytes() == main


def test_the_view_goes_beside_the_offer(folder):
    assert adopt(in_zip(folder, PACKAGE | {"viewdefinition.json": b'{"views": []}'})) == 0
    assert (folder / "marketplace/acme-app/viewDefinition.json").read_bytes() == b'{"views": []}'
    offer = yaml.safe_load((folder / "marketplace/acme-app/offer.yaml").read_text("utf-8"))
    assert offer["plans"][0]["view"] == "./viewDefinition.json"


def test_a_folder_that_a_glob_could_not_name_is_taken_from_above(folder):
    assert adopt(in_zip(folder, PACKAGE | {"what?/x.txt": b"x"})) == 0
    offer = yaml.safe_load((folder / "marketplace/acme-app/offer.yaml").read_text("utf-8"))
    assert offer["plans"][0]["artifacts"] == [{"from": "marketplace/acme-app/artifacts/", "to": "./"}]
    assert run(["build", "marketplace/acme-app/offer.yaml", *TODAY]) == 0
    with zipfile.ZipFile(folder / "dist/acme-app-standard-1.0.0.zip") as archive:
        assert {"what?/x.txt", "nested/db.json", "README.md"} <= set(archive.namelist())


def test_what_does_not_belong_into_a_package_is_left_out_and_named(folder, capsys):
    junk = {
        ".env": b"SECRET=1",
        "scripts/.cache/x": b"",
        "__MACOSX/._mainTemplate.json": b"",
        "Thumbs.db": b"",
        "nested/old.zip": zipped(PACKAGE),
        "scripts/lib.zip": zipped({"x.txt": b"x"}),
        "scripts/motd.j2": b"{{ x }}",
    }
    assert adopt(in_zip(folder, PACKAGE | junk)) == 0
    assert [line for line in capsys.readouterr().err.splitlines() if "left out" in line] == [
        "packager: left out: '.env' is hidden",
        "packager: left out: 'Thumbs.db' is no part of a package but of a desktop",
        "packager: left out: '__MACOSX/._mainTemplate.json' is hidden",
        "packager: left out: 'nested/old.zip' is a package itself",
        "packager: left out: 'scripts/.cache/x' is hidden",
        f"packager: left out: 'scripts/motd.j2' {TAKEN_FOR_A_SOURCE}",
    ]
    assert tree(folder).keys() == {
        *ADOPTED,
        *WRITTEN,
        *SHARED,
        "marketplace/acme-app/artifacts/scripts/lib.zip",
    }


@pytest.mark.skipif(os.name != "posix", reason="links are those of POSIX")
def test_links_out_of_the_folder_are_left_out(folder, capsys):
    package = in_folder(folder, PACKAGE)
    (folder.parent / "package/out").symlink_to(folder.parent)
    assert adopt(package) == 0
    assert "left out: 'out' is a link" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mainTemplate.json": None}, "there is no mainTemplate.json (or azuredeploy.json) at its root"),
        ({"createUIDefinition.json": None}, "there is no createUiDefinition.json at its root"),
        ({"mainTemplate.json": b'{\n"a": }'}, "mainTemplate.json:2: expected a value, found '}'"),
        ({"createUIDefinition.json": b"{'a': 1}"}, "createUIDefinition.json:1: "),
        ({"nested/db.json": b'{"a": 1, "a": 2}'}, "nested/db.json:1: the property 'a' is here for the second time"),
        ({"nested/DB.json": b"{}"}, "differs from 'nested/db.json' only in case; rename one of them"),
        ({"maintemplate.json": STRICT}, "only in case; rename one of them"),
        ({"../x": b""}, "'../x' leads out of the package with '..'; every file has to be inside it"),
    ],
)
def test_what_cannot_be_built_is_refused_with_the_reason_and_leaves_nothing(folder, capsys, change, message):
    files = {name: data for name, data in (PACKAGE | change).items() if data is not None}
    assert adopt(in_zip(folder, files)) == 1
    captured = capsys.readouterr()
    assert "the package cannot be adopted" in captured.err
    assert message in captured.err
    assert captured.out == ""
    assert list(folder.iterdir()) == []


def test_a_folder_around_the_package_is_told_where_it_is(folder, capsys):
    package = in_folder(folder, {"readme.md": b"", **{f"src/{name}": data for name, data in PACKAGE.items()}})
    assert adopt(package) == 1
    assert "hint: name the folder that holds 'src/mainTemplate.json'" in capsys.readouterr().err


def test_a_zip_around_the_package_is_refused(folder, capsys):
    assert adopt(in_zip(folder, {"package.zip": zipped(PACKAGE)})) == 1
    assert "the package is inside this zip" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["init", "acme-app", "--from", "absent"], "'absent' does not exist"),
        (["init", "acme-app", "--from", "note.txt"], "'note.txt' is neither a folder nor a zip"),
        (["init"], "the new offer needs a name"),
        (["init", "--from", "!!"], "'!!' suggests no name for the offer"),
    ],
)
def test_wrong_requests_are_usage_errors(folder, capsys, arguments, message):
    (folder / "note.txt").write_text("x")
    assert run(arguments) == 2
    assert message in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["note.txt"]


def test_the_name_comes_from_the_package_when_none_is_given(folder):
    assert run(["init", "--from", in_folder(folder, PACKAGE), *TODAY]) == 0
    assert (folder / "marketplace/package/offer.yaml").is_file()
