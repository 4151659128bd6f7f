"""Where arm-ttk finds a JSON path in raw text (`Resolve-JSONContent`): by patterns that do not know strings.

A brace or bracket in a string, a name with other characters than letters, digits and `_`, or an index that the search
counted wrongly leads astray; whether an inner template is found decides what the checks of its file see.
"""

import re
from typing import NamedTuple

from packager.source.lazy import lazy_pattern

_PARTS = lazy_pattern(r"(?:^|\.)(?P<name>\w+)(?:\[(?P<index>\d+)\])?|\[(?P<alone>\d+)\]")
_OPENING = lazy_pattern(r"[{,]")
_SPACE = lazy_pattern(r"\s*")
_BRACE = lazy_pattern(r"[{}]")
_BRACKET = lazy_pattern(r"[\[\]]")
_WORD = lazy_pattern(r"true|false|null", re.IGNORECASE)
_NUMBER = lazy_pattern(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:E[+-]\d+)?", re.IGNORECASE)
_CLOSING_QUOTE = lazy_pattern(r'(?<!\\)"')
_UNQUOTED_NAME = lazy_pattern(r"\s*(.+?)(?=[\s:])\s*:", re.DOTALL)
_TRIES = 50


class Located(NamedTuple):
    """A property found in text: `[start, end)` from its opening quote to the end of its value and the blanks after.

    Of an element of a list, the blanks before it and its value.
    """

    start: int
    end: int


class _Property(NamedTuple):
    name_start: int
    name_end: int
    end: int


_Step = tuple[_Property | None, int | None]


def locate(text: str, path: str, start: int = 0) -> Located | None:
    """The property or element at the path's end, looked for from `start` on; None where arm-ttk finds nothing."""
    return Locator(text).locate(path, start)


class _Pairs:
    """Which bracket closes which, whatever strings there are between; found out from the left, as far as is asked."""

    def __init__(self, text: str, pattern: re.Pattern[str], opener: str) -> None:
        self._text = text
        self._rest = pattern.finditer(text)
        self._opener = opener
        self._opened: list[int] = []
        self._ends: dict[int, int] = {}

    def end(self, start: int) -> int | None:
        """Behind the bracket that closes the one at `start`."""
        if start in self._ends:
            return self._ends[start]
        opened, ends, opener = self._opened, self._ends, self._opener
        for found in self._rest:
            if found[0] == opener:
                # See `brackets_end`.
                if opener == "{" or self._text[found.start() - 1 : found.start()] != "[":
                    opened.append(found.start())
            elif opened:
                opening = opened.pop()
                ends[opening] = found.end()
                if opening == start:
                    return found.end()
        return None


