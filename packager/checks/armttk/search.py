"""arm-ttk's one object search (`Find-JsonContent`), with its defects, over an index that is walked once.

The defects decide verdicts: falsy values are never entered and falsy list elements are not counted in paths, members
whose name begins with `parent` are never entered, and lists directly in lists lose their index.
"""

import bisect
import functools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from packager.checks.armttk.powershell import equal, get, like, text_of, truthy
from packager.source.span import Path

# Longer paths are put together anew each time: to keep them would take memory that grows with the depth.
_KEPT_PATH = 400


class Node:
    """An object that the search visits: the object around it, and the way from there in arm-ttk's and in true steps.

    The steps to one without an object around it are its path. `number` is its place in the order of the search,
    `children` are the objects visited next that are directly in it.
    """

    __slots__ = ("_path", "_type", "children", "number", "parent", "shown", "steps", "value")

    number: int

    def __init__(self, value: dict[str, Any], parent: "Node | None", steps: Path, shown: str) -> None:
        self.value = value
        self.parent = parent
        self.steps = steps
        self.shown = shown
        self.children: Sequence[Node] = ()
        self._path = shown if parent is None else None
        self._type: str | None = None

    @property
    def type(self) -> str:
        """The text of its `type` in lower case; "" without one."""
        if self._type is None:
            self._type = text_of(get(self.value, "type")).lower()
        return self._type

    @property
    def true_path(self) -> Path:
        """The path in the value that the whole search started from."""
        parts = [self.steps]
        node = self
        while node.parent is not None:
            node = node.parent
            parts.append(node.steps)
        return tuple(step for steps in reversed(parts) for step in steps)

    @property
    def last(self) -> "Node":
        """The last object in it, or itself."""
        node = self
        while node.children:
            node = node.children[-1]
        return node

    @property
    def path(self) -> str:
        """arm-ttk's path of the object, such as `resources[0].properties`; "" at the start."""
        path = self._path
        if path is not None:
            return path
        node: Node = self
        unknown: list[Node] = []
        while (path := node._path) is None:
            unknown.append(node)
            assert node.parent is not None, "a start knows its path"
            node = node.parent
        for node in reversed(unknown):
            path = _longer(path, node.shown)
            if len(path) < _KEPT_PATH:
                node._path = path
        return path


def joined(parts: Iterable[str]) -> str:
    """Path parts as arm-ttk joins them: a dot before a name unless it comes first."""
    return functools.reduce(_longer, parts, "")


def _longer(path: str, part: str) -> str:
    return f"{path}.{part}" if path and part and part[0] != "[" else path + part


class Found(NamedTuple):
    """A hit of the search: the object that holds the member, the member's name as written, and its value.

    `start` is the object that the search started from, where that is not the outermost one: what is around it, and the
    path to it, are out of sight.
    """

    node: Node
    key: str
    value: Any
    start: Node | None = None

    @property
    def holder(self) -> dict[str, Any]:
        """The object that holds the member."""
        return self.node.value

    @property
    def path(self) -> str:
        """arm-ttk's path of the member."""
        path = self.node.path
        return _longer(path if self.start is None else path[len(self.start.path) :].removeprefix("."), self.key)

    @property
    def true_path(self) -> Path:
        """The member's path in the value that was searched."""
        return (*self.node.true_path, self.key)

    @property
    def types_around(self) -> Iterator[str]:
        """The types of the objects around the holder, nearest first, in lower case; "" for one without."""
        node = self.node
        while node is not self.start and node.parent is not None:
            node = node.parent
            yield node.type

    @property
    def ancestors(self) -> list[dict[str, Any]]:
        """The objects around the holder, nearest first."""
        found: list[dict[str, Any]] = []
        node = self.node
        while node is not self.start and node.parent is not None:
            node = node.parent
            found.append(node.value)
        return found


Place = tuple[Node, str]


class Index:
    """Every object that the search visits from some values, each given with its true path; walked once.

    Names are given in lower case.
    """

    def __init__(self, values: list[tuple[Any, Path]]) -> None:
        self.nodes: list[Node] = []
        self._spellings: dict[str, list[Node]] = defaultdict(list)
        self._texts: dict[str, tuple[dict[str, list[Place]], list[Place]]] = {}
        for value, path in values:
            self._start(value, path)

    def _start(self, value: Any, path: Path) -> None:
        if isinstance(value, dict):
            self._walk(Node(value, None, path, ""))
        elif isinstance(value, list):
            # At the start only the index is shown, and there is nothing before it.
            for node in _elements(value, None, path, ""):
                self._walk(node)

    def _walk(self, start: Node) -> None:
        nodes, spellings = self.nodes, self._spellings
        stack = [start]
        while stack:
            node = stack.pop()
            node.number = len(nodes)
            nodes.append(node)
            children: list[Node] = []
            for key, value in node.value.items():
                spellings[key].append(node)
                kind = type(value)
                if kind is dict:
                    if key[:6].lower() != "parent":
                        children.append(Node(value, node, (key,), key))
                elif kind is list and value and truthy(value) and key[:6].lower() != "parent":
                    children += _elements(value, node, (key,), key)
            if children:
                node.children = children
                stack += reversed(children)

    @functools.cached_property
    def named(self) -> dict[str, list[Place]]:
        """Every member by its name, in order of the search."""
        named: dict[str, list[Place]] = {}
        mixed: set[str] = set()
        for key, nodes in self._spellings.items():
            lowered = key.lower()
            places = [(node, key) for node in nodes]
            if lowered in named:
                named[lowered] += places
                mixed.add(lowered)
            else:
                named[lowered] = places
        for name in mixed:
            named[name].sort(key=_number)
        return named

    def equal(self, name: str, text: str) -> list[Place]:
        """The members of a name whose value is equal to a text, as `-eq` with the value on the left has it."""
        if name not in self._texts:
            self._texts[name] = self._by_text(name)
        by_text, others = self._texts[name]
        found = by_text.get(text.lower(), [])
        more = [place for place in others if equal(place[0].value[place[1]], text)]
        return sorted((*found, *more), key=_number) if more else found

    def _by_text(self, name: str) -> tuple[dict[str, list[Place]], list[Place]]:
        """The members of a name by their texts in lower case, and those that are no text."""
        by_text: dict[str, list[Place]] = {}
        others: list[Place] = []
        for place in self.named.get(name, ()):
            value = place[0].value[place[1]]
            (by_text.setdefault(value.lower(), []) if isinstance(value, str) else others).append(place)
        return by_text, others


