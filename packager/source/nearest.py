"""Spelling suggestions: the known word that a mistyped one most probably stands for."""

from collections.abc import Callable, Collection, Iterable

# Comparing is quadratic in the length of the words; nobody mistypes a name this long.
_LONGEST = 100


def nearest(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """The known word closest to `word`, ignoring case; None when none is as `alike` as that, from 0 to 1."""
    return next(iter(nearest_ones(word, known, alike, 1)), None)


def nearest_ones(word: str, known: Iterable[str], alike: float = 0.6, most: int = 3) -> list[str]:
    """The known words closest to `word`, the closest first."""
    # difflib costs a millisecond that only a wrong word should pay.
    from difflib import SequenceMatcher

    if len(word) > _LONGEST:
        return []
    by_folded: dict[str, str] = {}
    for candidate in sorted(known):  # sets have another order in every run
        by_folded.setdefault(candidate.casefold(), candidate)
    wanted = word.casefold()
    matcher: SequenceMatcher[str] = SequenceMatcher()
    matcher.set_seq2(wanted)
    found: list[tuple[float, str]] = []
    # What begins alike comes first: the closer the best so far are, the fewer others need a long look.
    for candidate in sorted(by_folded, key=lambda one: one[:3] != wanted[:3]):
        matcher.set_seq1(candidate)
        least = found[-1][0] if len(found) == most else alike
        if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least:
            found = sorted([*found, (matcher.ratio(), candidate)], reverse=True)[:most]
    return [by_folded[one] for _, one in found]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A suggestion to put behind a message: `; did you mean 'x'?`, or nothing."""
    found = nearest(word, known)
    return f"; did you mean '{found}'?" if found is not None else ""


def suggester(known: Collection[str], most: int = 100) -> Callable[[str], str]:
    """`did_you_mean` among the same words, for the first `most` only: thousands would take minutes."""
    left = iter(range(most))
    return lambda word: did_you_mean(word, known) if next(left, None) is not None else ""
