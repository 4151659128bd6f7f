"""From paths to spans, over whatever knows the shape of a text."""

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

    __slots__ = ("_shape", "_steps")

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._steps: dict[int, Mapping[str | int, int]] = {}

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

    def _node(self, path: Path) -> int | None:
        if not self._shape.starts:
            return None
        node = 0
        for step in path:
            below = self._steps.get(node)
            if below is None:
                below = self._steps[node] = self._shape.steps(node)
            found = below.get(step)
            if found is None:
                return None
            node = found
        return node
