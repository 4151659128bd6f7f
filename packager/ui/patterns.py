"""Patterns of the form as the portal's JavaScript takes them: without flags, in the lenient grammar of browsers."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from packager.expressions.errors import INVALID_PATTERN, LIMIT, ExpressionError
from packager.ui.backtracking import steps
from packager.ui.patternprogram import Program, compile_pattern, ways
from packager.ui.patternreader import Part, read_pattern
from packager.ui.reach import fits, has_nested_repeats, has_references

# The compiler's time grows with the square of the number of alternatives; forms hold patterns of a line.
MAX_LENGTH = 2_000
# What a field of a form may hold is far shorter.
MAX_TEXT = 100_000
# About a tenth of a second.
MAX_STEPS = 2_000_000
# Instructions times characters: counting them takes a second.
MAX_COUNTED = 500_000
# Attacks on a loop: so many rounds of one or two characters, then one that does not fit.
_ROUNDS = 28
_TOO_MANY = 100_000
# Four repetitions after each other, each over a text that only it can take so.
_FEW_WAYS = _ROUNDS**4
_FEWEST_ATTACKS = 6
_MOST_VISITS = 10_000
_MOST_CHARACTERS = 5


@lru_cache(maxsize=1024)
def pattern_problem(pattern: str) -> str | None:
    """Why JavaScript refuses the pattern; None when it takes it, or when it is too long to be judged.

    The pattern is only compiled, never run. Characters beyond U+FFFF count as one here, as two in a browser.
    """
    if len(pattern) > MAX_LENGTH:
        return None
    import regress  # 2 ms that only a form with a pattern needs

    try:
        regress.Regex(pattern)
    except regress.RegressError as error:
        return str(error).rstrip(".")
    return None


@lru_cache(maxsize=4096)
def matches(pattern: str, text: str) -> bool:
    """Whether a pattern fits a part of a text.

    Raises ExpressionError for what is no pattern, and for one that would take too many steps: these are counted before.
    """
    problem = pattern_problem(pattern)
    if problem is not None:
        raise ExpressionError(INVALID_PATTERN, f"JavaScript does not take the pattern '{pattern[:80]}': {problem}")
    if len(pattern) > MAX_LENGTH or len(text) > MAX_TEXT:
        raise ExpressionError(LIMIT, f"a pattern of up to {MAX_LENGTH:,} characters is tried on up to {MAX_TEXT:,}")
    nested = None if is_catastrophic(pattern) else _nested(pattern)
    if nested is None or (not nested and _takes_long(compile_pattern(pattern), text)):
        hint = "let no two repetitions take the same text"
        raise ExpressionError(LIMIT, f"trying the pattern '{pattern[:80]}' takes too long", None, hint)
    if nested:
        return fits(nested[0], text)
    import regress  # as above

    return regress.Regex(pattern).find(text) is not None


@lru_cache(maxsize=1024)
def _nested(pattern: str) -> tuple[Part, ...]:
    """The tree of a pattern with repetitions inside each other; empty for one that has none, or refers to groups.

    For these the matcher of `regress` takes exponential time where the ones of browsers take little: with the usual
    pattern of a host name, each character of a label doubles it.
    """
    part = read_pattern(pattern)
    return (part,) if has_nested_repeats(part) and not has_references(part) else ()


def _takes_long(program: Program, text: str) -> bool:
    """Whether there are too many steps; counting them is spared where instructions and text are few."""
    cubed = len(program.instructions) * (len(text) + 1) ** 2
    if len(program.loops) <= 1 and cubed < MAX_STEPS:
        return False
    if len(program.instructions) * len(text) > MAX_COUNTED:
        return True
    return steps(program, text) > MAX_STEPS


@lru_cache(maxsize=1024)
def is_catastrophic(pattern: str) -> bool:
    """Whether a short text can make the pattern run for ever; so is taken what cannot be judged.

    Tries texts of one or two characters over and over on each repetition inside or beside another.
    """
    if len(pattern) > MAX_LENGTH or pattern_problem(pattern) is not None:
        return False
    program = compile_pattern(pattern)
    if not program.judged:
        return True
    if ways(read_pattern(pattern), _ROUNDS) <= _FEW_WAYS:
        return False
    starts = (program.start, *program.loops)
    most = max(_FEWEST_ATTACKS, _MOST_VISITS // len(program.instructions))
    return any(steps(program, attack, starts) > _TOO_MANY for attack in islice(_attacks(program), most))


def _attacks(program: Program) -> Iterator[str]:
    """Texts that try the loops: rounds of characters that the pattern knows, and an end that does not fit."""
    known, outside = _characters(program)
    rounds = [*known, *("".join(pair) for pair in product(known, repeat=2) if pair[0] != pair[1])]
    for one, end in product(rounds, outside):
        yield one * _ROUNDS + end


def _characters(program: Program) -> tuple[list[str], list[str]]:
    """A few characters that the sets of the pattern tell apart, and a few that large sets do not hold."""
    known: dict[str, None] = {}
    outside = {"\n\0": None}
    for one in program.instructions:
        for low, high in one.ranges[:2]:
            known.setdefault(chr(max(low, min(ord("a"), high))))
        if one.ranges and one.ranges[0][0] == 0:
            outside.setdefault(chr(one.ranges[0][1] + 1))
    return list(known)[:_MOST_CHARACTERS], list(outside)[:3]
