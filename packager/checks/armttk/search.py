"""arm-ttk's one object search (`Find-JsonContent`), with its defects, as an index that is walked once.

The defects decide verdicts: falsy values are never entered and falsy list elements are not counted in paths, members
whose name begins with `parent` are never entered, and lists directly in lists lose their index.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from packager.checks.armttk.powershell import Pattern, equal, like, spelling, truthy
from packager.source.span import Path


class Node:
    """An object that the search visits: the object around it, and the way from there in arm-ttk's and in true steps."""

    __slots__ = ("own_path", "parent", "shown", "steps", "value")

    def __init__(
        self, value: dict[str, Any], parent: "Node | None", steps: Path, shown: str, own_path: Path = ()
    ) -> None:
        self.value = value
        self.parent = parent
        self.steps = steps
        self.shown = shown
        self.own_path = own_path

    @property
    def true_path(self) -> Path:
        """The path in the value that the whole search started from."""
        parts = [self.steps]
        node = self
        while node.parent is not None:
            node = node.parent
            parts.append(node.steps)
        return node.own_path + tuple(step for steps in reversed(parts) for step in steps)

    @property
    def path(self) -> str:
        """arm-ttk's path of the object, such as `resources[0].properties`; "" at the start."""
        parts: list[str] = []
        node: Node | None = self
        while node is not None:
            parts.append(node.shown)
            node = node.parent
        return joined(parts[::-1])


def joined(parts: list[str]) -> str:
    """Path parts as arm-ttk joins them: a dot before a name unless it comes first."""
    text = ""
    for part in parts:
        text += f".{part}" if text and part and not part.startswith("[") else part
    return text


class Found(NamedTuple):
    """A hit of the search: the object that holds the member, the member's name as written, and its value."""

    node: Node
    key: str
    value: Any

    @property
    def holder(self) -> dict[str, Any]:
        """The object that holds the member."""
        return self.node.value

    @property
    def path(self) -> str:
        """arm-ttk's path of the member."""
        return joined([self.node.path, self.key])

    @property
    def true_path(self) -> Path:
        """The member's path in the value that was searched."""
        return (*self.node.true_path, self.key)

    @property
    def ancestors(self) -> list[dict[str, Any]]:
        """The objects around the holder, nearest first."""
        found: list[dict[str, Any]] = []
        node = self.node.parent
        while node is not None:
            found.append(node.value)
            node = node.parent
        return found


class Search:
    """An index over one or several starting values, each given with its true path; hits come in arm-ttk's order."""

    def __init__(self, starts: list[tuple[Any, Path]]) -> None:
        self.nodes: list[Node] = []
        self._named: dict[str, list[tuple[Node, str]]] | None = None
        for value, path in starts:
            self._start(value, path)

    def _start(self, value: Any, path: Path) -> None:
        if isinstance(value, dict) and truthy(value):
            self._walk(Node(value, None, (), "", path))
        elif isinstance(value, list):
            # At the start only the index is shown, and there is nothing before it.
            for node in _elements(value, None, (), "", path):
                self._walk(node)

    def _walk(self, start: Node) -> None:
        stack = [start]
        while stack:
            node = stack.pop()
            self.nodes.append(node)
            children: list[Node] = []
            for key, value in node.value.items():
                kind = type(value)
                if kind is dict:
                    if key[:6].lower() != "parent":
                        children.append(Node(value, node, (key,), key))
                elif kind is list and value and truthy(value) and key[:6].lower() != "parent":
                    children += _elements(value, node, (key,), key, ())
            children.reverse()
            stack += children

    @property
    def named(self) -> dict[str, list[tuple[Node, str]]]:
        """Every member by its name in lower case, in order of the search."""
        if self._named is None:
            self._named = {}
            for node in self.nodes:
                for key in node.value:
                    self._named.setdefault(key.lower(), []).append((node, key))
        return self._named

    def by_key(self, key: str) -> Iterator[Found]:
        """A hit for each object that has a member of that name."""
        for node, written in self.named.get(key.lower(), ()):
            yield Found(node, written, node.value[written])

    def by_key_like(self, pattern: Pattern) -> Iterator[Found]:
        """A hit for each member whose name matches the pattern anywhere, object by object."""
        matching = {name for name in self.named if pattern.search(name)}
        if not matching:
            return
        for node in self.nodes:
            for key in node.value:
                if key.lower() in matching:
                    yield Found(node, key, node.value[key])

    def by_value(self, key: str, holds: Callable[[Any], bool]) -> Iterator[Found]:
        """A hit for each object that has the member with a value for which `holds` is true."""
        return (found for found in self.by_key(key) if holds(found.value))

    def by_value_equal(self, key: str, wanted: Any) -> Iterator[Found]:
        """The same for `-eq`: the member's value, on the left, decides how they are compared."""
        return self.by_value(key, lambda value: equal(value, wanted))

    def by_value_like(self, key: str, pattern: str) -> Iterator[Found]:
        """The same for `-like`; `*` is "any value", which fails only for an empty list."""
        return self.by_value(key, lambda value: like(value, pattern))


def _elements(values: list[Any], parent: Node | None, steps: Path, shown: str, own_path: Path) -> list[Node]:
    nodes: list[Node] = []
    number = -1
    for position, value in enumerate(values):
        if not truthy(value):
            continue
        number += 1
        if isinstance(value, dict):
            place, start = (*steps, position), own_path
            if parent is None:
                place, start = (), (*own_path, *steps, position)
            nodes.append(Node(value, parent, place, f"{shown}[{number}]", start))
        elif isinstance(value, list):
            # A list in a list is searched without its own index. Reading bounds how deep that goes.
            inner_path = (*own_path, position) if parent is None else own_path
            nodes += _elements(value, parent, steps if parent is None else (*steps, position), shown, inner_path)
    return nodes


def member_of(found: Found, name: str) -> Found | None:
    """A sibling member of the hit's holder; None when there is none."""
    key = spelling(found.holder, name)
    return Found(found.node, key, found.holder[key]) if key in found.holder else None
