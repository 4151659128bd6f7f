"""Spots: places found by path now and turned into line and column later."""

from packager.source.document import ABSENT, Document
from packager.source.span import Place, Span
from packager.source.spot import Spot

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
