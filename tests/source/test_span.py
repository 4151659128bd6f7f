"""Pointers, lines and columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.source.span import LineIndex, Place, from_pointer, to_pointer

STEPS = st.text() | st.integers(min_value=0, max_value=999_999_999)


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ((), ""),
        (("",), "/"),
        (("a/b", "m~n"), "/a~1b/m~0n"),
        (("resources", 0, "~1"), "/resources/0/~01"),
        ((" ",), "/ "),
    ],
)
def test_pointer_of_a_path_and_back(path, pointer):
    assert to_pointer(path) == pointer
    assert from_pointer(pointer) == path


def test_only_canonical_indexes_become_numbers():
    assert from_pointer("/0/00/-1/1e3/10/٣") == (0, "00", "-1", "1e3", 10, "٣")


def test_a_pointer_starts_with_a_slash():
    with pytest.raises(ValueError, match="must start with '/'"):
        from_pointer("a/b")


@given(st.lists(STEPS).map(tuple))
def test_pointers_round_trip(path):
    pointer = to_pointer(path)
    assert to_pointer(from_pointer(pointer)) == pointer
    assert [str(step) for step in from_pointer(pointer)] == [str(step) for step in path]


def test_every_kind_of_line_end_counts_once():
    index = LineIndex("a\nb\r\nc\rd")
    assert [index.line_text(line) for line in range(6)] == ["", "a", "b", "c", "d", ""]
    assert index.place(3, 7) == Place(2, 2, 4, 1)


def test_columns_count_code_points():
    assert LineIndex("ä😀x").place(2, 3) == Place(1, 3, 1, 4)


def test_a_byte_order_mark_takes_no_column():
    index = LineIndex("\ufeffab\nc")
    assert index.line_text(1) == "ab"
    assert index.place(0, 1) == Place(1, 1, 1, 1)
    assert index.place(1, 2) == Place(1, 1, 1, 2)
    assert index.place(4, 5) == Place(2, 1, 2, 2)


def test_offsets_beyond_the_text_are_its_end():
    assert LineIndex("ab\n").place(99, 100) == Place(2, 1, 2, 1)
    assert LineIndex("").place(0, 0) == Place(1, 1, 1, 1)


@given(st.text(alphabet="ab\r\n"), st.integers(0, 20))
def test_lines_are_those_of_the_text_before_the_offset(text, offset):
    offset = min(offset, len(text))
    place = LineIndex(text).place(offset, offset)
    before = text[:offset]
    # An offset between \r and \n still belongs to the line that they end together.
    split = before.removesuffix("\r") if text[offset - 1 : offset + 1] == "\r\n" else before
    assert place.line == len(split.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