class Locator:
    """Looks for several paths in one text, and measures no list and no property of it twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._braces = _Pairs(text, _BRACE, "{")
        self._brackets = _Pairs(text, _BRACKET, "[")
        self._lists: dict[int, list[Located] | None] = {}
        self._steps: dict[int, _Step] = {}
        self._first: dict[tuple[int, str], _Property | None] = {}

    def locate(self, path: str, start: int = 0) -> Located | None:
        """The property or element at the path's end; None where arm-ttk finds nothing.

        A property that it does not find, or an index beyond the end, does not always end the search: the index that
        belongs to it, or the next step, is looked for from the start again.
        """
        cursor: int | None = start
        found: Located | None = None
        element: Located | None = None
        for part in _PARTS.finditer(path):
            index = part["index"] or part["alone"]
            if part["name"] is not None:
                named = self._property(cursor or start, part["name"].lower())
                cursor = named.name_end if named else None
                found = Located(named.name_start - 1, named.end) if named else None
            if index is not None:
                values = self._values(cursor or start)
                if int(index) > len(values):
                    cursor = None
                    continue
                if int(index) < len(values):
                    element = values[int(index)]
                    cursor = element.start
                found = element
                if int(index) < len(values):
                    continue
            if not cursor:
                return None
        return found if cursor else None

    def _property(self, cursor: int, name: str) -> _Property | None:
        """The first property of that name, in lower case, behind a place.

        Searches from different places soon meet, so what one of them found serves the others.
        """
        passed: list[int] = []
        position: int | None = cursor
        found: _Property | None = None
        while position is not None:
            if (position, name) in self._first:
                found = self._first[position, name]
                break
            passed.append(position)
            here, position = self._step(position)
            if here is not None and self.text[here.name_start : here.name_end].lower() == name:
                found = here
                break
        self._first.update(dict.fromkeys(((place, name) for place in passed), found))
        return found

    def _step(self, cursor: int) -> _Step:
        if cursor not in self._steps:
            self._steps[cursor] = self._measured(cursor)
        return self._steps[cursor]

    def _measured(self, cursor: int) -> _Step:
        """What stands behind the next brace or comma, when that is a property, and where the search goes on."""
        opening = _OPENING.search(self.text, max(cursor - 1, 0)) if cursor < len(self.text) else None
        if opening is None:
            return None, None
        found = self._property_at(opening.end())
        return found, found.end if found is not None else opening.end() + 1

    def _values(self, cursor: int) -> list[Located]:
        """The elements of the next list that the pattern understands."""
        opening = self.text.find("[", cursor)
        while opening >= 0:
            if opening not in self._lists:
                self._lists[opening] = self._elements(opening)
            values = self._lists[opening]
            if values is not None:
                return values
            opening = self.text.find("[", opening + 1)
        return []

    def _property_at(self, start: int) -> _Property | None:
        quote = _skip(self.text, start)
        if quote < len(self.text) and self.text[quote] in "\"'":
            found = self._quoted(quote)
            if found is not None:
                return found
        unquoted = _UNQUOTED_NAME.match(self.text, start, start + 1000)
        end = self._value_end(unquoted.end()) if unquoted else None
        return _Property(unquoted.start(1), unquoted.end(1), end) if unquoted and end is not None else None

    def _quoted(self, quote: int) -> _Property | None:
        closing = quote + 1
        for _ in range(_TRIES):
            closing = self.text.find(self.text[quote], closing + 1)
            if closing < 0:
                return None
            colon = _skip(self.text, closing + 1)
            if self.text[closing - 1] != "\\" and self.text[colon : colon + 1] == ":":
                end = self._value_end(colon + 1)
                if end is not None:
                    return _Property(quote + 1, closing, end)
        return None

    def _elements(self, opening: int) -> list[Located] | None:
        position = opening + 1
        values: list[Located] = []
        while True:
            end = self._value_end(position)
            if end is None:
                break
            values.append(Located(position, end))
            position = end + 1 if self.text[end : end + 1] == "," else end
        if not values:
            closing = _skip(self.text, opening + 1)
            return [] if closing > opening + 1 and self.text[closing : closing + 1] == "]" else None
        return values if self.text[position : position + 1] == "]" else None

    def _value_end(self, position: int) -> int | None:
        """Behind the value that starts at `position` and the blanks after it; None where the pattern finds no value."""
        start = _skip(self.text, position)
        char = self.text[start : start + 1]
        end: int | None
        if char == "{":
            end = self._braces.end(start)
        elif char == "[":
            escaped = self.text[max(start - 1, 0)] == "[" and start > 0
            end = brackets_end(self.text, start) if escaped else self._brackets.end(start)
        elif char == '"':
            closing = _CLOSING_QUOTE.search(self.text, start + 1)
            end = closing.start() if closing else None
        else:
            found = _WORD.match(self.text, start) or _NUMBER.match(self.text, start)
            end = found.end() if found else None
        return _skip(self.text, end) if end is not None else None


def braces_end(text: str, start: int) -> int | None:
    """Behind the brace that closes the one at `start`, whatever strings there are between."""
    depth = 0
    for found in _BRACE.finditer(text, start):
        depth += 1 if found.group() == "{" else -1
        if depth == 0:
            return found.end()
    return None


def brackets_end(text: str, start: int) -> int | None:
    """Behind the bracket that closes the one at `start`, whatever strings there are between."""
    depth = 1
    for found in _BRACKET.finditer(text, start + 1):
        if found.group() == "]":
            depth -= 1
        elif text[found.start() - 1] != "[":
            # The second of two opening brackets is an escape and counts for nothing.
            depth += 1
        if depth == 0:
            return found.end()
    return None


def _skip(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position
