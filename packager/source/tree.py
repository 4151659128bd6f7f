"""One walk over plain JSON values that many readers share: every object, every property by name, every text.

Built once a document (or part of one); looking up "every property named x" costs what it finds.
"""

from collections.abc import Callable, Iterator
from typing import Any

from packager.source.span import Path


class ObjectNode:
    """A JSON object and the way to it: `parent` is the nearest object around it, `steps` lead from there to here."""

    __slots__ = ("parent", "steps", "value")

    def __init__(self, value: dict[str, Any], parent: "ObjectNode | None", steps: Path) -> None:
        self.value = value
        self.parent = parent
        self.steps = steps

    @property
    def path(self) -> Path:
        """The whole path from the root of the walk."""
        parts: list[Path] = []
        node: ObjectNode | None = self
        while node is not None:
            parts.append(node.steps)
            node = node.parent
        return tuple(step for steps in reversed(parts) for step in steps)

    def ancestors(self) -> Iterator["ObjectNode"]:
        """Objects around this one, nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


class Tree:
    """An index over a value: `objects` in document order, `named[key in lower case]`, `texts` that start with `[`."""

    __slots__ = ("_left_out", "brackets", "named", "objects", "root")

    def __init__(self, value: Any, left_out: frozenset[int] = frozenset()) -> None:
        """Index `value`, but nothing inside the objects whose `id()` is in `left_out`."""
        self._left_out = left_out
        self.objects: list[ObjectNode] = []
        self.named: dict[str, list[tuple[ObjectNode, str]]] = {}
        self.brackets: list[tuple[ObjectNode, Path, str]] = []
        self.root = ObjectNode(value if isinstance(value, dict) else {"": value}, None, ())
        self._walk(self.root)

    def _walk(self, root: ObjectNode) -> None:
        stack = [root]
        objects, named, brackets = self.objects, self.named, self.brackets
        while stack:
            node = stack.pop()
            objects.append(node)
            children: list[ObjectNode] = []
            for key, value in node.value.items():
                lowered = key.lower()
                if lowered in named:
                    named[lowered].append((node, key))
                else:
                    named[lowered] = [(node, key)]
                kind = type(value)
                if kind is str:
                    if value[:1] == "[":
                        brackets.append((node, (key,), value))
                elif kind is dict:
                    if id(value) not in self._left_out:
                        children.append(ObjectNode(value, node, (key,)))
                elif kind is list:
                    self._list(node, (key,), value, children)
            stack.extend(reversed(children))

    def _list(self, node: ObjectNode, steps: Path, values: list[Any], children: list[ObjectNode]) -> None:
        # Lists nest only as deep as the reader's depth limit allows, so the recursion is bounded.
        for position, value in enumerate(values):
            kind = type(value)
            if kind is dict:
                if id(value) not in self._left_out:
                    children.append(ObjectNode(value, node, (*steps, position)))
            elif kind is list:
                self._list(node, (*steps, position), value, children)
            elif kind is str and value[:1] == "[":
                self.brackets.append((node, (*steps, position), value))

    def properties(self, *names: str) -> Iterator[tuple[ObjectNode, str]]:
        """Every (object, key) whose key equals one of `names`, ignoring case."""
        for name in names:
            yield from self.named.get(name.lower(), ())

    def texts(self, skipped: Callable[[ObjectNode, str], bool]) -> Iterator[tuple[ObjectNode, Path, str]]:
        """Every text with the object that it is in and the steps from there; nothing in a member that is `skipped`."""
        out: set[int] = set()
        for node in self.objects:
            above = node.parent
            if above is not None and (id(above) in out or skipped(above, str(node.steps[0]))):
                out.add(id(node))
                continue
            for key, value in node.value.items():
                if isinstance(value, str | list) and not skipped(node, key):
                    yield from ((node, steps, text) for steps, text in _texts_in(value, (key,)))


def _texts_in(value: Any, steps: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _texts_in(item, (*steps, position))
