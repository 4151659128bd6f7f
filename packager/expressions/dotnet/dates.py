"""Points in time as .NET reads and writes them in the invariant culture, in ticks of 100 ns since the year 1, UTC."""

import datetime
import re

from packager.expressions.errors import INVALID_DATE, OVERFLOW, ExpressionError
from packager.source.lazy import lazy_pattern

TICKS_PER_SECOND = 10_000_000
MAX_TICKS = 3_155_378_975_999_999_999
EPOCH_SECONDS = 62_135_596_800
_START = datetime.datetime(1, 1, 1)

_TIME = r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,7})[0-9]{0,20})?)?"
_ZONE = r"\s*(Z|z|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?"
_ISO = lazy_pattern(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}})(?:(?:T|t|\s+){_TIME}{_ZONE})?")
_BASIC = lazy_pattern(
    r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})(?:([0-9]{2})(?:\.([0-9]{1,7}))?)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_SLASHES = lazy_pattern(rf"([0-9]{{1,2}})/([0-9]{{1,2}})/([0-9]{{4}})(?:\s+{_TIME}(?:\s*(AM|PM|am|pm))?{_ZONE})?")
_NAMED = lazy_pattern(
    rf"(?:[A-Za-z]{{3,9}},\s*)?([0-9]{{1,2}})\s+([A-Za-z]{{3,9}})\s+([0-9]{{4}})(?:\s+{_TIME}{_ZONE})?"
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def read_date(text: str) -> int:
    """The ticks of a date; without a zone it is UTC. Raises ExpressionError for what is no date."""
    trimmed = text.strip(" \t\r\n")
    if len(trimmed) <= 80:
        for read in (_iso, _basic, _slashes, _named):
            fields = read(trimmed)
            if fields is not None:
                try:
                    return _ticks(*fields)
                except (ValueError, OverflowError):
                    break
    raise ExpressionError(INVALID_DATE, f"'{text[:80]}' is no date", None, "write it as 2026-01-31T12:00:00Z")


_Fields = tuple[int, int, int, int, int, int, int, str | None]


def _iso(text: str) -> _Fields | None:
    match = _ISO.fullmatch(text)
    return _fields(match, 1, 2, 3, 4, match[8]) if match else None


def _basic(text: str) -> _Fields | None:
    match = _BASIC.fullmatch(text)
    return _fields(match, 1, 2, 3, 4, match[8]) if match else None


def _slashes(text: str) -> _Fields | None:
    match = _SLASHES.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, *rest = _fields(match, 3, 1, 2, 4, match[9])
    half = (match[8] or "").upper()
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    return (year, month, day, hour, *rest)  # type: ignore[return-value]


def _named(text: str) -> _Fields | None:
    match = _NAMED.fullmatch(text)
    name = match[2].lower() if match else ""
    month = next((number for number, full in enumerate(MONTHS, 1) if name in (full.lower(), full[:3].lower())), None)
    if match is None or month is None:
        return None
    year, _, day, *rest = _fields(match, 3, 1, 1, 4, match[8])
    return (year, month, day, *rest)  # type: ignore[return-value]


def _fields(match: re.Match[str], year: int, month: int, day: int, time: int, zone: str | None) -> _Fields:
    hour, minute, second, fraction = (match[time + step] for step in range(4))
    ticks = int((fraction or "").ljust(7, "0"))
    return (
        int(match[year]),
        int(match[month]),
        int(match[day]),
        int(hour or 0),
        int(minute or 0),
        int(second or 0),
        ticks,
        zone,
    )


def _ticks(
    year: int, month: int, day: int, hour: int, minute: int, second: int, fraction: int, zone: str | None
) -> int:
    moment = datetime.datetime(year, month, day, hour, minute, second)
    passed = moment - _START
    seconds = passed.days * 86_400 + passed.seconds - _offset(zone)
    return checked(seconds * TICKS_PER_SECOND + fraction)


def _offset(zone: str | None) -> int:
    """The seconds that a zone is ahead of UTC."""
    if zone is None or zone.upper() in ("Z", "GMT"):
        return 0
    digits = zone[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        raise ValueError(zone)
    seconds = hours * 3600 + minutes * 60
    return -seconds if zone[0] == "-" else seconds


def checked(ticks: int) -> int:
    """The ticks, when .NET has a date for them. Raises ExpressionError before the year 1 and after 9999."""
    if not 0 <= ticks <= MAX_TICKS:
        raise ExpressionError(OVERFLOW, "the date lies outside the years 1 to 9999")
    return ticks


def moment_of(ticks: int) -> datetime.datetime:
    """The date and time, to the microsecond."""
    return _START + datetime.timedelta(microseconds=ticks // 10)
