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


def within(document: Document, path: Path, span: Span) -> Spot:
    """The part `span` of the text at `path`; the whole text where it was written with escapes."""
    extent = document.span(path)
    start, value = extent.start + 1, document.at(path)
    if not isinstance(value, str) or not document.text.startswith(value, start):
        return Spot(document, path)
    return Spot(document, path, span=Span(start + span.start, start + span.end))
