"""Format strings of dates: the standard ones of one letter, and custom ones, in the invariant culture, for UTC."""

import datetime
import re

from packager.expressions.dotnet.dates import MONTHS, TICKS_PER_SECOND, moment_of
from packager.expressions.errors import INVALID_FORMAT, ExpressionError
from packager.source.lazy import lazy_pattern

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STANDARD = {
    "d": "MM/dd/yyyy",
    "D": "dddd, dd MMMM yyyy",
    "f": "dddd, dd MMMM yyyy HH:mm",
    "F": "dddd, dd MMMM yyyy HH:mm:ss",
    "g": "MM/dd/yyyy HH:mm",
    "G": "MM/dd/yyyy HH:mm:ss",
    "m": "MMMM dd",
    "M": "MMMM dd",
    "o": "yyyy-MM-ddTHH:mm:ss.fffffffK",
    "O": "yyyy-MM-ddTHH:mm:ss.fffffffK",
    "r": "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    "R": "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    "s": "yyyy-MM-ddTHH:mm:ss",
    "t": "HH:mm",
    "T": "HH:mm:ss",
    "u": "yyyy-MM-dd HH:mm:ss'Z'",
    "U": "dddd, dd MMMM yyyy HH:mm:ss",
    "y": "yyyy MMMM",
    "Y": "yyyy MMMM",
}
_TOKEN = lazy_pattern(r"(d+|M+|y+|H+|h+|m+|s+|f+|F+|t+|z+|g+|K)|'([^']*)'|\"([^\"]*)\"|\\(.)|%(?!%|$)|(.)", re.DOTALL)
_LONGEST_FRACTION = 7


def format_date(ticks: int, form: str) -> str:
    """A date in a format. Raises ExpressionError for a format that .NET refuses."""
    if len(form) <= 1:
        pattern = STANDARD.get(form or "G")
        if pattern is None:
            raise _refused(form)
        form = pattern
    moment = moment_of(ticks)
    parts: list[str] = []
    for match in _TOKEN.finditer(form):
        if match[1]:
            parts.append(_token(match[1], moment, ticks, parts, form))
        elif match[5]:
            if match[5] in "'\"\\%":
                raise _refused(form)
            parts.append(match[5])
        else:
            parts.append(match[2] or match[3] or match[4] or "")
    return "".join(parts)


def _token(token: str, moment: datetime.datetime, ticks: int, parts: list[str], form: str) -> str:
    length = len(token)
    match token[0]:
        case "y":
            return str(moment.year % 100).zfill(length) if length <= 2 else str(moment.year).zfill(length)
        case "M":
            return _named(moment.month, length, MONTHS[moment.month - 1])
        case "d":
            return _named(moment.day, length, DAYS[moment.weekday()])
        case "H":
            return str(moment.hour).zfill(min(length, 2))
        case "h":
            return str(moment.hour % 12 or 12).zfill(min(length, 2))
        case "m":
            return str(moment.minute).zfill(min(length, 2))
        case "s":
            return str(moment.second).zfill(min(length, 2))
        case "t":
            return ("AM" if moment.hour < 12 else "PM")[: min(length, 2)]
        case "z":
            return {1: "+0", 2: "+00"}.get(length, "+00:00")
        case "K":
            return "Z"
        case "g":
            return "A.D."
    return _fraction(token, ticks, parts, form)


def _named(number: int, length: int, name: str) -> str:
    if length <= 2:
        return str(number).zfill(length)
    return name[:3] if length == 3 else name


def _fraction(token: str, ticks: int, parts: list[str], form: str) -> str:
    """Digits of the second; F leaves out zeros at the end, and the point before it when nothing is left."""
    if len(token) > _LONGEST_FRACTION:
        raise _refused(form)
    digits = str(ticks % TICKS_PER_SECOND).zfill(_LONGEST_FRACTION)[: len(token)]
    if token[0] == "f":
        return digits
    digits = digits.rstrip("0")
    if not digits and parts and parts[-1] == ".":
        parts.pop()
    return digits


def _refused(form: str) -> ExpressionError:
    return ExpressionError(INVALID_FORMAT, f"'{form[:80]}' is no date format", None, "write it as yyyy-MM-dd, or as u")
