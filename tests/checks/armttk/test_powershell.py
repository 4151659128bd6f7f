"""PowerShell's truth, text, equality, wildcards and order."""

import pytest

from packager.checks.armttk.powershell import (
    WildcardError,
    collation_key,
    equal,
    get,
    has,
    like,
    members,
    text_of,
    truthy,
    wildcard,
)
from packager.source.armttk import Date


@pytest.mark.parametrize("value", [None, False, 0, 0.0, "", [], [0], [[]], [None]])
def test_falsy(value):
    assert not truthy(value)


@pytest.mark.parametrize(
    "value", [[[""]], [[[]]], True, 1, -0.5, " ", "0", {}, [{}], [0, 0], [[1]], Date("2024-01-01T00:00:00Z")]
)
def test_truthy(value):
    assert truthy(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "True"),
        (None, ""),
        ([1, "b", None, [2, 3]], "1 b  2 3"),
        ({"a": 1, "b": {"c": 2}, "d": [1]}, "@{a=1; b=; d=System.Object[]}"),
        (Date("2024-01-31T10:20:30Z"), "01/31/2024 10:20:30"),
    ],
)
def test_text(value, text):
    assert text_of(value) == text


def test_members_are_found_ignoring_case_and_through_lists():
    assert get({"Name": 1}, "name") == 1
    assert get({"Name": 1}, "other") is None
    assert get([{"a": 1}, {"b": 2}], "A") == 1
    assert get([{"a": 1}, {"a": [2, 3]}], "a") == [1, 2, 3]
    assert get("text", "length") is None
    assert has({"A": None}, "a")
    assert not has([{"a": 1}], "a")
    assert members([1]) == []


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Inner", "inner", True),
        ("true", True, True),
        (True, "x", True),
        (1, "1", True),
        (0, "", True),
        (1, "x", False),
        (None, None, True),
        (None, "", False),
        ("", None, False),
        (["a", "B"], "b", True),
        ([0], 0, False),
        ({}, {}, True),
    ],
)
def test_equality_is_decided_by_the_left_side(left, right, expected):
    assert equal(left, right) is expected


@pytest.mark.parametrize(
    ("value", "pattern", "expected"),
    [
        ("Microsoft.Common.TextBox", "microsoft.*.*", True),
        ("Microsoft.Common", "Microsoft.*.*", False),
        ("a[1]", "a`[1]", True),
        ("b", "[a-c]", True),
        ("d", "[a-c]", False),
        (None, "*", True),
        ([], "*", False),
        (["x", "ab"], "a?", True),
        ("two\nlines", "two*", True),
    ],
)
def test_wildcards(value, pattern, expected):
    assert like(value, pattern) is expected


def test_an_unclosed_bracket_is_refused_and_stars_do_not_run_away():
    with pytest.raises(WildcardError):
        wildcard("a[b")
    assert not wildcard("*" * 5_000 + "x").matches("y" * 5_000)
    assert not wildcard("*a" * 500 + "b").matches("a" * 5_000)


def test_the_order_of_names():
    names = ["b", "a_b", "a.json", "A.json", "a-b", "a1", "[x", "a[10]", "a[2]", "a"]
    assert sorted(names, key=collation_key) == ["[x", "a", "a_b", "a-b", "a.json", "A.json", "a[10]", "a[2]", "a1", "b"]
