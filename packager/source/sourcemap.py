"""From offsets of a rendered text back to file and line of the source that each part came from."""

import bisect
from array import array
from collections.abc import Iterable
from typing import NamedTuple


class Origin(NamedTuple):
    """A line of a source file; `file` is relative to the repository root, lines start at 1."""

    file: str
    line: int


class SourceMap:
    """Built from pairs of an offset and the origin of the text from there to the next pair's offset.

    Pairs come in order of their offsets; of several with the same offset the last one counts.
    """

    __slots__ = ("_file_numbers", "_files", "_lines", "_offsets")

    def __init__(self, segments: Iterable[tuple[int, Origin]]) -> None:
        numbers: dict[str, int] = {}
        self._offsets, self._file_numbers, self._lines = array("q"), array("l"), array("l")
        for offset, origin in segments:
            if self._offsets and offset < self._offsets[-1]:
                raise ValueError(f"source map segments are out of order at offset {offset}")
            self._offsets.append(offset)
            self._file_numbers.append(numbers.setdefault(origin.file, len(numbers)))
            self._lines.append(origin.line)
        self._files = tuple(numbers)

    def origin(self, offset: int) -> Origin | None:
        """Where the character at `offset` came from; None before the first segment."""
        index = bisect.bisect_right(self._offsets, offset) - 1
        return Origin(self._files[self._file_numbers[index]], self._lines[index]) if index >= 0 else None

    def files(self) -> tuple[str, ...]:
        """The files that the text was made from, in order of first use."""
        return self._files
