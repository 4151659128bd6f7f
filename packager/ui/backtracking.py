"""How many steps a backtracking matcher takes to look for a pattern in a text, counted before it runs.

The steps from each instruction at each position are counted once, from the end of the text backwards, so counting takes
time in proportion to pattern and text even where matching would take for ever.
"""

from functools import lru_cache

from packager.ui.patternprogram import Instruction, Program
from packager.ui.patternreader import Ranges

# More steps are not counted: it is far too many.
ENDLESS = 10**12
_WORD = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")


def steps(program: Program, text: str, starts: tuple[int, ...] | None = None) -> int:
    """The steps of looking for a pattern in a text: the sum over all positions, or the most from these instructions
    at the beginning of the text. References to groups count at their worst.
    """
    counter = _Counter(program, text)
    reached = _reached(program, text, starts)
    total = 0
    for position in range(len(text), -1, -1):
        counter.move(position, reached[position])
        total = min(ENDLESS, total + counter.costs[program.start])
    return total if starts is None else max(counter.costs[start] for start in starts)


def _reached(program: Program, text: str, starts: tuple[int, ...] | None) -> list[list[int]]:
    """The instructions that can be come to at each position, in the order in which they are counted."""
    if program.has_groups_again:
        return [program.order] * (len(text) + 1)
    rank = program.rank
    found: list[list[int]] = []
    here: set[int] = set(starts or ())
    for position in range(len(text) + 1):
        if starts is None:
            here.add(program.start)
        stack, seen, later = list(here), set(here), set()
        while stack:
            one = program.instructions[stack.pop()]
            if one.kind == "char":
                if position < len(text) and _holds(one.ranges, text[position]):
                    later.add(one.targets[0])
                continue
            fresh = [target for target in one.targets if target not in seen]
            seen.update(fresh)
            stack += fresh
        found.append(sorted(seen, key=rank.__getitem__))
        here = later
    return found


class _Counter:
    """Steps and success from each instruction at one position, known for all later positions."""

    def __init__(self, program: Program, text: str) -> None:
        self.program = program
        self.text = text
        size = len(program.instructions)
        self.costs = [0] * size
        self.wins = [False] * size
        self.later_costs = [0] * size
        self.later_wins = [False] * size
        self.worst = [0] * size

    def move(self, position: int, places: list[int]) -> None:
        """Count these instructions for a position; the one behind it was counted last.

        A round that is empty so far does not come to its end: the heads are counted so. What has read something does:
        it is counted again, with the heads as they are.
        """
        self.later_costs, self.costs = self.costs, [0] * len(self.costs)
        self.later_wins, self.wins = self.wins, [False] * len(self.wins)
        for place in places:
            self._set(place, position)
        if self.program.heads:
            for place in places:
                if place not in self.program.heads:
                    self._set(place, position)

    def _set(self, place: int, position: int) -> None:
        cost, win = self._count(self.program.instructions[place], position)
        self.costs[place] = min(ENDLESS, cost)
        # What a group has matched is not known, so nothing is sure to end the search early.
        self.wins[place] = win and not self.program.has_groups_again
        if self.program.has_groups_again:
            self.worst[place] = max(self.worst[place], self.costs[place])

    def _count(self, one: Instruction, position: int) -> tuple[int, bool]:
        if one.kind == "match":
            return 1, True
        if one.kind == "char":
            if position == len(self.text) or not _holds(one.ranges, self.text[position]):
                return 1, False
            return 1 + self.later_costs[one.targets[0]], self.later_wins[one.targets[0]]
        if one.kind == "split":
            return self._split(one)
        if one.kind == "look":
            body, following = one.targets
            passes = self.wins[body] != one.negative or self.program.has_groups_again
            cost = 1 + self.costs[body] + (self.costs[following] if passes else 0)
            return cost, passes and self.wins[following]
        if one.kind == "back":
            return 1 + len(self.text) + max(self.worst[one.targets[0]], self.costs[one.targets[0]]), False
        stands = _stands(one.mark, self.text, position)
        return 1 + self.costs[one.targets[0]] * stands, stands and self.wins[one.targets[0]]

    def _split(self, one: Instruction) -> tuple[int, bool]:
        """Branches up to the first that leads to a match."""
        cost = 1
        for target in one.targets:
            cost += self.costs[target]
            if self.wins[target]:
                return cost, True
        return cost, False


@lru_cache(maxsize=16_384)
def _holds(ranges: Ranges, char: str) -> bool:
    code = ord(char)
    return any(low <= code <= high for low, high in ranges)


def _stands(mark: str, text: str, position: int) -> bool:
    if mark == "^":
        return position == 0
    if mark == "$":
        return position == len(text)
    before = position > 0 and text[position - 1] in _WORD
    after = position < len(text) and text[position] in _WORD
    return (before != after) == (mark == "b")