class Search:
    """The search from some objects that stand side by side in an index; hits come in arm-ttk's order.

    Keys are given in any case.
    """

    def __init__(self, index: Index, starts: Sequence[Node] | None = None) -> None:
        """Without `starts`, the search over all that was indexed."""
        self.index = index
        self._starts = starts
        self._numbers = [one.number for one in starts or ()]
        self._end = starts[-1].last.number + 1 if starts else 0

    @classmethod
    def over(cls, *values: tuple[Any, Path]) -> "Search":
        """The search over values, each given with its true path."""
        return cls(Index(list(values)))

    def below(self, key: str) -> "Search":
        """The search that starts at the object in the member `key` of the only start, or at each of a list there."""
        starts = self.index.nodes[:1] if self._starts is None else self._starts
        return Search(self.index, [node for start in starts for node in start.children if node.steps[0] == key])

    def inside(self, found: "Found") -> "Search":
        """The search that starts at an object that was found."""
        return Search(self.index, [node for node in found.node.children if node.value is found.value])

    @property
    def nodes(self) -> list[Node]:
        """Every object that is visited."""
        first = 0 if self._starts is None else self._numbers[0] if self._numbers else self._end
        return self.index.nodes[first : None if self._starts is None else self._end]

    @property
    def names(self) -> Collection[str]:
        """The names of all members in lower case, and perhaps more."""
        return self.index.named

    def by_key(self, key: str) -> Iterator[Found]:
        """A hit for each object that has a member of that name."""
        return map(self._hit, self._within(self.index.named.get(key.lower(), [])))

    def by_key_where(self, holds: Callable[[str], bool]) -> Iterator[Found]:
        """A hit for each member for whose name, in lower case, `holds` is true, object by object."""
        matching = {name for name in self.names if holds(name)}
        for node in self.objects_with(matching):
            yield from (self._hit((node, key)) for key in node.value if key.lower() in matching)

    def objects_with(self, names: Iterable[str]) -> list[Node]:
        """The objects that have a member of one of these names, which are in lower case."""
        nodes = {node.number: node for name in names for node, _ in self._within(self.index.named.get(name, []))}
        return [node for _, node in sorted(nodes.items())]

    def by_value(self, key: str, holds: Callable[[Any], bool]) -> Iterator[Found]:
        """A hit for each object that has the member with a value for which `holds` is true."""
        return (found for found in self.by_key(key) if holds(found.value))

    def by_value_equal(self, key: str, text: str) -> Iterator[Found]:
        """The same for `-eq` with a text: the member's value, on the left, decides how they are compared."""
        return map(self._hit, self._within(self.index.equal(key.lower(), text)))

    def by_value_like(self, key: str, pattern: str) -> Iterator[Found]:
        """The same for `-like`."""
        return self.by_value(key, lambda value: like(value, pattern))

    def by_any_value(self, key: str) -> Iterator[Found]:
        """The same for `-like "*"`, which fails only for a list without texts."""
        return self.by_value(key, lambda value: not isinstance(value, list) or truthy(list(map(text_of, value))))

    def _within(self, places: list[Place]) -> list[Place]:
        if self._starts is None:
            return places
        first = bisect.bisect_left(places, self._numbers[0], key=_number) if self._numbers else len(places)
        return places[first : bisect.bisect_left(places, self._end, lo=first, key=_number)]

    def _hit(self, place: Place) -> Found:
        node, key = place
        start = None
        if self._starts is not None:
            start = self._starts[bisect.bisect_right(self._numbers, node.number) - 1]
        return Found(node, key, node.value[key], start)


def _number(place: Place) -> int:
    return place[0].number


def _elements(values: list[Any], parent: Node | None, steps: Path, shown: str) -> list[Node]:
    nodes: list[Node] = []
    number = -1
    for position, value in enumerate(values):
        kind = type(value)
        if kind is dict:
            number += 1
            nodes.append(Node(value, parent, (*steps, position), f"{shown}[{number}]"))
        elif truthy(value):
            number += 1
            if kind is list:
                # A list in a list is searched without its own index. Reading bounds how deep that goes.
                nodes += _elements(value, parent, (*steps, position), shown)
    return nodes
