"""A pattern as a graph of small instructions, and in how many ways a part of it can take a text."""

import math
from functools import lru_cache
from typing import Literal as OneOf
from typing import NamedTuple

from packager.ui.patternreader import Chars, Choice, Look, Mark, Part, Ranges, Repeat, Sequence, read_pattern

# Copies that a counted repetition is written out to; larger ones count as endless, which is more work, never less.
_MAX_COPIES = 64
_MAX_INSTRUCTIONS = 2_000
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
