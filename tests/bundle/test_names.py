"""What may stand in a package by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.bundle.names import clash_problem, name_problem, shown
from packager.source.filenames import FileNames


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("mainTemplate.json", None),
        ("scripts/ünïcode name.sh", None),
        ("scripts/", None),
        ("a..b/c...json", None),
        ("", "unnamed"),
        ("/", "unnamed"),
        ("a\nb.json", "unprintable"),
        ("a\udc80.json", "unprintable"),
        ("../a.json", "traversal"),
        ("a/../../b.json", "traversal"),
        ("a\\..\\b.json", "traversal"),
        ("/etc/passwd", "absolute"),
        ("\\\\server\\share", "absolute"),
        ("C:/a.json", "drive-letter"),
        ("c:a.json", "drive-letter"),
        ("pkg\\mainTemplate.json", "backslash"),
        ("./mainTemplate.json", "empty-step"),
        ("a//b.json", "empty-step"),
    ],
)
def test_each_bad_name_has_its_own_code(name, code):
    problem = name_problem(name)
    assert (problem and problem[0]) == code


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("Scripts/Install.sh", "case-duplicate"),
        ("scripts/install.sh", "duplicate"),
        ("scripts", "file-and-folder"),
        ("scripts/install.sh/more", "file-and-folder"),
        ("scripts/other.sh", None),
    ],
)
def test_names_that_collide_are_told_apart(second, code):
    names = FileNames()
    assert clash_problem(names, "scripts/install.sh") is None
    clash = clash_problem(names, second)
    assert (clash and clash[0]) == code


@given(st.text(alphabet=st.characters(categories=None)))
def test_what_is_shown_of_a_name_can_always_be_written(name):
    assert shown(name).isprintable()
    shown(name).encode("utf-8")
