"""Semantic comparison of JSON values."""

import copy

from hypothesis import example, given
from hypothesis import strategies as st

from packager.diff.values import differences, same
from packager.source.reading import ABSENT
from packager.source.span import to_pointer

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abn/~", max_size=3), inner, max_size=4),
    max_leaves=12,
)


def told(old, new):
    return [(one.kind, to_pointer(one.path), one.old, one.new) for one in differences(old, new)]


@given(JSON)
def test_a_value_does_not_differ_from_itself(value):
    assert told(value, copy.deepcopy(value)) == []


@given(JSON, JSON)
def test_what_differs_is_told_both_ways(old, new):
    assert bool(told(old, new)) is bool(told(new, old))
    assert same(old, new) is not bool(told(old, new))


@given(JSON, JSON)
@example(old=[[], {"": None}, {"": False}], new=[None, [], {}])
@example(old=[None, {}, {"": None}], new=[{}, {}])
def test_every_pointer_leads_to_the_value_that_is_told(old, new):
    for change in differences(old, new):
        if change.reordered:
            continue
        value = new if change.new is not ABSENT else old
        for step in change.path:
            value = value[step]
        assert same(value, change.new if change.new is not ABSENT else change.old)


def test_the_order_of_names_does_not_count_and_true_is_no_number():
    assert told({"a": 1, "b": 2}, {"b": 2.0, "a": 1}) == []
    assert told({"a": 1}, {"a": True}) == [("changed", "/a", 1, True)]


def test_items_with_names_find_their_partners():
    old = [{"name": "a", "size": 1}, {"name": "b"}, {"name": "c"}]
    new = [{"name": "c"}, {"name": "B"}, {"name": "a", "size": 2}, {"name": "d"}]
    assert told(old, new) == [
        ("changed", "/1/name", "b", "B"),
        ("changed", "/2/size", 1, 2),
        ("added", "/3", ABSENT, {"name": "d"}),
        ("reordered", "", ["a", "b", "c"], ["c", "b", "a"]),
    ]


def test_items_without_names_are_aligned():
    assert told([1, 2, 3, 4], [0, 1, 2, 4]) == [("added", "/0", ABSENT, 0), ("removed", "/2", 3, ABSENT)]
    assert told([{"a": 1}, {"b": 1}], [{"a": 1}, {"b": 2}]) == [("changed", "/1/b", 1, 2)]


def test_twins_by_name_are_aligned_too():
    old = [{"name": "a", "v": 1}, {"name": "a", "v": 2}]
    assert told(old, [old[1]]) == [("removed", "/0", old[0], ABSENT)]


def test_long_lists_are_compared_one_by_one():
    assert len(told(list(range(3000)), list(range(1, 3001)))) == 3000
