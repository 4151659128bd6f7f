"""Few combinations that bring every two answers to different questions together: pairwise testing."""

import random
from collections.abc import Iterator, Mapping, Sequence

Choice = dict[str, int]
Needs = Mapping[str, Choice]
Pair = tuple[str, int, str, int]
TRIES = 8
NO_NEEDS: Needs = {}


def pairwise(counts: Mapping[str, int], chance: random.Random, needs: Needs = NO_NEEDS) -> Iterator[Choice]:
    """Combinations, each the number of an answer for every question; `counts` are how many answers each one has.

    `needs` are answers to others without which a question is not asked; its answers count only together with them.
    Greedy: each combination starts from a pair that is open yet and takes in as many others as a few tries find.
    """
    search = _Search([name for name, count in counts.items() if count > 1], counts, chance, needs)
    while search.still_open:
        best = search.combination()
        if best is not None:
            yield best


class _Search:
    def __init__(self, names: Sequence[str], counts: Mapping[str, int], chance: random.Random, needs: Needs) -> None:
        self.names, self.counts, self.chance = names, counts, chance
        self.needs = {
            name: {other: one for other, one in needs.get(name, {}).items() if other in names} for name in names
        }
        self.place = {name: number for number, name in enumerate(names)}
        self.still_open = dict.fromkeys(self._pairs())

    def _pairs(self) -> Iterator[Pair]:
        for name, other in ((one, two) for place, one in enumerate(self.names) for two in self.names[place + 1 :]):
            for one in range(self.counts[name]):
                yield from ((name, one, other, two) for two in range(self.counts[other]))

    def combination(self) -> Choice | None:
        """The next combination; None when the pair that it should start from cannot be had."""
        first = next(iter(self.still_open))
        start = self._start(first)
        if start is None:
            del self.still_open[first]
            return None
        best = max((self._filled(start) for _ in range(TRIES)), key=lambda one: one[0])[1]
        for pair in self._met(best):
            self.still_open.pop(pair, None)
        self.still_open.pop(first, None)
        return best

    def _start(self, pair: Pair) -> Choice | None:
        """A pair of answers with what both questions need; None where that contradicts itself."""
        name, one, other, two = pair
        found = {**self.needs[name], **self.needs[other], name: one, other: two}
        wanted = (*self.needs[name].items(), *self.needs[other].items())
        return found if all(found[need] == value for need, value in wanted) else None

    def _filled(self, start: Choice) -> tuple[int, Choice]:
        """The start with an answer to all other questions, and how many open pairs it has."""
        choice = dict(start)
        order = [name for name in self.names if name not in choice]
        self.chance.shuffle(order)
        for name in order:
            gains = [
                (self._gain(name, value, choice), self.chance.random(), value) for value in range(self.counts[name])
            ]
            choice[name] = max(gains)[2]
        return sum(pair in self.still_open for pair in self._met(choice)), choice

    def _gain(self, name: str, value: int, choice: Choice) -> int:
        return sum(self._pair(name, value, other, two) in self.still_open for other, two in choice.items())

    def _pair(self, name: str, value: int, other: str, two: int) -> Pair:
        is_first = self.place[name] < self.place[other]
        return (name, value, other, two) if is_first else (other, two, name, value)

    def _met(self, choice: Choice) -> Iterator[Pair]:
        """The pairs of a combination whose questions are asked."""
        asked = [name for name in self.names if all(choice[other] == one for other, one in self.needs[name].items())]
        for place, name in enumerate(asked):
            yield from ((name, choice[name], other, choice[other]) for other in asked[place + 1 :])
