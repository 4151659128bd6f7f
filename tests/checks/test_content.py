"""What counts as content, and so what is exit 1, exit 2 and clean."""

import json
import os
import pathlib

import pytest

from packager.checks.content import content_kind, is_content
from packager.cli.main import run
from packager.code.filenames import may_be_script
from packager.source.document import Document

TEMPLATE = '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"}'
PARAMETERS = '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"}'
FORM = '{"$schema": "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#"}'
VIEW = '{"$schema": "https://schema.management.azure.com/schemas/viewdefinition/0.0.1-preview/ViewDefinition.json#"}'


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("x.json", TEMPLATE, "template"),
        ("x.jsonc", "// note\n" + TEMPLATE, "template"),
        ("x.json", '{"contentVersion": "1.0.0.0", "resources": []}', "template"),
        ("x.json", FORM, "form"),
        ("createUiDefinition.json", "{}", "form"),
        ("x.json", VIEW, "view"),
        ("x.json", PARAMETERS, "parameters"),
        ("mainTemplate.json", PARAMETERS, "parameters"),
        ("x.parameters.json", '{"size": 1}', "parameters"),
        ("x.json", '{"parameters": {"size": {"value": 1}}}', "parameters"),
        ("x.json", '{"parameters": {"size": {"reference": {}}}, "contentVersion": "1.0.0.0"}', "parameters"),
        ("x.json", '{"parameters": {}, "contentVersion": "1.0.0.0"}', "parameters"),
        ("x.json", '{"parameters": {"size": {"type": "int"}}}', None),
        ("x.json", '{"parameters": {}}', None),
        ("x.json", "", "unreadable"),
        ("x.json", "{", "unreadable"),
        ("x.json", "<html>", "unreadable"),
        ("x.json", "{}", None),
        ("x.json", "[1]", None),
        ("package.json", '{"name": "x", "version": "1.0.0"}', None),
        ("mainTemplate.json", "[]", None),
    ],
)
def test_documents_are_recognised_by_what_they_hold(name, text, kind):
    assert content_kind(Document.from_text(name, text)) == kind


@pytest.mark.parametrize("name", ["mainTemplate.json", "azuredeploy.json", "nested/viewDefinition.json"])
def test_some_names_are_content_whatever_they_hold(name):
    assert is_content(Document.from_text(name, "[]"))


def checked(path, capsys, *options):
    """The exit code and the rules of the findings, None when no report was written."""
    code = run(["check", str(path), "--format", "json", "--today", "2026-11-24", *options])
    out = capsys.readouterr().out
    return code, {one["rule"] for one in json.loads(out)["findings"]} if out else None


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("x.json", b"", "json-syntax"),
        ("x.json", b"\xff\xfe{\0}\0", "json-syntax"),
        ("x.json", b'{"a": }', "json-syntax"),
        ("mainTemplate.json", b"[]", "wrong-document"),
        ("createUiDefinition.json", b'"text"', "wrong-document"),
        ("x.zip", b"", "unreadable-package"),
        ("x.zip", b"PK", "unreadable-package"),
    ],
)
def test_what_cannot_be_read_is_a_finding(tmp_path, capsys, name, content, rule):
    (tmp_path / name).write_bytes(content)
    code, rules = checked(tmp_path / name, capsys)
    assert code == 1
    assert rule in rules


@pytest.mark.parametrize(
    ("name", "content"), [("x.json", "{}"), ("x.json", "[1, 2]"), ("x.txt", TEMPLATE), ("x.json.j2", TEMPLATE)]
)
def test_other_files_are_nothing_to_check(tmp_path, capsys, name, content):
    (tmp_path / name).write_text(content)
    assert checked(tmp_path / name, capsys) == (2, set())
    assert checked(tmp_path, capsys) == (2, set())


