"""What patterns say of the whole value."""

import pytest

from packager.ui.patternmeasures import is_anchored, length_of
from packager.ui.patternreader import read_pattern


@pytest.mark.parametrize(
    ("pattern", "lengths", "start", "end"),
    [
        ("^[a-z]{3,24}$", (3, 24), True, True),
        ("^(?:ab|c{2,}|)$", (0, None), True, True),
        ("^(?=.{3,24}$)[a-z]+(-[a-z]+)*$", (3, 24), True, True),
        (r"^(?!.*--)[a-z](?:-?\d){0,4}$", (1, 9), True, True),
        (r"^(a)\1?$", (1, None), True, True),
        ("^a$|^bcd$", (1, 3), True, True),
        ("^a|b$", (1, 1), False, False),
        ("^abc.*", (3, None), True, True),
        ("a+$", (1, None), False, True),
        ("(?=.*[0-9])", (0, 0), True, True),
        (r"\bab?", (1, 2), False, False),
    ],
)
def test_measures(pattern, lengths, start, end):
    part = read_pattern(pattern)
    assert (length_of(part), is_anchored(part, "^"), is_anchored(part, "$")) == (lengths, start, end)
