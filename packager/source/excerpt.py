"""A source line with a caret under the place that is meant, for reports."""

import unicodedata

from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.span import Place

WIDTH = 100
_TAB = "    "
_ELLIPSIS = "..."
_AROUND = 3 * WIDTH
_VISIBLE = lazy_pattern(r"\S")


def excerpt(document: Document, place: Place, *, secret: bool = False) -> str:
    """The line of `place` and below it carets; tabs become spaces, a long line shows what is around the carets.

    "" when the line is blank. What goes on after the line is marked to the line's end. A `secret` shows as asterisks.
    """
    text, line = document.text, document.lines.extent(place.line)
    if _VISIBLE.search(text, line.start, line.end) is None:
        return ""
    start = min(line.start + place.column - 1, line.end)
    # Only what may be drawn is looked at: a minified template is one line of a megabyte.
    first, last = max(line.start, start - _AROUND), min(line.end, start + _AROUND)
    goes_on = place.end_line != place.line
    end = max(start, min(last, line.end if goes_on else line.start + place.end_column - 1))
    if goes_on and end == line.end:
        end = start + len(text[start:end].rstrip())
    before, marked, after = text[first:start], text[start:end], text[end:last]
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
