"""The words of JSON text in order, also of text with Jinja in it, so that edits see what stands around a place.

Nothing is judged here: what is no JSON becomes a word, a Jinja tag or output becomes one opaque piece.
"""

import bisect
import re

from packager.source.lazy import lazy_pattern

# What is not closed goes on to the end of the text: so the time stays in proportion to its length.
_REST = r"""|(?P<word>[^\s"'{}\[\],:/]++|.)"""
_COMMENT = r"(?P<comment>//[^\r\n]*+|/\*(?s:.*?)(?:\*/|\Z))"
_MARK = r"|(?P<mark>[{}\[\],:])"
_PLAIN = lazy_pattern(
    _COMMENT
    + r"""|(?P<string>"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|'[^'\\]*+(?:\\.[^'\\]*+)*+(?:'|\\?\Z))"""
    + _MARK
    + _REST,
    re.DOTALL,
)
_TAG = (
    r"(?P<tag>\{%(?s:.*?)(?:%\}|\Z)|\{\{(?s:.*?)(?:\}\}|\Z)"
    r"|\{\#(?s:.*?)(?:\#\}|\Z))|"
)
# An output inside a string may hold quotes of its own.
_STRING = r"""|(?P<string>"[^"\\{]*+(?:(?:\\.|\{\{[^{}]*+\}\}|\{%[^%]*+%\}|\{)[^"\\{]*+)*+(?:"|\\?\Z))"""
_TEMPLATED = lazy_pattern(_TAG + _COMMENT + _STRING + _MARK + _REST, re.DOTALL)
_SPACE = lazy_pattern(r"\s*+")


class Lexemes:
    """`kinds[n]` is `string`, `comment`, `tag`, `word`, or one of `{}[],:` itself."""

    __slots__ = ("ends", "kinds", "starts", "text")

    def __init__(self, text: str, *, templated: bool) -> None:
        """`templated` tells that `{{`, `{%` and `{#` belong to Jinja."""
        self.text = text
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        pattern = _TEMPLATED if templated else _PLAIN
        position = _end_of_space(text, 0)
        while (found := pattern.match(text, position)) is not None:
            kind = found.lastgroup or "word"
            self.kinds.append(found.group() if kind == "mark" else kind)
            self.starts.append(found.start())
            self.ends.append(found.end())
            position = _end_of_space(text, found.end())

    def number_at(self, offset: int) -> int | None:
        """The lexeme that starts at `offset`."""
        number = bisect.bisect_left(self.starts, offset)
        return number if number < len(self.starts) and self.starts[number] == offset else None

    def first_from(self, offset: int) -> int:
        """The first lexeme that starts at `offset` or later; their count when there is none."""
        return bisect.bisect_left(self.starts, offset)

    def after(self, number: int) -> int:
        """The next lexeme that is no comment; the count of lexemes when there is none."""
        number += 1
        while number < len(self.kinds) and self.kinds[number] == "comment":
            number += 1
        return number

    def before(self, number: int) -> int:
        """The lexeme before that is no comment; -1 when there is none."""
        number -= 1
        while number >= 0 and self.kinds[number] == "comment":
            number -= 1
        return number

    def kind(self, number: int) -> str:
        """The kind of a lexeme; "" where there is none."""
        return self.kinds[number] if 0 <= number < len(self.kinds) else ""

    def value_end(self, number: int) -> int | None:
        """The last lexeme of the value that starts with lexeme `number`; None when it is not closed or holds Jinja."""
        depth = 0
        while number < len(self.kinds):
            kind = self.kinds[number]
            if kind == "tag":
                return None
            depth += (kind in {"{", "["}) - (kind in {"}", "]"})
            if depth <= 0:
                return number if kind not in {",", ":", "comment"} and depth == 0 else None
            number += 1
        return None


def _end_of_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position
