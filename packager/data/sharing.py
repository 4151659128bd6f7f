"""Makes one table of many drafts: nodes that cannot be told apart, however far one looks, become one.

Only for renewing the tables; a check never needs it.
"""

import json
from collections.abc import Iterable
from typing import Any

from packager.data.bicep_types import Draft
from packager.data.shapes import ANY, LIST, UNION

_BITS = 5


def classes(drafts: list[Draft]) -> list[int]:
    """A number for each draft; two have the same exactly when they have the same shape all the way down.

    Starts with what the drafts say themselves and parts those whose children differ, until nothing changes; so drafts
    that refer to each other in circles are compared, too.
    """
    found = _numbered(json.dumps(draft.node, sort_keys=True) for draft in drafts)
    count = 0
    while (new := len(set(found))) != count:
        count = new
        found = _numbered(
            (found[place], *(found[child] for child in draft.children)) for place, draft in enumerate(drafts)
        )
    return found


def _numbered(keys: Iterable[Any]) -> list[int]:
    numbers: dict[Any, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]


class Table:
    """The nodes that are reached from bodies, in the order in which they are asked for; the first one is anything."""

    def __init__(self, drafts: list[Draft]) -> None:
        self.nodes: list[Any] = [ANY]
        self._drafts = drafts
        self._classes = classes(drafts)
        self._numbers: dict[int, int] = {
            self._classes[place]: 0 for place, draft in enumerate(drafts) if draft.node == {"k": ANY}
        }

    def number(self, place: int) -> int:
        """The number of a draft's node; nodes that it needs follow it."""
        waiting: list[int] = []
        found = self._reserve(place, waiting)
        while waiting:
            self._fill(waiting.pop(), waiting)
        return found

    def _reserve(self, place: int, waiting: list[int]) -> int:
        """The number of a node; one that is new waits to be filled in."""
        known = self._numbers.get(self._classes[place])
        if known is None:
            known = self._numbers[self._classes[place]] = len(self.nodes)
            self.nodes.append(None)
            waiting.append(place)
        return known

    def _fill(self, place: int, waiting: list[int]) -> None:
        draft = self._drafts[place]
        numbers = [self._reserve(child, waiting) for child in draft.children]
        self.nodes[self._numbers[self._classes[place]]] = written(draft.node, numbers)


def written(node: dict[str, Any], numbers: list[int]) -> Any:
    """A node as the table has it, with the numbers of its children."""
    rest = list(numbers)
    found = dict(node)
    if "p" in found:
        found["p"] = {name: rest.pop(0) << _BITS | flags for name, flags in found["p"].items()}
    if found.get("a"):
        found["a"] = rest.pop(0)
    if found["k"] == UNION:
        found["v"] = dict(zip(found["v"], rest, strict=True))
    if found["k"] == LIST:
        found["i"] = rest.pop(0)
    if not found.get("p", True):
        del found["p"]
    return found["k"] if len(found) == 1 else found
