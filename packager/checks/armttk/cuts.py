"""Takes pieces out of a text one by one, each at the place where arm-ttk would find it in what is then left.

To look for every path in the text that the cuts before it have left takes time that grows with the square of the
text. Where no string, comment or list leads arm-ttk's patterns astray, a path is found at the same place before and
after a cut, and is looked for in the first text alone.
"""

import bisect
import re

from packager.checks.armttk.locate import Located, braces_end, brackets_end
from packager.checks.armttk.text import SourceText
from packager.source.lazy import lazy_pattern
from packager.source.span import Span

_STRING = lazy_pattern(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_MISLEADING = lazy_pattern(r"[/']|\[\s*\[")


class Cuts:
    """What is left of a text. With `only_few` paths, or such as may not be there, each is looked for anew."""

    def __init__(self, text: SourceText, filling: str, *, only_few: bool) -> None:
        self._text = text
        self._filling = filling
        # Of the first text, apart and in order: what is cut out, where all is looked for in that text alone.
        self._done: list[Span] = []
        self._first = None if only_few or not is_plain(text.value) else text.locator

    @property
    def text(self) -> SourceText:
        """What is left."""
        return self._text.without(self._done, self._filling) if self._first is not None else self._text

    def take(self, path: str) -> SourceText | None:
        """The piece at a path, in whose place the filling is put; None where it is not found."""
        if self._first is not None:
            return self._take_from_first(self._first.locate(path))
        place = self._text.locator.locate(path)
        if place is None:
            return None
        piece = self._text.cut(place.start, place.end)
        self._text = self._text.replaced(place.start, place.end, self._filling)
        return piece

    def _take_from_first(self, place: Located | None) -> SourceText | None:
        """None as well for a place that is in one that was cut out before."""
        if place is None:
            return None
        first = bisect.bisect_left(self._done, place.start, key=lambda one: one.start)
        if any(one.end >= place.end for one in self._done[max(first - 1, 0) : first + 1] if one.start <= place.start):
            return None
        behind = bisect.bisect_left(self._done, place.end, lo=first, key=lambda one: one.start)
        inside = [Span(one.start - place.start, one.end - place.start) for one in self._done[first:behind]]
        self._done[first:behind] = [Span(place.start, place.end)]
        return self._text.cut(place.start, place.end).without(inside, self._filling)


def is_plain(text: str) -> bool:
    """Whether nothing misleads the patterns: brackets that a string leaves open, comments, quotes, lists in lists."""
    if '\\\\"' in text or _MISLEADING.search(_STRING.sub('""', text)):
        return False
    return all(_is_balanced(string) for string in _STRING.findall(text))


def _is_balanced(string: str) -> bool:
    """Whether a string is for the patterns as if it had no brackets: every one that opens is closed, in order."""
    if not any(mark in string for mark in "{}[]"):
        return True
    text = f"{{[{string}]}}"
    return braces_end(text, 0) == len(text) and brackets_end(text, 1) == len(text) - 1
