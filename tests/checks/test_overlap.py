"""Places that overlap."""

from hypothesis import given
from hypothesis import strategies as st

from packager.checks.overlap import Places, overlap
from packager.source.document import Document
from packager.source.span import Span
from packager.source.spot import Spot

DOCUMENTS = [Document.from_text("a.json", "x" * 40), Document.from_text("b.json", "x" * 40)]
SPANS = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 30), st.integers(0, 10))
SPOTS = st.builds(lambda document, span: Spot(document, span=span), st.sampled_from(DOCUMENTS), SPANS)


def one_by_one(spots, asked):
    left = list(enumerate(spots))
    for spot in asked:
        same = [(n, one) for n, one in left if one.document is spot.document and overlap(one.extent(), spot.extent())]
        left = [pair for pair in left if pair not in same]
        yield [number for number, _ in same]


@given(st.lists(SPOTS, max_size=12), st.lists(SPOTS, max_size=12))
def test_the_same_as_looking_at_each(spots, asked):
    places = Places(spots)
    assert [places.take(spot) for spot in asked] == list(one_by_one(spots, asked))


def test_many():
    spots = [Spot(DOCUMENTS[0], span=Span(0, 40))] + [Spot(DOCUMENTS[0], span=Span(n % 40, n % 40)) for n in range(200)]
    places = Places(spots)
    assert [places.take(spot) for spot in spots] == list(one_by_one(spots, spots))


def test_empty_spans():
    assert overlap(Span(1, 1), Span(1, 1))
    assert not overlap(Span(1, 1), Span(1, 2))
    assert overlap(Span(0, 3), Span(1, 1))
    assert not overlap(Span(0, 1), Span(1, 2))


def test_a_key_and_its_value_name_the_same():
    document = Document.from_text("a.json", '{"a": 1, "b": 2}')
    places = Places([Spot(document, ("a",), key=True), Spot(document, ("b",))])
    assert places.take(Spot(document, ("a",))) == [0]
    assert places.take(Spot(document, ("a",))) == []
    assert places.take(Spot(document, ("b",), key=True)) == [1]
