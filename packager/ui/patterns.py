"""Patterns of the form as the portal's JavaScript takes them: without flags, in the lenient grammar of browsers."""

from functools import lru_cache

# The compiler's time grows with the square of the number of alternatives; forms hold patterns of a line.
MAX_LENGTH = 2_000


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
