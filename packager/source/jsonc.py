"""JSON, also with comments and the other liberties that Azure's readers allow, as plain Python values.

Two paths. `read` uses the standard reader where the text is plain, and the positioned one only where it is not;
`plain_positions` and `read_positions` find spans when something must be reported.
"""

import gc
import json
import math
from typing import TYPE_CHECKING, Any

from packager.source.exact import LONG_INTEGER, exact_float, exact_integer
from packager.source.folding import folded
from packager.source.lazy import lazy_pattern
from packager.source.limits import LIMITS, Limits
from packager.source.reading import ABSENT, Deviation, Reading, SyntaxProblem, refused
from packager.source.span import Span

if TYPE_CHECKING:
    from packager.source.plainpositions import PlainPositions
    from packager.source.positions import Positions

__all__ = [
    "ABSENT",
    "Deviation",
    "Reading",
    "SyntaxProblem",
    "plain_positions",
    "read",
    "read_leniently",
    "read_positions",
]

_SURROGATE_ESCAPE = lazy_pattern(r"\\u[dD][89a-fA-F]")


class _IrregularError(ValueError):
    """Something that the standard reader takes without a word and that must be remembered with its place."""


def read(text: str, *, limits: Limits = LIMITS) -> Reading:
    """The value of JSON text with its deviations, or the problem that keeps it from being read."""
    if len(text) > limits.bytes:
        return refused(SyntaxProblem(f"the file has more than {limits.bytes:,} bytes, which is the limit", Span(0, 0)))
    if "\0" in text:
        start = text.index("\0")
        return refused(SyntaxProblem("the file has a NUL character", Span(start, start + 1), "is it a binary file?"))
    value = _read_plainly(text, limits)
    return read_leniently(text, limits) if value is ABSENT else Reading(value, None, (), is_plain=True)


def read_leniently(text: str, limits: Limits) -> Reading:
    """What the positioned reader makes of a text, whatever its size."""
    # The patterns of the positioned reader take milliseconds to compile, and most runs read plain JSON only.
    from packager.source.scanner import Scanner
    from packager.source.values import build

    scanner = Scanner(text, limits)
    if scanner.problem is not None:
        return refused(scanner.problem, scanner.notes.in_order())
    value = build(scanner.layout, scanner.notes)
    return Reading(value, None, scanner.notes.in_order())


def read_positions(text: str, limits: Limits = LIMITS) -> "Positions":
    """Spans of every name and value; of text with a problem, as far as it could be read."""
    from packager.source.positions import Positions  # costs start-up, see `read_leniently`
    from packager.source.scanner import Scanner

    return Positions(Scanner(text, limits).layout)


def plain_positions(text: str) -> "PlainPositions":
    """The same of a text whose reading `is_plain`, looked for one by one."""
    from packager.source.plainpositions import PlainPositions  # only where something is reported

    return PlainPositions(text)


def _read_plainly(text: str, limits: Limits) -> Any:
    """The value of strict JSON without anything to remember; ABSENT otherwise."""
    names: set[str] = set()
    objects: list[dict[str, Any]] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise _IrregularError("duplicate name")
        names.update(found)
        objects.append(found)
        return found

    try:
        value = json.loads(
            text, object_pairs_hook=members, parse_float=_float, parse_int=_integer, parse_constant=_constant
        )
    except (ValueError, RecursionError):
        return ABSENT
    plain = "" not in names and not _has_twins(objects, names) and not _is_deeper(value, limits.depth)
    return value if plain and not _has_lone_surrogate(text, value) else ABSENT


def _has_lone_surrogate(text: str, value: Any) -> bool:
    """Whether an escape stands for half a character, which no file can hold."""
    # One character is searched far faster than two, and a pattern is slower still.
    if not ("\\" in text and "\\u" in text and _SURROGATE_ESCAPE.search(text)):
        return False
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _float(text: str) -> float:
    value = exact_float(text)
    if math.isinf(value):
        raise _IrregularError(text)
    return value


def _integer(text: str) -> int:
    if len(text) > LONG_INTEGER:
        raise _IrregularError("long integer")
    return exact_integer(text)


def _constant(text: str) -> float:
    raise _IrregularError(text)


def _has_twins(objects: list[dict[str, Any]], names: set[str]) -> bool:
    """Whether an object has names that differ only in case; `names` are those of all objects."""
    spellings: dict[str, list[str]] = {}
    for name in names:
        spellings.setdefault(folded(name), []).append(name)
    if len(spellings) == len(names):
        return False
    suspects = {name for group in spellings.values() if len(group) > 1 for name in group}
    return any(
        len({folded(name) for name in found}) != len(found)
        for found in map(suspects.intersection, objects)
        if len(found) > 1
    )


def _is_deeper(value: Any, limit: int) -> bool:
    """Whether `value` may be nested more than `limit` levels: True only sends the text to the reader that counts.

    The garbage collector finds the containers in containers six times faster than a loop over all values. It does not
    track objects that hold plain values only, so one level may be missing from its count.
    """
    level = [value]
    for _ in range(limit - 1):
        tracked = filter(gc.is_tracked, gc.get_referents(*level))
        level = [item for item in tracked if type(item) is dict or type(item) is list]
        if not level:
            return False
    return True
