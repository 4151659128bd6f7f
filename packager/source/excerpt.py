"""A source line with a caret under the place that is meant, for reports."""

import unicodedata

from packager.source.document import Document
from packager.source.span import Place

WIDTH = 100
_TAB = "    "
_ELLIPSIS = "..."


def excerpt(document: Document, place: Place) -> str:
    """The line of `place` and below it carets; tabs become spaces, a long line shows what is around the carets.

    "" when the line is blank. What goes on after the line is marked to the line's end.
    """
    line = document.lines.line_text(place.line)
    if not line.strip():
        return ""
    start = min(place.column - 1, len(line))
    end = min(place.end_column - 1, len(line)) if place.end_line == place.line else len(line.rstrip())
    before, marked, after = line[:start], line[start : max(start, end)], line[max(start, end) :]
    return _drawn(_printable(before), _printable(marked), _printable(after))


def _drawn(before: str, marked: str, after: str) -> str:
    lead = len(before) - len(before.lstrip()) if len(before) + len(marked) + len(after) > WIDTH else 0
    before = before[lead:]
    room = max(WIDTH - len(marked), WIDTH // 2)
    if len(before) + len(marked) + len(after) > WIDTH and len(before) > room // 2:
        keep = max(room // 2, room - len(after)) if len(after) < room // 2 else room // 2
        before = before if len(before) <= keep else _ELLIPSIS + before[-keep:]
    marked_shown = marked if len(marked) <= WIDTH else marked[:WIDTH]
    rest = WIDTH - len(before) - len(marked_shown)
    if len(marked_shown) < len(marked) or len(after) > max(rest, 0):
        after = (after[: max(rest, 0)] if marked_shown == marked else "") + _ELLIPSIS
    pad = " " * _columns(before)
    return f"{before}{marked_shown}{after}".rstrip() + f"\n{pad}{'^' * max(_columns(marked_shown), 1)}"


def _printable(text: str) -> str:
    """Tabs as spaces, and nothing that moves a terminal's cursor."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text.replace("\t", _TAB))


def _columns(text: str) -> int:
    """How wide a terminal draws `text`."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
