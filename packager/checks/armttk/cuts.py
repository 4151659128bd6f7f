"""Takes pieces out of a text one by one, each at the place where arm-ttk would find it in what is then left.

To look for every path in the text that the cuts before it have left takes time that grows with the square of the
text. Where no string, comment or list leads arm-ttk's patterns astray, a path is found at the same place before and
after a cut, and is looked for in the first text alone.
"""

import re

from packager.checks.armttk.locate import Located, Locator, braces_end, brackets_end, locate
from packager.checks.armttk.text import SourceText

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_MISLEADING = re.compile(r"[/']|\[\s*\[")


class Cuts:
    """What is left of a text. With `only_few` paths, or such as may not be there, each is looked for anew."""

    def __init__(self, text: SourceText, filling: str, *, only_few: bool) -> None:
        self.text = text
        self._filling = filling
        self._done: list[Located] = []
        self._first = None if only_few or not is_plain(text.value) else Locator(text.value)

    def take(self, path: str) -> SourceText | None:
        """The piece at a path, in whose place the filling is put; None where it is not found."""
        original = self._first.locate(path) if self._first is not None else None
        place = self._moved(original) if self._first is not None else locate(self.text.value, path)
        if place is None:
            return None
        piece = self.text.cut(place.start, place.end)
        self.text = self.text.replaced(place.start, place.end, self._filling)
        if original is not None:
            self._done = [one for one in self._done if not _holds(original, one)]
            self._done.append(original)
        return piece

    def _moved(self, original: Located | None) -> Located | None:
        """Where a place of the first text is now; None for one that is cut out."""
        if original is None or any(_holds(one, original) for one in self._done):
            return None
        return Located(self._offset(original.start), self._offset(original.end))

    def _offset(self, offset: int) -> int:
        return offset + sum(len(self._filling) - (one.end - one.start) for one in self._done if one.end <= offset)


def _holds(one: Located, other: Located) -> bool:
    return one.start <= other.start and other.end <= one.end


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
