"""Texts of a package for the page: the few tags and the links that the portal shows, and nothing that could run.

Authors write `<a>`, `<b>`, `<br>`, `<ul>` and `<li>` in text and info boxes, and Markdown links in tool tips. Here each
text becomes a flat list of pieces; the page makes elements of them itself, so no markup of a package ever reaches it.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NotRequired, TypedDict

MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\((https?://[^\s()]{1,2000})\)")
SAFE_LINK = re.compile(r"https?://[^\s]{1,2000}", re.IGNORECASE)
BLOCKS = frozenset({"p", "ul", "ol", "li"})
SILENT = frozenset({"script", "style"})


class Piece(TypedDict):
    """A stretch of text of one kind; a `break` and an `item` stand before what they begin and have no text."""

    text: str
    bold: NotRequired[bool]
    href: NotRequired[str]
    mark: NotRequired[str]


def rich_text(text: object) -> list[Piece]:
    """The pieces of a text; of anything but a string none."""
    if not isinstance(text, str) or not text:
        return []
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.pieces


class _Reader(HTMLParser):
    """Collects text; knows only whether it stands in bold, in a link, or in what is not shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._bold = 0
        self._silent = 0
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        elif tag in {"b", "strong"}:
            self._bold += 1
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            self._href = href if SAFE_LINK.fullmatch(href) else ""
        elif tag == "br":
            self.pieces.append({"text": "", "mark": "break"})
        elif tag in BLOCKS:
            self._new_line()
            if tag == "li":
                self.pieces.append({"text": "", "mark": "item"})

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in {"b", "strong"}:
            self._bold = max(0, self._bold - 1)
        elif tag == "a":
            self._href = ""
        elif tag in BLOCKS:
            self._new_line()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces += self._styled(data)

    def _new_line(self) -> None:
        if self.pieces and self.pieces[-1].get("mark") != "break":
            self.pieces.append({"text": "", "mark": "break"})

    def _styled(self, data: str) -> Iterator[Piece]:
        for text, href in _links(data):
            for number, line in enumerate(text.split("\n")):
                if number:
                    yield {"text": "", "mark": "break"}
                if line:
                    yield self._piece(line, href or self._href)

    def _piece(self, text: str, href: str) -> Piece:
        piece: Piece = {"text": text}
        if self._bold:
            piece["bold"] = True
        if href:
            piece["href"] = href
        return piece


def _links(text: str) -> Iterator[tuple[str, str]]:
    """The text cut at its Markdown links: pairs of what is shown and where it leads."""
    parts = MARKDOWN_LINK.split(text)
    for number in range(0, len(parts), 3):
        if parts[number]:
            yield parts[number], ""
        if number + 2 < len(parts):
            yield parts[number + 1], parts[number + 2]
