"""Text that knows which source line each of its parts came from, and keeps that knowledge when texts are joined.

A `Traced` is an ordinary string to every filter, test and comparison of a template: nothing is hidden in the text, so
no filter can be misled. What an operation makes of it is plain again, and is traced anew where lines still correspond.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Self

from packager.source.sourcemap import Origin

Run = tuple[int, Origin]


class Traced(str):
    """A string with runs: from offset `start` on, up to the next run, it came from `origin`. Runs are sorted."""

    __slots__ = ("runs",)

    runs: tuple[Run, ...]

    def __new__(cls, text: str, runs: Iterable[Run]) -> Self:
        self = super().__new__(cls, text)
        self.runs = tuple(runs)
        return self


def from_file(text: str, file: str, line: int = 1) -> Traced:
    """`text` as it stands in `file` from the start of a line or from the middle of line `line` on."""
    starts = [0, *_line_starts(text)]
    return Traced(text, ((start, Origin(file, line + count)) for count, start in enumerate(starts)))


def joined(pieces: Iterable[str]) -> Traced:
    """The pieces in one text. A piece that is not traced counts as part of the one before it."""
    texts: list[str] = []
    runs: list[Run] = []
    length = 0
    for piece in pieces:
        texts.append(piece)
        if isinstance(piece, Traced):
            if runs and piece.runs and runs[-1][0] == length + piece.runs[0][0]:
                runs.pop()  # nothing of it is left: a line that ended exactly where this piece begins
            runs.extend((length + start, origin) for start, origin in piece.runs)
        length += len(piece)
    return Traced("".join(texts), runs)


def part(text: Traced, start: int, end: int) -> Traced:
    """`text[start:end]` with its origins."""
    return Traced(str(text)[start:end], runs_between(text.runs, start, end))


def retraced(result: str, source: Traced) -> str:
    """`result`, made from `source` by some operation, with origins where it is plain which line became which.

    That is so for the whole text or all of it but blank ends (trim), and line by line when the number of lines is
    the same (indent, upper, replace). Otherwise the result stays plain.
    """
    if isinstance(result, Traced) or not result:
        return result
    if len(result) >= len(source.strip()) and (start := source.find(result)) >= 0:
        return part(source, start, start + len(result))
    if result.count("\n") == source.count("\n"):
        return Traced(result, _line_by_line(result, source))
    return result


def origin_at(runs: tuple[Run, ...], offset: int) -> Origin | None:
    """The origin of the character at `offset`."""
    index = bisect_right(runs, offset, key=_start)
    return runs[index - 1][1] if index else None


def runs_between(runs: tuple[Run, ...], start: int, end: int) -> Iterator[Run]:
    """The runs of `[start, end)`, counted from `start`."""
    index = max(bisect_right(runs, start, key=_start) - 1, 0)
    for offset, origin in runs[index:]:
        if offset >= end and offset > start:
            return
        yield max(offset - start, 0), origin


def _start(run: Run) -> int:
    return run[0]


def _line_by_line(result: str, source: Traced) -> Iterator[Run]:
    for (new, new_end), (old, old_end) in zip(_lines(result), _lines(source), strict=True):
        runs = list(runs_between(source.runs, old, old_end))
        # A line of the same length (upper, lower) has each character in its place.
        shift = 0 if new_end - new == old_end - old else result[new:new_end].find(source[old:old_end])
        for start, origin in runs if shift >= 0 else runs[:1]:
            yield new + (start + shift if start else 0), origin


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line, the line break included."""
    return pairwise([0, *_line_starts(text), len(text)])


def _line_starts(text: str) -> Iterator[int]:
    """Offset of each line but the first."""
    offset = text.find("\n")
    while offset >= 0:
        yield offset + 1
        offset = text.find("\n", offset + 1)
