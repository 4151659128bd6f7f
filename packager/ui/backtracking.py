"""How many steps a backtracking matcher takes: for one text exactly, before it runs, and at worst for a pattern.

A pattern becomes a graph of small instructions. The steps from each instruction at each position of the text are
counted once, from the end of the text backwards, so counting takes time in proportion to pattern and text even where
matching would take for ever.
"""

import math
from functools import lru_cache
from typing import Literal as OneOf
from typing import NamedTuple

from packager.ui.patternreader import Chars, Choice, Look, Mark, Part, Ranges, Repeat, Sequence, read_pattern

# More steps are not counted: it is far too many.
ENDLESS = 10**12
# Copies that a counted repetition is written out to; larger ones count as endless, which is more work, never less.
_MAX_COPIES = 64
_MAX_INSTRUCTIONS = 2_000
_WORD = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
Kind = OneOf["match", "char", "split", "look", "mark", "back"]


class Instruction(NamedTuple):
    """`targets` are the instructions that come next, in the order in which they are tried; of `look` the body first."""

    kind: Kind
    targets: tuple[int, ...] = ()
    ranges: Ranges = ()
    mark: str = ""
    negative: bool = False


class Program(NamedTuple):
    """The instructions of a pattern; `order` puts what is reached without reading behind what it is reached from.

    `loops` are the splits that can come again, `heads` those of them whose round can be empty. A program that is not
    `judged` cannot be counted, and is not run.
    """

    instructions: list[Instruction]
    start: int
    order: list[int]
    rank: dict[int, int]
    heads: frozenset[int]
    loops: list[int]
    judged: bool
    has_groups_again: bool


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str) -> Program:
    """The program of a pattern that JavaScript takes."""
    writer = _Writer()
    try:
        end = writer.add(Instruction("match"))
        start = writer.write(read_pattern(pattern), end)
    except RecursionError:
        writer.judged = False
        start = 0
    order = _order(writer.instructions, start)
    rank = {place: number for number, place in enumerate(order)}
    heads = _heads(writer.instructions, rank)
    return Program(writer.instructions, start, order, rank, heads, writer.loops, writer.judged, writer.has_back)


class _Writer:
    """Writes instructions from the end of the pattern to its start, each knowing what comes next."""

    def __init__(self) -> None:
        self.instructions: list[Instruction] = []
        self.loops: list[int] = []
        self.judged = True
        self.has_back = False

    def add(self, instruction: Instruction) -> int:
        self.instructions.append(instruction)
        if len(self.instructions) > _MAX_INSTRUCTIONS:
            self.judged = False
        return len(self.instructions) - 1

    def write(self, part: Part, following: int) -> int:
        """The first instruction of a part that goes on with `following`."""
        if not self.judged:
            return following
        match part:
            case Chars():
                return self.add(Instruction("char", (following,), part.ranges))
            case Mark("back"):
                self.has_back = True
                return self.add(Instruction("back", (following,)))
            case Mark():
                return self.add(Instruction("mark", (following,), mark=part.kind))
            case Sequence():
                for item in reversed(part.items):
                    following = self.write(item, following)
                return following
            case Choice():
                return self.add(Instruction("split", tuple(self.write(one, following) for one in part.options)))
            case Look():
                return self._look(part, following)
            case Repeat():
                return self._repeat(part, following)

    def _look(self, part: Look, following: int) -> int:
        # What looks behind reads backwards; only what has one length or few is counted, all else is not judged.
        if part.behind and _has_loop(part.part):
            self.judged = False
        body = self.write(part.part, self.add(Instruction("match")))
        if part.behind:
            return following
        return self.add(Instruction("look", (body, following), negative=part.negative))

    def _repeat(self, part: Repeat, following: int) -> int:
        size = _size(part.part)
        copies = part.least if part.most is None else part.most
        if part.most is None and copies * size <= _MAX_COPIES:
            return self._times(part, self._loop(part, following), 0)
        if part.most is not None and copies * size <= _MAX_COPIES:
            return self._times(part, following, part.most - part.least)
        # What is empty can be so in any of the copies; where nothing follows, that does no harm.
        if _can_be_empty(part.part) and copies > 1 and self.instructions[following].kind != "match":
            self.judged = False
        return self._loop(part, following)

    def _times(self, part: Repeat, following: int, optional: int) -> int:
        """`least` copies, then so many that can be left out, each inside the one before."""
        end = following
        for _ in range(optional):
            inner = self.write(part.part, following)
            following = self.add(Instruction("split", (end, inner) if part.lazy else (inner, end)))
        for _ in range(part.least):
            following = self.write(part.part, following)
        return following

    def _loop(self, part: Repeat, following: int) -> int:
        place = self.add(Instruction("split"))
        self.loops.append(place)
        inner = self.write(part.part, place)
        targets = (following, inner) if part.lazy else (inner, following)
        self.instructions[place] = Instruction("split", targets)
        return place


