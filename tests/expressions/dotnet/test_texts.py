import itertools

import pytest

from packager.expressions.dotnet.casing import cut, lower, units, upper
from packager.expressions.dotnet.collation import collation_key


def test_case_changes_letter_by_letter():
    assert upper("stra\u00dfe \u01c6 \ufb01 \u0131") == "STRA\u00dfE \u01c4 \ufb01 \u0131"
    assert lower("\u0130 \u00c4\u01c4") == "\u0130 \u00e4\u01c6"


def test_lengths_count_utf_16():
    text = "a\U0001f600b"
    assert units(text) == 4
    assert cut(text, 1, 3) == "\U0001f600"
    assert cut(text, 3, 4) == "b"
    assert cut(text, 0, 2) == "a\ud83d"


@pytest.mark.parametrize(
    "ordered",
    [
        ["a", "A", "b"],
        ["co-op", "coop"],
        ["10", "9"],
        ["ab", "abc"],
        ["e", "\u00e9", "f"],
        ["a1", "A1", "a2"],
        ["", " ", "_", "-", "1", "a"],
    ],
)
def test_letters_count_before_case(ordered):
    for one, other in itertools.pairwise(ordered):
        assert collation_key(one) < collation_key(other)
