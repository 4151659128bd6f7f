"""How arm-ttk finds outputs of controls: by text."""

import pytest

from packager.checks.armttk.choices import reference_pattern
from packager.checks.armttk.outputs import json_text, offered_values
from packager.checks.armttk.patterns import BadPatternError


@pytest.mark.parametrize(
    ("control", "step", "text", "found"),
    [
        ("c", "", "[BASICS( 'C' ).x]", True),
        ("c", "", "[basics('cc')]", False),
        ("c d", "", "[basics('c d')]", False),
        ("c d", "", "[basics('cd')]", True),
        ("c.d", "", "[basics('cxd')]", True),
        ("c*", "", "[basics('c*')]", True),
        ("c", "s", "[steps('s').c]", True),
        ("c", "s", "[steps('s').section.cde]", True),
        ("c", "s", "[steps('s').d]", False),
        ("c", "s", "[basics('c')]", False),
    ],
)
def test_references_to_a_control(control, step, text, found):
    assert bool(reference_pattern(control, step).search(text)) is found


@pytest.mark.parametrize("name", ["a(", "a#b", "[a"])
def test_names_that_break_the_pattern(name):
    with pytest.raises(BadPatternError):
        reference_pattern(name, "")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([{"value": 1}, "a", {"label": "b"}], [(0, 1), (1, "a"), (2, {"label": "b"})]),
        ([{"Value": ["a", "b"]}], [(0, "a"), (0, "b")]),
        ("a", [(None, "a")]),
        (None, []),
    ],
)
def test_offered_values(values, expected):
    assert offered_values(values) == expected


def test_objects_are_searched_as_json():
    assert json_text({"a": {"b": {"c": {"d": "x"}}}}) == '{"a": {"b": {"c": "@{d=x}"}}}'
    assert json_text(["a", "b"]) == "a b"
