"""Junk, secrets, sources, older packages: what should not be in a package."""

import io
import zipfile

import pytest

from packager.bundle.model import Bundle, Entry

FILES = {"mainTemplate.json": "{}", "createUiDefinition.json": "{}"}


def names(findings):
    return [file for file, _, _, _ in findings]


@pytest.mark.parametrize(
    "name",
    [
        "__MACOSX/._mainTemplate.json",
        "__MACOSX/nested/x",
        "scripts/.DS_Store",
        "._mainTemplate.json",
        "Thumbs.db",
        "Desktop.ini",
        ".gitignore",
        ".gitattributes",
        "nested/.git/config",
        "mainTemplate.json.bak",
        "mainTemplate.json~",
        "scripts/install.sh.orig",
        ".vscode/settings.json",
        "id_rsa.pub",
    ],
)
def test_junk_is_a_warning(found, name):
    assert found("junk-file", {**FILES, name: "x"}) == [(name, 1, "junk-file", "warning")]


def test_a_folder_of_junk_is_reported_once(found):
    files = {**FILES, "node_modules/a/x.js": "", "node_modules/b.js": "", "app/__pycache__/x.pyc": ""}
    assert found("junk-file", files, messages=True) == [
        "'app/__pycache__/' (1 file) was left behind by Python; leave the folder out of the package",
        "'node_modules/' (2 files) was left behind by npm; leave the folder out of the package",
    ]


@pytest.mark.parametrize(
    "name", ["README.md", "gitlog.txt", "backup.sh", "scripts/thumbs.db.sh", "a.github", "tmp.json", "macosx/x.sh"]
)
def test_what_only_looks_like_junk_is_left_alone(found, name):
    assert found("junk-file", {**FILES, name: "x"}) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (".env", ""),
        ("scripts/.env.production", "A=1"),
        ("prod.env", "A=1"),
        ("key.pem", "?"),
        ("key.pem", b"\xff\xfe"),
        ("chain.pem", "-----BEGIN CERTIFICATE-----\n-----BEGIN RSA PRIVATE KEY-----\n"),
        ("server.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----"),
        ("Store.PFX", ""),
        ("id_rsa", ""),
        ("id_ed25519.old", ""),
        ("terraform.tfstate", "{}"),
        ("terraform.tfstate.backup", "{}"),
        ("kubeconfig", ""),
        ("prod.publishsettings", ""),
    ],
)
def test_secrets_are_errors(found, name, content):
    assert found("secret-file", {**FILES, name: content}) == [(name, 1, "secret-file", "error")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (".env.example", "A="),
        ("environment.json", "{}"),
        ("ca.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n"),
        ("public.pem", "-----BEGIN PUBLIC KEY-----\n"),
        ("id_rsa.pub", "ssh-rsa"),
        ("licence.key", "some product key"),
        ("server.crt", "-----BEGIN CERTIFICATE-----"),
        ("keys.json", "{}"),
    ],
)
def test_what_is_public_is_left_alone(found, name, content):
    assert found("secret-file", {**FILES, name: content}) == []


def inner(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "{}")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("old.zip", inner("mainTemplate.json"), True),
        ("dist/old.ZIP", inner("createUiDefinition.json", "MainTemplate.json"), True),
        ("app.zip", inner("host.json", "nested/mainTemplate.json"), False),
        ("app.zip", b"no zip at all", False),
        ("app.tgz", inner("mainTemplate.json"), False),
    ],
)
def test_an_inner_zip_is_an_error_when_it_is_a_package(found, name, content, expected):
    rule = "nested-package"
    assert found(rule, {**FILES, name: content}) == ([(name, 1, rule, "error")] if expected else [])


def test_an_inner_zip_too_large_to_read_is_pointed_out(checked):
    entry = Entry("big.zip", (128 << 20) + 1, bytes)
    assert checked("nested-package", Bundle("p", "zip", None, {"big.zip": entry})) == [
        ("big.zip", 1, "nested-package[unread]", "info")
    ]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("main.bicep", "uncompiled-source"),
        ("main.bicepparam", "uncompiled-source"),
        ("values.yaml.j2", "uncompiled-source"),
    ],
)
def test_sources_are_warnings(found, name, rule):
    assert found(rule, {**FILES, name: ""}) == [(name, 1, rule, "warning")]
    assert found(rule, {**FILES, name + ".txt": ""}) == []


@pytest.mark.parametrize(
    ("name", "plan_kind", "sub"),
    [
        ("viewDefinition.json", None, None),
        ("viewDefinition.json", "managed-application", None),
        ("viewDefinition.json", "solution-template", "solution-template"),
        ("ViewDefinition.json", "managed-application", "wrong-case"),
        ("views/viewDefinition.json", None, "folder"),
    ],
)
def test_a_view_is_read_at_one_place_only(found, name, plan_kind, sub):
    rule = "view-definition-unread"
    expected = [(name, 1, f"{rule}[{sub}]", "warning")] if sub else []
    assert found(rule, {**FILES, name: "{}"}, plan_kind=plan_kind) == expected
