"""From a written document back to the sources it was rendered from.

What reaches the package is written anew from the value that was read (strict JSON), so its offsets are not those of the
rendered text. Both texts hold the same keys and values in the same order: their places are paired, one by one.
"""

from collections.abc import Iterator
from typing import Any

from packager.render.traced import Run, origin_at, runs_between
from packager.source.document import Document
from packager.source.sourcemap import Origin, SourceMap
from packager.source.span import Path, Span


class ComposedMap(SourceMap):
    """A source map of a written JSON document; nothing is paired before the first question."""

    __slots__ = ("_paired", "_read", "_runs", "_written")

    def __init__(self, read: Document, runs: tuple[Run, ...], written: str) -> None:
        self._read = read
        self._runs = runs
        self._written = written
        self._paired = False

    def origin(self, offset: int) -> Origin | None:
        """Where the character at `offset` of the written text came from."""
        self._pair()
        return super().origin(offset)

    def files(self) -> tuple[str, ...]:
        """The files that the text was made from, in order of first use."""
        self._pair()
        return super().files()

    def _pair(self) -> None:
        if not self._paired:
            self._paired = True
            super().__init__(sorted(self._segments(), key=_offset))

    def _segments(self) -> Iterator[Run]:
        written = Document.from_text("written.json", self._written)
        for path, key in _places(written.value):
            place, source = written.span(path, key=key), self._read.span(path, key=key)
            yield from self._segments_of(place, source)

    def _segments_of(self, place: Span, source: Span) -> Iterator[Run]:
        """One segment for a key or value; those of its inner lines too where both texts have the same characters."""
        if self._written[place.start : place.end] == self._read.text[source.start : source.end]:
            inner = runs_between(self._runs, source.start, source.end)
            yield from ((place.start + start, origin) for start, origin in inner)
        elif (origin := origin_at(self._runs, source.start)) is not None:
            yield place.start, origin


def _offset(run: Run) -> int:
    return run[0]


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
