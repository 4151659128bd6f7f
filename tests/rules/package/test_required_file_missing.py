"""The two files at the root."""

import datetime
import zipfile

import pytest

from packager.bundle.zipped import open_zip
from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.package import Package
from packager.checks.registry import all_rules

RULE = "required-file-missing"
CONTAINER = (
    '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",'
    ' "variables": {"plan-name": "DONOTMODIFY"}, "resources": []}'
)


def checked(found, names, kind):
    return found(RULE, dict.fromkeys(names, "{}"), kind), found(RULE, dict.fromkeys(names, "{}"), kind, messages=True)


@pytest.mark.parametrize("kind", ["zip", "folder"])
@pytest.mark.parametrize(
    ("names", "file", "rule", "message"),
    [
        (
            ("mainTemplate.json",),
            "",
            RULE,
            "the package has no 'createUiDefinition.json' at its root; add it, or check that everything was packed",
        ),
        (
            ("mainTemplate.json", "createUIDefinition.json"),
            "createUIDefinition.json",
            f"{RULE}[wrong-case]",
            (
                "the package has no 'createUiDefinition.json' at its root; "
                "rename 'createUIDefinition.json' to 'createUiDefinition.json'"
            ),
        ),
        (
            ("pkg/mainTemplate.json", "createUiDefinition.json"),
            "",
            f"{RULE}[wrapped]",
            (
                "the package has no 'mainTemplate.json' at its root; "
                "it is in the folder 'pkg': zip the contents of that folder"
            ),
        ),
    ],
)
def test_a_file_that_is_missing_is_reported_with_what_is_there_instead(found, kind, names, file, rule, message):
    assert checked(found, names, kind) == ([(file, 1, rule, "error")], [message])


@pytest.mark.parametrize("kind", ["zip", "folder"])
def test_a_whole_package_is_left_alone(found, kind):
    names = ("mainTemplate.json", "createUiDefinition.json", "nested/mainTemplate.json")
    assert checked(found, names, kind) == ([], [])


def test_a_zip_of_something_else_lacks_both(found):
    assert len(found(RULE, {"azuredeploy.json": "{}"}, "zip")) == 2


def test_a_folder_of_templates_is_no_package(found):
    assert found(RULE, {"azuredeploy.json": "{}", "nested/mainTemplate.json": "{}"}, "folder") == []


def test_a_single_file_is_no_package(found):
    assert found(RULE, {"mainTemplate.json": "{}"}, "file") == []


def test_a_quickstart_folder_with_a_form_is_told_the_name(found):
    files = {"azuredeploy.json": "{}", "createUiDefinition.json": "{}"}
    assert found(RULE, files, "folder") == [("azuredeploy.json", 1, f"{RULE}[azuredeploy]", "warning")]
    assert found(RULE, files, "zip") == [("", 1, RULE, "error")]


def test_a_zip_of_the_folder_is_one_finding(found):
    files = {"pkg/mainTemplate.json": "{}", "pkg/createUiDefinition.json": "{}", "__MACOSX/pkg/._mainTemplate.json": ""}
    assert found(RULE, files, messages=True) == [
        "the files of the package are in the folder 'pkg': zip the contents of that folder"
    ]


def test_a_folder_around_a_package_is_told_where_it_is(found):
    files = {"README.md": "", "arm/mainTemplate.json": "{}", "arm/createUiDefinition.json": "{}"}
    assert found(RULE, files, "folder", messages=True) == [
        "the package is in the folder 'arm': name that folder, and zip its contents"
    ]


def test_a_folder_around_several_packages_is_told_to_name_each(found):
    files = {f"{folder}/{name}": "{}" for folder in "ab" for name in ("mainTemplate.json", "createUiDefinition.json")}
    assert found(RULE, files, "folder", messages=True) == ["the folder holds 2 packages ('a', 'b'): name each of them"]


def test_the_form_of_a_kubernetes_offer_may_be_called_otherwise(found):
    files = {"mainTemplate.json": CONTAINER, "createUIDefinition.json": "{}"}
    assert found(RULE, files, "folder") == []
    assert found(RULE, files, "zip") == [("createUIDefinition.json", 1, f"{RULE}[wrong-case]", "error")]


def test_two_missing_files_are_two_findings_to_a_baseline(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("azuredeploy.json", "{}")
    package = Package(open_zip(str(tmp_path / "x.zip")), datetime.date(2026, 11, 24))
    findings = run(package, all_rules(), Config(select=frozenset({RULE}))).findings
    assert len({one.fingerprint for one in findings}) == 2
