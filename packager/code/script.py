"""Shell scripts: which files are some, and for which shell."""

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple, cast, get_args

from packager.code.filenames import ENDINGS
from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.span import Span
from packager.source.spot import Spot

Shell = Literal["sh", "bash", "dash", "ash", "ksh"]

_MARK = "\ufeff"
_INTERPRETER = lazy_pattern(r"#![ \t]*(?:\S*/)?(?P<program>[^\s/]+)(?P<rest>[^\r\n]*)")
_OF_ENV = lazy_pattern(r"[ \t]+(?:-\S+[ \t]+|\w+=\S*[ \t]+){0,8}(?:\S*/)?(?P<program>[^\s/]+)")
_DIRECTIVE = lazy_pattern(r"(?m)^[ \t]*#[ \t]*shellcheck[ \t][^\n]{0,200}?\bshell=(?P<shell>\w+)")
_WORD = r"(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|[^\s;&|\"']){1,500}"
_SOURCED = lazy_pattern(rf"(?:^|[;&|({{\s])(?:\.|source)[ \t]+(?P<word>{_WORD})")
_FUNCTION = lazy_pattern(r"(?m)^[ \t]*(?:function[ \t]+([\w.:-]{1,100})|([\w.:-]{1,100})[ \t]*\([ \t]*\))")
MOST_CHARACTERS = 1 << 20  # of a script that is read; what is longer carries an archive
_HEAD = 4_000  # characters in which a comment for shellcheck is about the whole file


class Script(NamedTuple):
    """A shell script; `marked` tells whether a `#!` line names its shell, which else is taken for bash.

    `text` is what a shell on Linux is to read: without a byte-order mark and carriage returns, on the same lines.
    """

    document: Document
    shell: Shell
    marked: bool
    text: str

    def within(self, start: int, end: int) -> Spot:
        """The place of a part of `text`."""
        starts = _starts(self.text)
        line, end_line = bisect_right(starts, start), bisect_right(starts, end)
        return self.at(line, start - starts[line - 1] + 1, end_line, end - starts[end_line - 1] + 1)

    def at(self, line: int, column: int = 1, end_line: int | None = None, end_column: int | None = None) -> Spot:
        """The place from a line and column to another, else to the end of the line; outside the text, its nearest."""
        starts = _starts(self.document.text)
        start = self._offset(starts, line, column)
        end = self._offset(starts, end_line, end_column) if end_line and end_column else start
        if end <= start:
            end = self._offset(starts, line, len(self.document.text))
        return Spot(self.document, span=Span(start, end))

    def _offset(self, starts: tuple[int, ...], line: int, column: int) -> int:
        """The offset of a column; lines end with a line feed, as shells count them."""
        text = self.document.text
        index = min(max(line, 1), max(len(starts) - text.endswith("\n"), 1)) - 1  # no line starts behind the last one
        first = starts[index] + (index == 0 and text.startswith(_MARK))
        end = text.find("\n", first)
        last = end if end >= 0 else len(text)
        return min(first + max(column, 1) - 1, last - (last > first and text[last - 1] == "\r"))


@lru_cache(maxsize=64)
def _starts(text: str) -> tuple[int, ...]:
    """The offsets at which the lines of a text start, that behind a last line feed too."""
    return (0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1]))


def script_of(document: Document) -> Script | None:
    """The file as a shell script; None for what is no text, has another interpreter, or nothing that says so."""
    if document.problem is not None:
        return None
    text = document.text.removeprefix(_MARK)
    interpreter = _interpreter(text)
    if interpreter is not None:
        return _script(document, interpreter, marked=True) if interpreter in get_args(Shell) else None
    ending = document.name.rpartition("/")[2].lower().rpartition(".")
    if ending[1] + ending[2] not in ENDINGS:
        return None
    found = _DIRECTIVE.search(text, 0, _HEAD)
    named = found["shell"] if found is not None else None
    shell = named if named in get_args(Shell) else ENDINGS[ending[1] + ending[2]] or "bash"
    return _script(document, shell, marked=False)


def _script(document: Document, shell: str | None, *, marked: bool) -> Script:
    return Script(document, cast("Shell", shell), marked, document.text.removeprefix(_MARK).replace("\r\n", "\n"))


def _interpreter(text: str) -> str | None:
    """The program that the `#!` line names, also through env; None without such a line."""
    found = _INTERPRETER.match(text)
    if found is None:
        return None
    if found["program"] != "env":
        return found["program"]
    of_env = _OF_ENV.match(found["rest"])
    return of_env["program"] if of_env is not None else "env"


@lru_cache(maxsize=4)
def sourced_names(scripts: tuple[Script, ...]) -> frozenset[str]:
    """The base names of the files that some scripts read into themselves."""
    words = (found["word"].strip("\"'") for script in scripts for found in _SOURCED.finditer(script.text))
    return frozenset(word.rpartition("/")[2] for word in words)


@lru_cache(maxsize=4)
def function_names(scripts: tuple[Script, ...]) -> frozenset[str]:
    """The names that some scripts define as functions."""
    return frozenset(found[1] or found[2] for script in scripts for found in _FUNCTION.finditer(script.text))
