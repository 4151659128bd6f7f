"""Points in time as JavaScript's Date reads and writes them, in milliseconds since 1970."""

import re
from typing import NamedTuple

from packager.expressions.errors import INVALID_DATE, ExpressionError
from packager.source.lazy import lazy_pattern

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
# A Date holds a hundred million days before and after 1970.
_MOST = 100_000_000 * DAY
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TIME = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,9}))?)?"
_ISO = lazy_pattern(
    r"(?P<year>[0-9]{4}|[+-][0-9]{6})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    rf"(?:[T ]{_TIME}(?P<zone>Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)?",
    re.ASCII,
)
# What a DatePicker puts out: Fri Aug 05 2022 00:00:00 GMT-0700 (Pacific Daylight Time).
_WRITTEN = lazy_pattern(
    rf"[A-Z][a-z]{{2}},? (?P<name>{'|'.join(_MONTHS)}) (?P<day>[0-9]{{1,2}}) (?P<year>[0-9]{{4}})"
    rf"(?: {_TIME}(?: (?:GMT|UTC)(?P<zone>[+-][0-9]{{4}})?(?: \([^()]*\))?)?)?"
)
_MOST_CHARACTERS = 200


class Moment(NamedTuple):
    """A point in time, and what the clock there showed, both in milliseconds since 1970."""

    instant: int
    local: int


def read_time(text: str) -> Moment:
    """The time that a text stands for; without a zone it is UTC. Raises ExpressionError for what is none."""
    written = text.strip()
    found = None
    if len(written) <= _MOST_CHARACTERS:
        found = _ISO.fullmatch(written) or _WRITTEN.fullmatch(written)
    local = None if found is None else _local(found.groupdict())
    zone = None if found is None else _offset(found["zone"])
    if local is None or zone is None or abs(local - zone) > _MOST:
        hint = "write 2026-01-31T12:00:00Z"
        raise ExpressionError(INVALID_DATE, f"'{text[:40]}' is no time", None, hint)
    return Moment(local - zone, local)


def _local(parts: dict[str, str | None]) -> int | None:
    name = parts.get("name")
    month = _MONTHS.index(name) + 1 if name else int(parts.get("month") or 1)
    year, day = int(parts["year"] or 0), int(parts.get("day") or 1)
    hour, minute, second = (int(parts.get(unit) or 0) for unit in ("hour", "minute", "second"))
    if not (1 <= month <= 12 and 1 <= day <= _days_in(year, month)):
        return None
    is_midnight = hour == 24 and minute == second == 0
    if not (hour < 24 or is_midnight) or minute > 59 or second > 59:
        return None
    fraction = int((parts.get("fraction") or "0").ljust(3, "0")[:3])
    return _days(year, month, day) * DAY + hour * HOUR + minute * MINUTE + second * SECOND + fraction


def _offset(zone: str | None) -> int | None:
    if zone is None or zone == "Z":
        return 0
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 23 or minutes > 59:
        return None
    return (hours * HOUR + minutes * MINUTE) * (-1 if zone[0] == "-" else 1)


def iso_text(instant: int) -> str:
    """The time as toISOString() writes it. Raises ExpressionError beyond what a Date holds."""
    if abs(instant) > _MOST:
        raise ExpressionError(INVALID_DATE, "the time is farther away than a date can be")
    year, month, day = calendar_date(instant)
    rest = instant % DAY
    shown = f"{year:04}" if 0 <= year <= 9999 else f"{'-' if year < 0 else '+'}{abs(year):06}"
    clock = f"{rest // HOUR:02}:{rest // MINUTE % 60:02}:{rest // SECOND % 60:02}.{rest % SECOND:03}"
    return f"{shown}-{month:02}-{day:02}T{clock}Z"


def calendar_date(instant: int) -> tuple[int, int, int]:
    """Year, month and day, in the calendar of today extended to all times. Eras of 400 years have 146,097 days."""
    day_count = instant // DAY + 719_468
    era, day_of_era = divmod(day_count, 146_097)
    year = (day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year + year // 4 - year // 100)
    month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return year + era * 400 + (month <= 2), month, day


def _days(year: int, month: int, day: int) -> int:
    """Days since 1970; years begin in March here, so that the odd day comes last."""
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468


def _days_in(year: int, month: int) -> int:
    following = _days(year + month // 12, month % 12 + 1, 1)
    return following - _days(year, month, 1)