def _size(part: Part) -> int:
    """About how many instructions one copy takes."""
    match part:
        case Sequence():
            return sum(map(_size, part.items))
        case Choice():
            return 1 + sum(map(_size, part.options))
        case Repeat():
            return 1 + _size(part.part) * max(1, part.least, part.most or 1)
        case Look():
            return 2 + _size(part.part)
    return 1


def ways(part: Part, rounds: int) -> float:
    """In how many ways a part can take a text, at most, when nothing is repeated more often than so many rounds.

    Endless where a repetition takes a text that has several ways itself.
    """
    match part:
        case Sequence():
            return math.prod(ways(one, rounds) for one in part.items)
        case Choice():
            return sum(ways(one, rounds) for one in part.options)
        case Repeat():
            return _repeated_ways(part, rounds)
        case Look():
            # It is decided once and for all, so its ways do not multiply those of the rest.
            inside = ways(part.part, rounds)
            return inside if inside == math.inf else 1
    return 1


def _repeated_ways(part: Repeat, rounds: int) -> float:
    inside = ways(part.part, rounds)
    if inside == 1 and not _can_be_empty(part.part):
        return rounds if part.most is None else min(rounds, part.most - part.least + 1)
    if part.most is None or part.most > rounds:
        return math.inf
    return sum(inside**count for count in range(part.least, part.most + 1))


def _can_be_empty(part: Part) -> bool:
    match part:
        case Chars():
            return False
        case Sequence():
            return all(map(_can_be_empty, part.items))
        case Choice():
            return any(map(_can_be_empty, part.options))
        case Repeat():
            return part.least == 0 or _can_be_empty(part.part)
    return True


def _has_loop(part: Part) -> bool:
    match part:
        case Sequence():
            return any(map(_has_loop, part.items))
        case Choice():
            return any(map(_has_loop, part.options))
        case Repeat():
            return part.most is None or part.most > 16 or _has_loop(part.part)
        case Look():
            return _has_loop(part.part)
    return isinstance(part, Mark) and part.kind == "back"


def _order(instructions: list[Instruction], start: int) -> list[int]:
    """Instructions with those first that others reach without reading a character; a loop without one is cut."""
    order: list[int] = []
    seen: set[int] = set()
    for root in (start, *range(len(instructions))):
        stack = [(root, False)]
        while stack:
            place, done = stack.pop()
            if done:
                order.append(place)
            elif place not in seen:
                seen.add(place)
                stack.append((place, True))
                if instructions[place].kind != "char":
                    stack += [(target, False) for target in instructions[place].targets]
    return order


def _heads(instructions: list[Instruction], rank: dict[int, int]) -> frozenset[int]:
    """What is reached without reading from instructions that stand before it in the order."""
    return frozenset(
        target
        for place, one in enumerate(instructions)
        if one.kind != "char"
        for target in one.targets
        if rank[target] >= rank[place]
    )


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
