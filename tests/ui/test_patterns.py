"""Patterns as JavaScript takes them, and which rules of an element hold patterns."""

import pytest

from packager.ui.constraints import has_computed_rule, is_computed, patterns_of
from packager.ui.patterns import MAX_LENGTH, pattern_problem


@pytest.mark.parametrize("pattern", ["^[a-z]{3}$", r"[a-\d]", "{", r"\Z", "[^]", "(?<=a)b", "(" * MAX_LENGTH + "("])
def test_taken(pattern):
    assert pattern_problem(pattern) is None


@pytest.mark.parametrize("pattern", ["(", "(?i)a", "a**", "[z-a]", "(?P<a>b)", "(?>a)", "(" * MAX_LENGTH])
def test_refused(pattern):
    assert pattern_problem(pattern)


def test_patterns_of_constraints():
    constraints = {
        "regex": "[concat('a')]",
        "validations": [{"regex": "b"}, {"isValid": "[true]"}, "c", {"regex": "[d]"}],
    }
    assert list(patterns_of(constraints, ("x",))) == [
        (("x", "validations", 0, "regex"), "b"),
        (("x", "validations", 3, "regex"), "[d]"),
    ]
    assert has_computed_rule(constraints)
    assert not has_computed_rule({"regex": "a", "validations": "b"})


@pytest.mark.parametrize(
    ("text", "computed"), [("[concat('a')]", True), ("[a]", False), ("[a-z]", False), ("[^a]", False), ("a", False)]
)
def test_computed(text, computed):
    assert is_computed(text) is computed