def test_a_folder_and_a_zip_of_nothing_are_nothing_to_check(tmp_path, capsys):
    (tmp_path / "x.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    assert checked(tmp_path / "x.zip", capsys) == (2, set())
    (tmp_path / "empty").mkdir()
    assert checked(tmp_path / "empty", capsys) == (2, set())


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_a_finding(tmp_path, capsys):
    (tmp_path / "mainTemplate.json").write_text(TEMPLATE)
    (tmp_path / "mainTemplate.json").chmod(0)
    assert checked(tmp_path / "mainTemplate.json", capsys)[0] == 1


def test_a_path_without_permission_does_not_stop_the_others(tmp_path, capsys, monkeypatch):
    for name in ("closed.json", "open.json"):
        (tmp_path / name).write_text("{")
    read = pathlib.Path.read_bytes

    def refuse(self):
        if self.name == "closed.json":
            raise PermissionError(13, "Permission denied", str(self))
        return read(self)

    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    monkeypatch.setattr(pathlib.Path, "read_bytes", refuse)
    code = run(["check", str(tmp_path / "closed.json"), str(tmp_path / "open.json"), "--format", "json"])
    found = {finding["file"]: finding["rule"] for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert (code, found) == (1, {"closed.json": "json-syntax", "open.json": "json-syntax"})


@pytest.mark.parametrize(
    ("name", "rule", "message"),
    [
        ("offer.yaml", "offer-syntax", "the file cannot be read: Permission denied; check its permissions"),
        ("x.zip", "unreadable-package", "this file cannot be read: Permission denied; check its permissions"),
    ],
)
def test_what_may_not_be_read_says_so(tmp_path, capsys, monkeypatch, name, rule, message):
    opened = pathlib.Path.open

    def refuse(self, *arguments, **named):
        if self.name == name:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *arguments, **named)

    (tmp_path / name).write_text("{")
    monkeypatch.setattr(pathlib.Path, "open", refuse)
    code = run(["check", str(tmp_path / name), "--format", "json", "--isolated"])
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (code, finding["rule"], finding["message"]) == (1, rule, message)


def test_a_folder_without_permission_does_not_stop_the_others(tmp_path, capsys, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.json").write_text("{")
    look = pathlib.Path.is_file

    def refuse(self):
        if self.parent.name == "closed":
            raise PermissionError(13, "Permission denied", str(self))
        return look(self)

    monkeypatch.setattr(pathlib.Path, "is_file", refuse)
    code = run(["check", str(tmp_path / "closed"), str(tmp_path / "open.json"), "--format", "json", "--isolated"])
    printed = capsys.readouterr()
    assert (code, json.loads(printed.out)["summary"]["error"]) == (2, 1)
    assert "holds nothing to check" in printed.err


def test_only_the_file_that_was_named_is_counted(tmp_path, capsys):
    for name in ("mainTemplate.json", "other.json"):
        (tmp_path / name).write_text("{")
    run(["check", str(tmp_path / "other.json"), "--format", "json"])
    assert json.loads(capsys.readouterr().out)["summary"]["files"] == 1


def test_what_lies_beside_a_file_is_not_what_was_asked_for(tmp_path, capsys):
    (tmp_path / "mainTemplate.json").write_text(TEMPLATE)
    (tmp_path / "other.json").write_text("{}")
    assert checked(tmp_path / "other.json", capsys) == (2, set())


@pytest.mark.parametrize("options", [["--select", "template-schema"], ["--ignore", "json-syntax,unreadable-package"]])
@pytest.mark.parametrize(("name", "rule"), [("x.json", "json-syntax"), ("x.zip", "unreadable-package")])
def test_checking_nothing_is_no_success_whatever_was_selected(tmp_path, capsys, options, name, rule):
    (tmp_path / name).write_bytes(b"{")
    assert checked(tmp_path / name, capsys, *options) == (1, {rule})


def test_what_can_be_read_beside_it_lets_the_selection_stand(tmp_path, capsys):
    (tmp_path / "x.json").write_bytes(b"{")
    (tmp_path / "nested.json").write_text(TEMPLATE)
    assert checked(tmp_path, capsys, "--select", "junk-file") == (0, set())


def test_the_folder_of_an_offer_stands_for_the_offer(tmp_path, capsys):
    (tmp_path / "offer.yaml").write_text("schema: 1\nidd: acme\n")
    code = run(["check", str(tmp_path), "--format", "json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert code == 1
    assert {(one["rule"], one["path"]) for one in findings} == {("offer-schema", str(tmp_path))}
    (tmp_path / "mainTemplate.json").write_text(TEMPLATE)
    assert "required-file-missing" in checked(tmp_path, capsys)[1]


def test_findings_of_a_single_file_are_about_that_file(tmp_path, capsys):
    (tmp_path / "mainTemplate.json").write_text(TEMPLATE)
    (tmp_path / "broken.json").write_text("{")
    _, rules = checked(tmp_path / "mainTemplate.json", capsys)
    assert "json-syntax" not in rules
    assert "required-file-missing" not in rules


@pytest.mark.parametrize(
    ("name", "may_be"),
    [
        *(
            ("a.sh", True),
            ("b/A.SH", True),
            ("a.bash", True),
            ("a.ksh", True),
            ("bin/run", True),
            ("folder.d/run", True),
        ),
        *(("a.json", False), ("a.py", False), ("folder.sh/a.txt", False), ("a.sh.j2", False), ("helm/a.tgz", False)),
    ],
)
def test_names_of_scripts(name, may_be):
    assert may_be_script(name) is may_be
