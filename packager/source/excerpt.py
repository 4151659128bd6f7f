"""A source line with a caret under the place that is meant, for reports."""

import unicodedata

from packager.source.document import Document
from packager.source.span import Place

WIDTH = 100
_TAB = "    "
_ELLIPSIS = "..."
_AROUND = 3 * WIDTH


def excerpt(document: Document, place: Place, *, secret: bool = False) -> str:
    """The line of `place` and below it carets; tabs become spaces, a long line shows what is around the carets.

    "" when the line is blank. What goes on after the line is marked to the line's end. A `secret` shows as asterisks.
    """
    line = document.lines.line_text(place.line)
    if not line.strip():
        return ""
    start = min(place.column - 1, len(line))
    end = min(place.end_column - 1, len(line)) if place.end_line == place.line else len(line.rstrip())
    end = max(start, end)
    # Only what may be drawn is looked at letter by letter: a minified template is one line of a megabyte.
    first, last = max(0, start - _AROUND), start + _AROUND
    before, marked, after = line[first:start], line[start : min(end, last)], line[min(end, last) : last]
    return _drawn(_printable(before), "*" * len(marked) if secret else _printable(marked), _printable(after))


def _drawn(before: str, marked: str, after: str) -> str:
    line, start, end = before + marked + after, len(before), len(before) + len(marked)
    first = max(0, min(start - WIDTH // 3, len(line) - WIDTH))
    last = min(len(line), first + WIDTH)
    head, tail = _ELLIPSIS if first else "", _ELLIPSIS if last < len(line) else ""
    pad = " " * _columns(head + line[first:start])
    carets = "^" * max(_columns(line[start : min(end, last)]), 1)
    return f"{head}{line[first:last]}{tail}".rstrip() + f"\n{pad}{carets}"


def _printable(text: str) -> str:
    """Tabs as spaces, and nothing that moves a terminal's cursor."""
    text = text.replace("\t", _TAB)
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def _columns(text: str) -> int:
    """How wide a terminal draws `text`."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
