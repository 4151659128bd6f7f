"""Spans in strict JSON text, found out where they are asked for: little more is read than stands before the place.

What is passed over is read by the standard reader, which is faster than any look at single characters from here.
"""

import bisect
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from packager.source.layout import name_value
from packager.source.lazy import lazy_pattern
from packager.source.span import Path, Span

_BLANKS = " \t\n\r"
# From the opener of a container, or from the end of a value in it, to the next value; group 1 is its name.
_MEMBER = lazy_pattern(r'[ \t\n\r]*+[{,][ \t\n\r]*+("[^"\\]*+(?:\\.[^"\\]*+)*+")[ \t\n\r]*+:[ \t\n\r]*+', re.DOTALL)
_ELEMENT = lazy_pattern(r"[ \t\n\r]*+[\[,][ \t\n\r]*+(?!\])")
_decode = json.JSONDecoder().raw_decode


class _Child(NamedTuple):
    """What is directly in a container: its step, where it begins, where its name ends and where its value starts."""

    step: str | int
    begin: int
    name_end: int
    start: int


class _Container:
    """The children of a container that somebody has looked at; those in `rest` come to them when they are read."""

    __slots__ = ("begins", "by_step", "found", "rest")

    def __init__(self) -> None:
        self.rest: Iterator[_Child] = iter(())
        self.by_step: dict[str | int, _Child] = {}
        self.found: list[_Child] = []
        self.begins: list[int] = []


class PlainPositions:
    """Spans of values and names by path, of a text that the standard reader took and in which no name is repeated."""

    __slots__ = ("_containers", "_ends", "_root", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._root = len(text) - len(text.lstrip(_BLANKS))
        self._ends = {self._root: len(text.rstrip(_BLANKS))}
        self._containers: dict[int, _Container] = {}

    def span(self, path: Path, *, key: bool = False) -> Span | None:
        """The span of the value at `path`, or of its property name; None when there is no such thing."""
        start, name = self._root, None
        for step in path:
            child = self._child(start, step)
            if child is None:
                return None
            start, name = child.start, Span(child.begin, child.name_end) if isinstance(step, str) else None
        return name if key else Span(start, self._end(start))

    def path_at(self, offset: int) -> Path:
        """The path of the innermost property or element that the character at `offset` belongs to, name included."""
        path: list[str | int] = []
        start = self._root
        while (child := self._around(start, offset)) is not None:
            path.append(child.step)
            start = child.start
        return tuple(path)

    def _child(self, start: int, step: str | int) -> _Child | None:
        container = self._container(start)
        if step in container.by_step:
            return container.by_step[step]
        return next((child for child in container.rest if child.step == step), None)

    def _around(self, start: int, offset: int) -> _Child | None:
        """The child that has the character at `offset` in its name or value."""
        container = self._container(start)
        if not container.begins or container.begins[-1] <= offset:
            next((child for child in container.rest if child.begin > offset), None)
        number = bisect.bisect_right(container.begins, offset) - 1
        child = container.found[number] if number >= 0 else None
        return child if child is not None and offset < self._end(child.start) else None

    def _container(self, start: int) -> _Container:
        container = self._containers.get(start)
        if container is None:
            container = self._containers[start] = _Container()
            container.rest = self._children(container, start)
        return container

    def _children(self, container: _Container, position: int) -> Iterator[_Child]:
        """What is directly in the value at `position`, in order; what is in a child is passed over for the next one."""
        text = self._text
        in_object = text[position] == "{"
        if not in_object and text[position] != "[":
            return
        pattern = _MEMBER if in_object else _ELEMENT
        while match := pattern.match(text, position):
            start = match.end()
            if in_object:
                begin, name_end = match.span(1)
                child = _Child(name_value(match[1]), begin, name_end, start)
            else:
                child = _Child(len(container.found), start, start, start)
            container.by_step[child.step] = child
            container.found.append(child)
            container.begins.append(child.begin)
            yield child
            position = self._end(start)

    def _end(self, start: int) -> int:
        end = self._ends.get(start)
        if end is None:
            end = self._ends[start] = _decode(self._text, start)[1]
        return end
