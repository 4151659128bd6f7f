"""Reads a JavaScript pattern into a tree of what it can consume, to see how much work it can make.

Only patterns that compile are read, without flags, in the lenient grammar of browsers. What does not consume text and
cannot be judged without it (a word boundary, a reference to a group) is kept as such.
"""

import re
from typing import NamedTuple

from packager.source.lazy import lazy_pattern

Ranges = tuple[tuple[int, int], ...]
_LAST = 0x10FFFF


class Chars(NamedTuple):
    """One character of these ranges."""

    ranges: Ranges


class Mark(NamedTuple):
    """A place: `^`, `$`, `b` or `B` for word boundaries, `back` for what a group has matched."""

    kind: str


class Sequence(NamedTuple):
    """One after the other."""

    items: tuple["Part", ...]


class Choice(NamedTuple):
    """One of several, tried in order."""

    options: tuple["Part", ...]


class Repeat(NamedTuple):
    """Again and again; `most` is None without a limit."""

    part: "Part"
    least: int
    most: int | None
    lazy: bool


class Look(NamedTuple):
    """What must, or must not, come next or before."""

    part: "Part"
    behind: bool
    negative: bool


Part = Chars | Mark | Sequence | Choice | Repeat | Look

_DIGIT: Ranges = ((48, 57),)
_WORD: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
_SPACE: Ranges = (
    *((9, 13), (32, 32), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029)),
    *((0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)),
)
_QUANTIFIER = lazy_pattern(r"(?:([*+?])|\{([0-9]+)(,([0-9]*))?\})(\??)")
_LONG = lazy_pattern(r"x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|c([a-zA-Z])|([0-3]?[0-7]{1,2})")
_OPENINGS = {"?=": (False, False), "?!": (False, True), "?<=": (True, False), "?<!": (True, True)}
_NAME = lazy_pattern(r"\?<[^>=!][^>]*>")
_CONTROLS = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}
_MAX_COUNT = 1_000_000
# Places without brackets around, which nothing can repeat.
_BARE = ("^", "$", "\\b", "\\B")
_BOUNDS = {"*": (0, None), "+": (1, None), "?": (0, 1)}


def inverted(ranges: Ranges) -> Ranges:
    """Every other character."""
    found, start = [], 0
    for low, high in sorted(ranges):
        if low > start:
            found.append((start, low - 1))
        start = max(start, high + 1)
    return (*found, (start, _LAST)) if start <= _LAST else tuple(found)


ANY: Ranges = inverted(((10, 10), (13, 13), (0x2028, 0x2029)))
_CLASSES = {"d": _DIGIT, "w": _WORD, "s": _SPACE, "D": inverted(_DIGIT), "W": inverted(_WORD), "S": inverted(_SPACE)}


def read_pattern(pattern: str) -> Part:
    """The tree of a pattern that compiles; recursion is as deep as its groups."""
    return _Reader(pattern).choice()


class _Reader:
    """The pattern and how far it is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.groups = len(re.findall(r"\((?!\?)|\(\?<[^=!]", text))

    def take(self, expected: str) -> bool:
        """Move past this text when it comes next."""
        found = self.text.startswith(expected, self.at)
        self.at += len(expected) * found
        return found

    def choice(self) -> Part:
        options = [self._sequence()]
        while self.take("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Part:
        items: list[Part] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            is_bare = self.text.startswith(_BARE, self.at)
            atom = self._atom()
            items.append(atom if is_bare else self._quantified(atom))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _quantified(self, part: Part) -> Part:
        found = _QUANTIFIER.match(self.text, self.at)
        if found is None:
            return part
        self.at = found.end()
        if found[1]:
            least, most = _BOUNDS[found[1]]
        else:
            least = _count(found[2])
            most = least if found[3] is None else _count(found[4]) if found[4] else None
        return Repeat(part, least, most, bool(found[5]))

    def _atom(self) -> Part:
        char = self.text[self.at]
        self.at += 1
        if char == "(":
            return self._group()
        if char == "[":
            return Chars(self._class())
        if char == ".":
            return Chars(ANY)
        if char in "^$":
            return Mark(char)
        return self._escape() if char == "\\" else Chars(((ord(char), ord(char)),))

    def _group(self) -> Part:
        look = next((opening for opening in ("?<=", "?<!", "?=", "?!") if self.take(opening)), None)
        if look is None and not self.take("?:"):
            name = _NAME.match(self.text, self.at)
            self.at = name.end() if name else self.at
        part = self.choice()
        self.take(")")
        return part if look is None else Look(part, *_OPENINGS[look])

    def _escape(self) -> Part:
        char = self.text[self.at : self.at + 1]
        if char in {"b", "B"}:
            self.at += 1
            return Mark(char)
        number = re.match(r"[1-9][0-9]*", self.text[self.at : self.at + 4])
        if number and int(number[0]) <= self.groups:
            self.at += number.end()
            return Mark("back")
        if char == "k" and "(?<" in self.text and ">" in self.text[self.at :]:
            self.at = self.text.index(">", self.at) + 1
            return Mark("back")
        return Chars(self._escaped())

    def _escaped(self) -> Ranges:
        """The characters of the escape whose backslash is read."""
        found = _LONG.match(self.text, self.at)
        if found:
            self.at = found.end()
            code = int(found[3], 36) - 9 if found[3] else int(found[1] or found[2] or "0", 16)
            code = int(found[4], 8) if found[4] else code
            return ((code, code),)
        char = self.text[self.at : self.at + 1]
        self.at += 1
        code = _CONTROLS.get(char) or ord(char or "\\")
        return _CLASSES.get(char) or ((code, code),)

    def _class(self) -> Ranges:
        negative = self.take("^")
        ranges: list[tuple[int, int]] = []
        while self.at < len(self.text) and not self.take("]"):
            first = self._member()
            if self.text.startswith("-", self.at) and not self.text.startswith("-]", self.at):
                self.at += 1
                last = self._member()
                if len(first) == len(last) == 1 and first[0][0] <= last[0][1]:
                    ranges.append((first[0][0], last[0][1]))
                else:
                    ranges += (*first, (45, 45), *last)
            else:
                ranges += first
        return inverted(tuple(ranges)) if negative else tuple(ranges)

    def _member(self) -> Ranges:
        char = self.text[self.at]
        self.at += 1
        if char != "\\":
            return ((ord(char), ord(char)),)
        return ((8, 8),) if self.take("b") else self._escaped()


def _count(digits: str) -> int:
    return min(int(digits[:9]), _MAX_COUNT)
