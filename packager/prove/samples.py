"""Texts that a pattern fits: the shortest, a long one, and some between, to try a form's text boxes with."""

import random
from collections.abc import Iterator

from packager.expressions.errors import ExpressionError
from packager.ui.patternreader import Chars, Choice, Look, Mark, Part, Ranges, Sequence, read_pattern
from packager.ui.patterns import is_catastrophic, matches, pattern_problem

# Repetitions without an end, and those of thousands, are tried up to so many rounds.
MOST_ROUNDS = 80
MOST_CHARACTERS = 300
# How far each try goes from the least to the most rounds: what looks ahead may allow only a small part of that.
LENGTHS = (0.0, 0.03, 0.08, 0.2, 0.5, 1.0)
# Characters that people type come first, in this order.
USUAL = "a1bA-_.@ "
SPECIAL = "!#%+=?"


def texts_for(pattern: str, chance: random.Random) -> list[str]:
    """A shortest, a middling and a long text that fit the pattern, as far as they are found and differ.

    None for a pattern that JavaScript does not take or that would run on.
    """
    if pattern_problem(pattern) is not None or is_catastrophic(pattern):
        return []
    part = read_pattern(pattern)
    makers = [_Maker(chance, length) for length in LENGTHS]
    made = sorted({text for maker in makers for text in _made(maker, part)}, key=lambda text: (len(text), text))
    middle = len(made) // 2
    # Each is looked for from its end, so that few are matched: that takes time where a pattern has many loops.
    orders = (made, sorted(made, key=lambda text: abs(len(text) - len(made[middle]))), made[::-1])
    found = (next((text for text in order if _fits(pattern, text)), None) for order in orders)
    return list(dict.fromkeys(text for text in found if text is not None))


def _fits(pattern: str, text: str) -> bool:
    try:
        return matches(pattern, text)
    except ExpressionError:
        return False


def _made(maker: "_Maker", part: Part) -> Iterator[str]:
    text = maker.text(part)
    yield text[:MOST_CHARACTERS]
    # What must come next, or must not, is left to luck: a text with a character of every kind has the best chance.
    yield (text + "aA1!")[:MOST_CHARACTERS]
    yield ("aA1!" + text)[:MOST_CHARACTERS]


class _Maker:
    """Makes texts; `length` says where between the least and the most rounds a repetition stops, from 0 to 1."""

    def __init__(self, chance: random.Random, length: float) -> None:
        self._chance = chance
        self._length = length
        self._room = MOST_CHARACTERS

    def text(self, part: Part) -> str:
        """A text that the part consumes; what only looks ahead or behind consumes nothing."""
        if self._room <= 0 or isinstance(part, Mark | Look):
            return ""
        if isinstance(part, Chars):
            self._room -= 1
            return self._character(part.ranges)
        if isinstance(part, Sequence):
            return "".join(map(self.text, part.items))
        if isinstance(part, Choice):
            return self.text(self._chance.choice(part.options) if self._length else part.options[0])
        most = part.least + MOST_ROUNDS if part.most is None else min(part.most, part.least + MOST_ROUNDS)
        rounds = part.least + round((most - part.least) * self._length)
        return "".join(self.text(part.part) for _ in range(min(rounds, self._room)))

    def _character(self, ranges: Ranges) -> str:
        usual = [one for one in USUAL + SPECIAL if any(low <= ord(one) <= high for low, high in ranges)]
        if usual:
            return usual[0] if not self._length else self._chance.choice(usual)
        return chr(ranges[0][0]) if ranges else ""
