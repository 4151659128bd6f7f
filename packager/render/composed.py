"""From a written document back to the sources it was rendered from.

What reaches the package is written anew from the value that was read (strict JSON), so its offsets are not those of the
rendered text. Both texts hold the same keys and values in the same order: their places are paired, one by one.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from packager.render.traced import Run, origin_at
from packager.source.document import Document
from packager.source.sourcemap import Origin
from packager.source.span import Path, Span


class ComposedMap:
    """A source map of a written JSON document; nothing is paired before the first question."""

    __slots__ = ("_pairs", "_read", "_runs", "_starts", "_written")

    def __init__(self, read: Document, runs: tuple[Run, ...], written: str) -> None:
        self._read = read
        self._runs = runs
        self._written = written
        self._starts: list[int] | None = None
        self._pairs: list[tuple[Span, Span]] = []

    def origin(self, offset: int) -> Origin | None:
        """The source line that the written text at `offset` came from."""
        if self._starts is None:
            written = Document.from_text("written.json", self._written)
            self._pairs = sorted(_pairs(written, self._read), key=lambda pair: pair[0].start)
            self._starts = [pair[0].start for pair in self._pairs]
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return origin_at(self._runs, 0)
        written_span, read_span = self._pairs[index]
        return origin_at(self._runs, read_span.start + self._inside(written_span, read_span, offset))

    def files(self) -> tuple[str, ...]:
        """Every file that a part of the document came from."""
        return tuple(sorted({origin.file for _, origin in self._runs}))

    def _inside(self, written: Span, read: Span, offset: int) -> int:
        """How far into the value `offset` is, where the value stands in both texts with the same characters."""
        same = self._written[written.start : written.end] == self._read.text[read.start : read.end]
        return offset - written.start if same and offset < written.end else 0


def _pairs(written: Document, read: Document) -> Iterator[tuple[Span, Span]]:
    for path, key in _places(written.value):
        yield written.span(path, key=key), read.span(path, key=key)


def _places(value: Any) -> Iterator[tuple[Path, bool]]:
    """Path of every value and, marked True, of every key; not recursive, because documents may be deep."""
    waiting: list[tuple[Path, Any]] = [((), value)]
    while waiting:
        path, inner = waiting.pop()
        yield path, False
        if isinstance(inner, dict):
            for name, below in inner.items():
                yield (*path, name), True
                waiting.append(((*path, name), below))
        elif isinstance(inner, list):
            waiting.extend(((*path, index), below) for index, below in enumerate(inner))
