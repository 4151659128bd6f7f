"""From paths to spans, over whatever knows the shape of a text."""

import bisect
from collections.abc import Mapping, Sequence
from typing import Protocol

from packager.source.layout import NO_NAME
from packager.source.span import Path, Span


class Shape(Protocol):
    """Nodes by number, 0 the root, with the spans of values and names and what is directly in each."""

    @property
    def starts(self) -> Sequence[int]: ...
    @property
    def ends(self) -> Sequence[int]: ...
    @property
    def name_starts(self) -> Sequence[int]: ...
    @property
    def name_ends(self) -> Sequence[int]: ...
    def steps(self, node: int) -> Mapping[str | int, int]:
        """The nodes in a container, by name or index."""


class Positions:
    """Spans of values and names by path; of a name written twice the last one counts, as for values."""

    __slots__ = ("_ordered", "_shape", "_steps")

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._steps: dict[int, Mapping[str | int, int]] = {}
        self._ordered: dict[int, tuple[list[int], list[tuple[str | int, int]]]] = {}

    def span(self, path: Path, *, key: bool = False) -> Span | None:
        """The span of the value at `path`, or of its property name; None when there is no such thing."""
        node = self._node(path)
        if node is None:
            return None
        shape = self._shape
        if not key:
            return Span(shape.starts[node], shape.ends[node])
        start = shape.name_starts[node]
        return None if start == NO_NAME else Span(start, shape.name_ends[node])

    def path_at(self, offset: int) -> Path:
        """The path of the innermost property or element that the character at `offset` belongs to, name included."""
        path: list[str | int] = []
        node = 0
        while self._shape.starts:
            begins, children = self._children(node)
            number = bisect.bisect_right(begins, offset) - 1
            if number < 0 or offset >= self._shape.ends[children[number][1]]:
                break
            step, node = children[number]
            path.append(step)
        return tuple(path)

    def _children(self, node: int) -> tuple[list[int], list[tuple[str | int, int]]]:
        """What is directly in a container, by where it begins."""
        if node not in self._ordered:
            shape = self._shape
            begins = [
                (shape.starts[child] if shape.name_starts[child] == NO_NAME else shape.name_starts[child], step, child)
                for step, child in self._below(node).items()
            ]
            begins.sort(key=lambda one: one[0])
            self._ordered[node] = [one[0] for one in begins], [(step, child) for _, step, child in begins]
        return self._ordered[node]

    def _below(self, node: int) -> Mapping[str | int, int]:
        if node not in self._steps:
            self._steps[node] = self._shape.steps(node)
        return self._steps[node]

    def _node(self, path: Path) -> int | None:
        if not self._shape.starts:
            return None
        node = 0
        for step in path:
            found = self._below(node).get(step)
            if found is None:
                return None
            node = found
        return node
