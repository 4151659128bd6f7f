"""What arm-ttk reads from a document: PowerShell 7's ConvertFrom-Json, which is Newtonsoft.Json plus a few rules."""

import datetime
import re
from typing import Any, NamedTuple

from packager.source.document import Document
from packager.source.jsonc import read_leniently
from packager.source.lazy import lazy_pattern
from packager.source.limits import LIMITS
from packager.source.reading import Reading

# Newtonsoft takes 1024 levels as PowerShell calls it; comments before a colon and long integers are its own refusals,
# names that are empty or alike but for case are PowerShell's.
_LIMITS = LIMITS._replace(depth=1024)
REFUSED_DEVIATIONS = frozenset({"misplaced-comment", "long-integer", "empty-name", "case-duplicate-key"})
# Newtonsoft.Json takes a string for a date when it has this form (DateTimeUtils.TryParseDateTime, ISO part).
_DATE = lazy_pattern(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?(?:Z|[+-]\d\d:?\d\d|)", re.IGNORECASE | re.ASCII
)
_YEAR = lazy_pattern(r"""["']\d{4}""")
# Looked for first: a pattern that begins with one certain character is found fast.
_MONTH_AND_DAY = lazy_pattern(r"-\d\d-\d\d[Tt]")
_TIME_MARKS = frozenset("Tt")


class Date(NamedTuple):
    """A string of the form of an ISO date-time, which arm-ttk's reader makes a date: no check takes it for text."""

    text: str

    @property
    def shown(self) -> str:
        """How PowerShell writes it in a text (invariant culture)."""
        found = _DATE.fullmatch(self.text)
        year, month, day, hour, minute, second = found.groups()[:6] if found else ("",) * 6
        return f"{month}/{day}/{year} {hour}:{minute}:{second}"


def arm_ttk_readable(document: Document) -> bool:
    """Whether arm-ttk's reader takes the text; what it makes of the value, an empty list say, is another question."""
    return _is_accepted(_reading(document))


def arm_ttk_value(document: Document) -> Any:
    """The value as arm-ttk has it, with `Date`s; None where it reads nothing.

    Equal to `document.value` at most documents, and then the very same object. A document beyond the limits of this
    tool has no value here, although arm-ttk may read it.
    """
    if document.problem is not None or not _is_accepted(document.reading):
        return None
    return _with_dates(document.value) if _may_hold_date(document.text) else document.value


def arm_ttk_text_value(text: str) -> Any:
    """The same for a text that is no document: a template with its inner templates cut out, say."""
    return arm_ttk_value(Document.from_text("text.json", text))


def _reading(document: Document) -> Reading:
    reading = document.reading
    if reading.problem is not None:
        # The problem may be one of limits or encoding only; arm-ttk's reader has wider ones.
        reading = read_leniently(document.text, _LIMITS)
    return reading


def _is_accepted(reading: Reading) -> bool:
    return reading.problem is None and not any(found.kind in REFUSED_DEVIATIONS for found in reading.deviations)


def _may_hold_date(text: str) -> bool:
    return any(_YEAR.fullmatch(text, found.start() - 5, found.start()) for found in _MONTH_AND_DAY.finditer(text))


def _with_dates(value: Any) -> Any:
    """The value with `Date`s; where there is none it stays the very same object."""
    if isinstance(value, str):
        return Date(value) if _is_date(value) else value
    if not isinstance(value, dict | list):
        return value
    # Loops instead of comprehensions: one frame a level keeps the deepest document within Python's own limit.
    changed: dict[Any, Any] = {}
    for step, item in value.items() if isinstance(value, dict) else enumerate(value):
        kind = type(item)
        if kind is dict or kind is list or (kind is str and item[10:11] in _TIME_MARKS):
            made = _with_dates(item)
            if made is not item:
                changed[step] = made
    if not changed:
        return value
    if isinstance(value, dict):
        return {**value, **changed}
    return [changed.get(position, item) for position, item in enumerate(value)]


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if found is None:
        return False
    try:
        datetime.datetime.fromisoformat(text[:19])
    except ValueError:
        return False
    return True
