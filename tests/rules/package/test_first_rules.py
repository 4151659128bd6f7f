"""The rules on files and packages that need no template."""

import datetime

import pytest

from packager.bundle.model import Bundle, Entry
from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.package import Package
from packager.rules.package.json_syntax import check as json_syntax
from packager.rules.package.required_file_missing import check as required_file_missing


def messages(rule, files, kind="zip"):
    entries = {name: Entry(name, len(text), text.encode) for name, text in files.items()}
    package = Package(Bundle("p.zip", kind, None, entries), datetime.date(2026, 11, 24))
    return [(one.file, one.line, one.message) for one in run(package, (rule,), Config()).findings]


def test_json_that_cannot_be_read_is_reported_where_it_breaks():
    found = messages(json_syntax, {"a.json": '{\n  "a": 1\n  "b": 2\n}', "b.json": "{}"})
    assert [(file, line) for file, line, _ in found] == [("a.json", 2)]
    assert "comma" in found[0][2]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("mainTemplate.json", "createUiDefinition.json"), []),
        (("mainTemplate.json",), ["the package has no 'createUiDefinition.json' at its root"]),
        (
            ("mainTemplate.json", "createUIDefinition.json"),
            [
                (
                    "the package has no 'createUiDefinition.json' at its root; "
                    "rename 'createUIDefinition.json' to 'createUiDefinition.json'"
                )
            ],
        ),
        (
            ("pkg/mainTemplate.json", "createUiDefinition.json"),
            [
                (
                    "the package has no 'mainTemplate.json' at its root; "
                    "it is in the folder 'pkg': zip the contents of that folder"
                )
            ],
        ),
    ],
)
def test_required_files_stand_at_the_root(names, expected):
    assert [message for _, _, message in messages(required_file_missing, dict.fromkeys(names, "{}"))] == expected


def test_a_folder_of_templates_is_no_finished_package():
    assert messages(required_file_missing, {"azuredeploy.json": "{}"}, "folder") == []
