"""Matches a pattern by the set of places that each part of it can reach, never trying one place twice.

A backtracking matcher tries one way after the other, and a repetition inside a repetition can make it try for ever.
Here the time is bounded by the size of the pattern times the length of the text, whatever the pattern is. Only whether
a pattern fits is told; what a group has matched is not known, so references to groups cannot be judged.
"""

from collections.abc import Set as AbstractSet
from functools import lru_cache

from packager.ui.patternreader import Chars, Choice, Look, Mark, Part, Ranges, Repeat, Sequence

_WORD = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")


def has_nested_repeats(part: Part, *, inside: bool = False) -> bool:
    """Whether a repetition stands inside another one, or the pattern holds one that is repeated."""
    match part:
        case Sequence():
            return any(has_nested_repeats(one, inside=inside) for one in part.items)
        case Choice():
            return any(has_nested_repeats(one, inside=inside) for one in part.options)
        case Look():
            return has_nested_repeats(part.part, inside=inside)
        case Repeat():
            is_loop = part.most != part.least
            return (inside and is_loop) or has_nested_repeats(
                part.part, inside=inside or part.most != 1 or part.least != 1
            )
    return False


def has_references(part: Part) -> bool:
    """Whether the pattern refers to what a group has matched."""
    match part:
        case Sequence():
            return any(map(has_references, part.items))
        case Choice():
            return any(map(has_references, part.options))
        case Repeat() | Look():
            return has_references(part.part)
    return isinstance(part, Mark) and part.kind == "back"


def fits(part: Part, text: str) -> bool:
    """Whether the pattern matches somewhere in the text; it must not refer to groups."""
    return bool(_Reach(text).after(part, frozenset(range(len(text) + 1))))


class _Reach:
    def __init__(self, text: str) -> None:
        self.text = text

    def after(self, part: Part, places: AbstractSet[int]) -> AbstractSet[int]:
        """Every place where a match of the part that begins at one of these can end."""
        if not places:
            return places
        match part:
            case Chars():
                return self._characters(part.ranges, places)
            case Sequence():
                for item in part.items:
                    places = self.after(item, places)
                return places
            case Choice():
                return frozenset().union(*(self.after(one, places) for one in part.options))
            case Repeat():
                return self._repeated(part, places)
            case Look():
                return frozenset(place for place in places if self._sees(part, place) != part.negative)
            case Mark():
                return frozenset(place for place in places if self._stands(part.kind, place))

    def _characters(self, ranges: Ranges, places: AbstractSet[int]) -> AbstractSet[int]:
        text, end = self.text, len(self.text)
        return frozenset(place + 1 for place in places if place < end and _holds(ranges, text[place]))

    def _repeated(self, part: Repeat, places: AbstractSet[int]) -> AbstractSet[int]:
        """Rounds until no new place is reached, or there may be no more of them."""
        for _ in range(part.least):
            following = self.after(part.part, places)
            if following == places:
                break  # a round that changes nothing changes nothing the next time
            places = following
        reached, new, rounds = set(places), places, part.least
        while new and (part.most is None or rounds < part.most):
            new = frozenset(self.after(part.part, new) - reached)
            reached |= new
            rounds += 1
        return frozenset(reached)

    def _sees(self, look: Look, place: int) -> bool:
        if not look.behind:
            return bool(self.after(look.part, frozenset({place})))
        return any(place in self.after(look.part, frozenset({start})) for start in range(place, -1, -1))

    def _stands(self, mark: str, place: int) -> bool:
        if mark == "^":
            return place == 0
        if mark == "$":
            return place == len(self.text)
        before = place > 0 and self.text[place - 1] in _WORD
        after = place < len(self.text) and self.text[place] in _WORD
        return (before != after) == (mark == "b")


@lru_cache(maxsize=16_384)
def _holds(ranges: Ranges, char: str) -> bool:
    code = ord(char)
    return any(low <= code <= high for low, high in ranges)
