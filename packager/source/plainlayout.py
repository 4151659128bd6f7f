"""The shape of strict JSON text, found out where it is asked for: a container is divided when somebody looks into it.

What is passed over is read by the standard reader, which is faster than any look at single characters from here.
"""

import json
import re

from packager.source.layout import NO_NAME, name_value
from packager.source.lazy import lazy_pattern

_BLANKS = " \t\n\r"
_decode = json.JSONDecoder().raw_decode
# From the opener or the comma before a member to its value; groups: 1 the name.
_NAME = lazy_pattern(r'.[ \t\n\r]*+("[^"\\]*+(?:\\.[^"\\]*+)*+")[ \t\n\r]*+:[ \t\n\r]*+', re.DOTALL)
_SPACE = lazy_pattern(r"[ \t\n\r]*+")


class PlainLayout:
    """A `positions.Shape` of a text that the standard reader took; nodes get their numbers as they are met."""

    __slots__ = ("ends", "name_ends", "name_starts", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        end = len(text.rstrip(_BLANKS))
        self.starts, self.ends = [len(text) - len(text.lstrip(_BLANKS))], [end]
        self.name_starts, self.name_ends = [NO_NAME], [NO_NAME]

    def steps(self, node: int) -> dict[str | int, int]:
        """The nodes directly in a container, by property name or index; to be asked once for each node."""
        start, end = self.starts[node], self.ends[node]
        opener = self.text[start]
        if opener not in "{[" or self._behind_space(start + 1) == end - 1:
            return {}
        return self._members(start, end) if opener == "{" else self._elements(start, end)

    def _members(self, position: int, end: int) -> dict[str | int, int]:
        text, found = self.text, dict[str | int, int]()
        while position < end - 1:
            name = _NAME.match(text, position)
            assert name is not None, "the standard reader took the text"
            name_start, name_end = name.span(1)
            found[name_value(text[name_start:name_end])] = len(self.starts)
            position = self._node(name.end(), name_start, name_end)
        return found

    def _elements(self, position: int, end: int) -> dict[str | int, int]:
        found: dict[str | int, int] = {}
        while position < end - 1:
            found[len(found)] = len(self.starts)
            position = self._node(self._behind_space(position + 1), NO_NAME, NO_NAME)
        return found

    def _node(self, start: int, name_start: int, name_end: int) -> int:
        """Take down the value at `start`; where the comma or closer behind it stands."""
        _, end = _decode(self.text, start)
        self.starts.append(start)
        self.ends.append(end)
        self.name_starts.append(name_start)
        self.name_ends.append(name_end)
        return self._behind_space(end)

    def _behind_space(self, position: int) -> int:
        space = _SPACE.match(self.text, position)
        assert space is not None, "the pattern matches everywhere"
        return space.end()
