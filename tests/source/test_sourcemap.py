"""From rendered offsets to source lines."""

import pytest

from packager.source.sourcemap import Origin, SourceMap

A1, A2, B7 = Origin("a.j2", 1), Origin("a.j2", 2), Origin("b.j2", 7)


def test_an_offset_belongs_to_the_segment_that_starts_at_or_before_it():
    source_map = SourceMap([(2, A1), (5, B7), (9, A2)])
    assert [source_map.origin(offset) for offset in (0, 1, 2, 4, 5, 8, 9, 1000)] == [None, None, A1, A1, B7, B7, A2, A2]
    assert source_map.files() == ("a.j2", "b.j2")


def test_of_segments_at_one_offset_the_last_counts():
    assert SourceMap([(0, A1), (0, B7)]).origin(0) == B7


def test_an_empty_map_knows_nothing():
    assert SourceMap([]).origin(0) is None
    assert SourceMap([]).files() == ()


def test_segments_must_be_in_order():
    with pytest.raises(ValueError, match="out of order at offset 3"):
        SourceMap([(4, A1), (3, A2)])
