"""What reading a text gives: a value or a problem, and the deviations from the strict format on the way."""

from typing import Any, Final, NamedTuple, final

from packager.source.span import Span


@final
class Absent:
    """The type of ABSENT, which stands where there is no value; falsy, one in a process, also after pickling."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "ABSENT"

    def __reduce__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()


class Deviation(NamedTuple):
    """Something that was read although the strict format refuses it, or that readers disagree about.

    `kind` is one of: comment, misplaced-comment, trailing-comma, missing-value, single-quotes, unquoted-name,
    control-character, escape, lone-surrogate, white-space, byte-order-mark, number, long-integer, literal,
    empty-name, duplicate-key, case-duplicate-key.
    """

    kind: str
    span: Span
    message: str


class Notes:
    """Collects deviations up to a limit, beyond which they are forgotten: hostile text can have millions."""

    __slots__ = ("_limit", "found")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.found: list[Deviation] = []

    def add(self, kind: str, start: int, end: int, message: str) -> None:
        """Remember a deviation at `[start, end)`."""
        if not self.full():
            self.found.append(Deviation(kind, Span(start, end), message))

    def full(self) -> bool:
        """Whether nothing more is remembered."""
        return len(self.found) >= self._limit

    def in_order(self) -> tuple[Deviation, ...]:
        """The deviations in order of place."""
        return tuple(sorted(self.found, key=lambda deviation: deviation.span.start))


class SyntaxProblem(NamedTuple):
    """Why a text cannot be read: what was expected, where, and a guess at the cause."""

    message: str
    span: Span
    hint: str | None = None


class Reading(NamedTuple):
    """The value of a text (ABSENT when there is a problem) and its deviations in order of place.

    `is_plain` tells that it is strict JSON, read by the standard reader.
    """

    value: Any
    problem: SyntaxProblem | None
    deviations: tuple[Deviation, ...]
    is_plain: bool = False


def refused(problem: SyntaxProblem, deviations: tuple[Deviation, ...] = ()) -> Reading:
    """The reading of a text that cannot be read."""
    return Reading(ABSENT, problem, deviations)
