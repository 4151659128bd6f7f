"""From a written document back to the sources it was rendered from.

What reaches the package is written anew from the value that was read (strict JSON; merged values), so its offsets are
not those of the rendered text. Both texts hold the same keys and values: their places are paired, one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from packager.render.traced import Run, origin_at, runs_between
from packager.source.document import ABSENT, Document
from packager.source.sourcemap import Origin, SourceMap
from packager.source.span import Path, Span


@dataclass(frozen=True, slots=True)
class Layer:
    """A rendered text as it was read, and where each part of it came from."""

    document: Document
    runs: tuple[Run, ...]


class ComposedMap(SourceMap):
    """A source map of a written document; nothing is paired before the first question.

    Of several layers, which were merged, the last that has a value is the one that it came from.
    """

    __slots__ = ("_layers", "_paired", "_written")

    def __init__(self, layers: tuple[Layer, ...], written: Document) -> None:
        self._layers = layers
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
        for path, key in _places(self._written.value):
            layer = self._layer(path)
            place, source = self._written.span(path, key=key), layer.document.span(path, key=key)
            yield from self._segments_of(place, layer, source)

    def _segments_of(self, place: Span, layer: Layer, source: Span) -> Iterator[Run]:
        """One segment for a key or value; those of its inner lines too where both texts have the same characters."""
        if self._written.text[place.start : place.end] == layer.document.text[source.start : source.end]:
            inner = runs_between(layer.runs, source.start, source.end)
            yield from ((place.start + start, origin) for start, origin in inner)
        elif (origin := origin_at(layer.runs, source.start)) is not None:
            yield place.start, origin

    def _layer(self, path: Path) -> Layer:
        having = (layer for layer in reversed(self._layers) if layer.document.at(path) is not ABSENT)
        return self._layers[0] if len(self._layers) == 1 else next(having, self._layers[0])


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
