"""Places in text: paths and JSON pointers into a value, spans of characters, lines and columns."""

import bisect
from itertools import accumulate
from typing import NamedTuple

from packager.source.lazy import lazy_pattern

Path = tuple[str | int, ...]

_LINE_END = lazy_pattern(r"\r\n|\n|\r")
_INDEX = lazy_pattern(r"0|[1-9][0-9]{0,8}")
_MARK = "\ufeff"


def to_pointer(path: Path) -> str:
    """The JSON pointer (RFC 6901) of a path; "" is the document itself."""
    if not path:
        return ""
    pointer = "/" + "/".join(map(str, path))
    if "~" not in pointer and pointer.count("/") == len(path):
        return pointer
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def from_pointer(pointer: str) -> Path:
    """The path of a JSON pointer; a step that looks like an index becomes a number.

    Raises ValueError when `pointer` is neither empty nor starts with a slash.
    """
    if not pointer:
        return ()
    if not pointer.startswith("/"):
        raise ValueError(f"JSON pointer {pointer!r} must start with '/'")
    steps = (step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/"))
    return tuple(int(step) if _INDEX.fullmatch(step) else step for step in steps)


class Span(NamedTuple):
    """Half-open range of offsets into a text, in code points."""

    start: int
    end: int


class Place(NamedTuple):
    """Line and column of the start and of the end (exclusive), all counted from 1, columns in code points."""

    line: int
    column: int
    end_line: int
    end_column: int


def _line_starts(text: str) -> list[int]:
    if "\r" in text and text.count("\r") != text.count("\r\n"):
        return [0, *(match.end() for match in _LINE_END.finditer(text))]
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    starts.pop()  # behind the last line there is nothing
    return starts


class LineIndex:
    """Lines of a text; CR, LF and CR LF end one. A byte-order mark takes no column, as in editors."""

    __slots__ = ("_marked", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = _line_starts(text)
        self._marked = text.startswith(_MARK)

    @property
    def count(self) -> int:
        """How many lines there are; one behind a last line break counts, and so does an empty text."""
        return len(self._starts)

    def place(self, start: int, end: int) -> Place:
        """Line and column of `start` and `end`; offsets beyond the text count as its end."""
        return Place(*self._line_and_column(start), *self._line_and_column(max(start, end)))

    def line_text(self, line: int) -> str:
        """The text of a line without its end; "" when there is no such line."""
        if not 1 <= line <= len(self._starts):
            return ""
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        return self._text[start:end].rstrip("\r\n").removeprefix(_MARK if line == 1 else "")

    def extent(self, line: int) -> Span:
        """The span of an existing line without its end; a line can be the whole of a large file, and is not copied."""
        start = self._starts[line - 1] + (line == 1 and self._marked)
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        while end > start and self._text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def start(self, line: int) -> int:
        """The offset at which an existing line starts."""
        return self._starts[line - 1]

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        offset = min(max(offset, 0), len(self._text))
        line = bisect.bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1] + 1
        return line, max(column - 1, 1) if line == 1 and self._marked else column
