"""Spots: places found by path now and turned into line and column later."""

from packager.source.document import ABSENT, Document
from packager.source.span import Place, Span
from packager.source.spot import Spot, escaped_within

DOCUMENT = Document.from_text("a.json", '{\n "a": [1, "xyz"]\n}')


def test_value_and_place_of_a_path():
    spot = Spot(DOCUMENT, ("a", 1))
    assert spot.value() == "xyz"
    assert spot.place() == Place(2, 11, 2, 16)
    assert Spot(DOCUMENT, ("a",), key=True).place() == Place(2, 2, 2, 5)


def test_a_narrower_span_wins():
    assert Spot(DOCUMENT, ("a", 1), span=Span(14, 15)).extent() == Span(14, 15)


def test_what_is_missing_stands_at_its_parent():
    spot = Spot(DOCUMENT, ("a", 7))
    assert spot.value() is ABSENT
    assert spot.extent() == DOCUMENT.span(("a",))


def test_a_part_of_a_text_with_escapes():
    document = Document.from_text("a.json", r'{"a": "x\n\"\u00e9\ud83d\ude00y\ud800z"}')
    assert document.value["a"] == 'x\n"é😀y\ufffdz'
    marked = [escaped_within(document, ("a",), index, index + 1).extent() for index in range(8)]
    assert [document.text[one.start : one.end] for one in marked] == [
        *("x", r"\n", r"\"", r"\u00e9", r"\ud83d\ude00", "y", r"\ud800", "z")
    ]
    assert escaped_within(document, ("a",), 8, 8).extent() == (document.text.rindex('"'),) * 2
