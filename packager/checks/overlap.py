"""Which of many places in documents overlap a place: found by their order, not by looking at each of them."""

import bisect
from collections.abc import Iterable
from itertools import accumulate

from packager.source.span import Path, Span
from packager.source.spot import Spot


class Places:
    """Spots, by their number in the order given; each can be taken out once."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        self._taken: set[int] = set()
        self._at_path: dict[tuple[int, Path], list[int]] = {}
        by_document: dict[int, list[tuple[int, int, int]]] = {}
        for number, spot in enumerate(spots):
            extent = spot.extent()
            by_document.setdefault(id(spot.document), []).append((extent.start, extent.end, number))
            if spot.span is None:
                self._at_path.setdefault((id(spot.document), spot.path), []).append(number)
        self._lines = {key: _Line(places) for key, places in by_document.items()}

    def take(self, spot: Spot) -> list[int]:
        """The spots that overlap `spot` or name the same value, and were not taken before, in order; now they are."""
        line = self._lines.get(id(spot.document))
        if line is None:
            return []
        found = set(line.overlapping(spot.extent(), self._taken))
        if spot.span is None:
            # A key and its value do not overlap.
            found.update(self._at_path.pop((id(spot.document), spot.path), ()))
        found -= self._taken
        self._taken |= found
        return sorted(found)


class _Line:
    """The spots of one document as (start, end, number), sorted by where they start."""

    def __init__(self, places: list[tuple[int, int, int]]) -> None:
        self._sort(places)

    def _sort(self, places: list[tuple[int, int, int]]) -> None:
        self._places = sorted(places)
        self._starts = [start for start, _, _ in self._places]
        # How far what starts up to a place reaches: where that is not far enough, nothing before needs a look.
        self._reach = list(accumulate((end for _, end, _ in self._places), max))
        self._passed = 0

    def overlapping(self, extent: Span, taken: set[int]) -> list[int]:
        """The numbers of the places that overlap `extent`."""
        found: list[int] = []
        index = bisect.bisect_right(self._starts, extent.end) - 1
        while index >= 0 and self._reach[index] >= extent.start:
            start, end, number = self._places[index]
            if number in taken:
                self._passed += 1
            elif overlap(extent, Span(start, end)):
                found.append(number)
            index -= 1
        if self._passed > len(self._places):
            # What is taken and reaches far would be passed again and again.
            self._sort([place for place in self._places if place[2] not in taken])
        return found


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character, or are the same empty one."""
    return one == other or (one.start < other.end and other.start < one.end)
