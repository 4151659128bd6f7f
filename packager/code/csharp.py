"""Where an expression of a policy ends: C# as far as brackets, texts, characters and comments go."""

from typing import NamedTuple

from packager.source.lazy import lazy_pattern

_CLOSERS = {"(": ")", "[": "]", "{": "}"}
MOST_OPEN = 500
# Whatever can be skipped as a whole, or is a bracket; anything in between means nothing here.
_NEXT = lazy_pattern(r"[\"'()\[\]{}]|[@$]{1,2}\"|//|/\*")
_CHARACTER = lazy_pattern(r"'(?:[^'\\\r\n]|\\[^\r\n][0-9A-Fa-f]{0,8})'")
_PLAIN_END = lazy_pattern(r"[\"\\\r\n]")
_HOLE_END = lazy_pattern(r"[\"\\\r\n{}]")
_VERBATIM_HOLE_END = lazy_pattern(r"[\"{}]")


class Unbalanced(Exception):
    """`message` says what is wrong with the expression at `offset`."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class _Open(NamedTuple):
    """A bracket, or a hole of an interpolated text of some `kind` (`$`, `$@`), that waits for its end."""

    closer: str
    start: int
    kind: str = ""


def end_of(text: str, start: int) -> int:
    """The offset behind the bracket that closes the one at `start`. Raises Unbalanced where none does."""
    opened = [_Open(_CLOSERS[text[start]], start)]
    position = start + 1
    while opened:
        if len(opened) > MOST_OPEN:
            raise Unbalanced(f"more than {MOST_OPEN} brackets are open", opened[-1].start)
        found = _NEXT.search(text, position)
        if found is None:
            raise Unbalanced(f"'{text[opened[-1].start]}' is not closed", opened[-1].start)
        position = _after(text, found.start(), found.group(), opened)
    return position


def _after(text: str, start: int, mark: str, opened: list[_Open]) -> int:
    """The offset to go on from behind a mark; `opened` follows what it opens and closes."""
    if mark[-1] == '"':
        return _text_end(text, start, mark[:-1], start + len(mark), opened)
    if mark == "'":
        found = _CHARACTER.match(text, start)
        if found is None:
            raise Unbalanced("a character in single quotes does not end; texts have double quotes", start)
        return found.end()
    if mark in {"//", "/*"}:
        return _comment_end(text, start, mark)
    if mark in _CLOSERS:
        opened.append(_Open(_CLOSERS[mark], start))
        return start + 1
    last = opened.pop()
    if mark != last.closer:
        raise Unbalanced(f"'{mark}' stands where '{last.closer}' has to close '{text[last.start]}'", start)
    return _text_end(text, last.start, last.kind, start + 1, opened) if last.kind else start + 1


def _comment_end(text: str, start: int, mark: str) -> int:
    closer = "\n" if mark == "//" else "*/"
    end = text.find(closer, start + 2)
    if end < 0:
        raise Unbalanced("a comment does not end before the expression does", start)
    return end + len(closer)


def _text_end(text: str, start: int, kind: str, position: int, opened: list[_Open]) -> int:
    """The offset behind a text, or behind the `{` of its next hole; `kind` is what stands before its first quote."""
    pattern = _VERBATIM_HOLE_END if "@" in kind else _HOLE_END if kind else _PLAIN_END
    while (found := pattern.search(text, position)) is not None:
        mark, position = found.group(), found.end()
        if mark == "\\":
            position += 1
        elif mark in "\r\n":
            break
        elif text[position : position + 1] == mark and (mark != '"' or "@" in kind):
            position += 1  # doubled, it stands for itself
        elif mark == '"':
            return position
        elif "$" in kind and mark == "{":
            opened.append(_Open("}", position - 1, kind))
            return position
    raise Unbalanced("a text in double quotes does not end", start)
