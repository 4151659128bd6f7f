"""A place in a document: found by path or span now, turned into line and column only when it is reported."""

from typing import Any, NamedTuple

from packager.source.document import Document
from packager.source.span import Path, Place, Span


class Spot(NamedTuple):
    """The value at `path` of `document`, its key when `key` is set, or the narrower `span` inside its text.

    A path that does not exist (something is missing) resolves to its nearest existing ancestor.
    """

    document: Document
    path: Path = ()
    key: bool = False
    span: Span | None = None

    def extent(self) -> Span:
        """The span in the document's text that this spot stands for."""
        return self.span if self.span is not None else self.document.span(self.path, key=self.key)

    def place(self) -> Place:
        """Line and column of the spot."""
        return self.document.place_of(self.extent())

    def value(self) -> Any:
        """The value at the path, or ABSENT."""
        return self.document.at(self.path)


def whole_file(name: str) -> Spot:
    """A file as such, whatever it holds; an empty `name` is the package itself."""
    return Spot(Document.from_text(name, ""))


def escaped_within(document: Document, path: Path, start: int, end: int) -> Spot:
    """The part of the text at `path` from `start` to `end`, where each character may be written with an escape."""
    text, position = document.text, document.span(path).start + 1
    offsets = []
    for index in range(end + 1):
        if index in {start, end}:
            offsets.append(position)
        position += _width(text, position)
    return Spot(document, path, span=Span(offsets[0], offsets[-1]))


def _width(text: str, position: int) -> int:
    """How many characters stand for the one at `position` of a JSON text; a pair of surrogates stands for one."""
    if text[position : position + 1] != "\\":
        return 1
    if text[position + 1 : position + 2] != "u":
        return 2
    is_high = text[position + 2 : position + 4].lower() in {"d8", "d9", "da", "db"}
    is_pair = is_high and text[position + 6 : position + 9].lower() == "\\ud"
    return 12 if is_pair else 6


def within(document: Document, path: Path, span: Span) -> Spot:
    """The part `span` of the text at `path`; the whole text where it was written with escapes."""
    extent = document.span(path)
    start, value = extent.start + 1, document.at(path)
    if not isinstance(value, str) or not document.text.startswith(value, start):
        return Spot(document, path)
    return Spot(document, path, span=Span(start + span.start, start + span.end))
