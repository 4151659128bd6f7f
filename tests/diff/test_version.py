"""The step that a version takes, and the one that it should take."""

import pytest

from packager.diff.model import Step
from packager.diff.version import next_version, suffices, taken


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        ("1.2.3", "1.2.3", Step.NONE),
        ("1.2.3", "1.2.10", Step.PATCH),
        ("1.2.3", "1.3.0", Step.MINOR),
        ("1.2.3", "2.0.0", Step.MAJOR),
        ("1.2.3", "1.2.2", None),
        ("1.2.3", "1.1.9", None),
        ("1.2", "1.2.3", None),
        (None, "1.2.3", None),
    ],
)
def test_taken(old, new, step):
    assert taken(old, new) is step


def test_next_version():
    assert [next_version("1.2.3", step) for step in Step] == ["1.2.3", "1.2.4", "1.3.0", "2.0.0"]
    assert next_version(None, Step.MAJOR) is None


def test_suffices():
    assert suffices("1.2.3", "1.3.0", Step.PATCH) is True
    assert suffices("1.2.3", "1.2.4", Step.MINOR) is False
    assert suffices("1.2.3", "1.2.2", Step.NONE) is False
    assert suffices("1.2.3", None, Step.NONE) is None
