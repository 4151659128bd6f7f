"""Which nodes of a graph depend on each other: Tarjan's algorithm, without recursion."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet


def components(needs: Sequence[AbstractSet[int]]) -> list[tuple[int, ...]]:
    """The strongly connected components of the graph in which node n needs `needs[n]`: each after those it needs.

    Nodes are numbers from 0; members are in rising order, and so are components as far as their needs allow.
    """
    return _Search(needs).run()


class _Search:
    def __init__(self, needs: Sequence[AbstractSet[int]]) -> None:
        self.needs = [sorted(one) for one in needs]
        self.order: dict[int, int] = {}
        self.lowest: dict[int, int] = {}
        self.open: list[int] = []
        self.is_open: set[int] = set()
        self.found: list[tuple[int, ...]] = []

    def run(self) -> list[tuple[int, ...]]:
        for start in range(len(self.needs)):
            if start not in self.order:
                self._from(start)
        return self.found

    def _from(self, start: int) -> None:
        self._enter(start)
        path = [(start, iter(self.needs[start]))]
        while path:
            node, rest = path[-1]
            following = next(rest, None)
            if following is None:
                path.pop()
                self._leave(node)
                if path:
                    above = path[-1][0]
                    self.lowest[above] = min(self.lowest[above], self.lowest[node])
            elif following not in self.order:
                self._enter(following)
                path.append((following, iter(self.needs[following])))
            elif following in self.is_open:
                self.lowest[node] = min(self.lowest[node], self.order[following])

    def _enter(self, node: int) -> None:
        self.order[node] = self.lowest[node] = len(self.order)
        self.open.append(node)
        self.is_open.add(node)

    def _leave(self, node: int) -> None:
        if self.lowest[node] != self.order[node]:
            return
        members = []
        while True:
            last = self.open.pop()
            self.is_open.discard(last)
            members.append(last)
            if last == node:
                break
        self.found.append(tuple(sorted(members)))
