"""ISO 8601 durations as .NET's XmlConvert.ToTimeSpan reads them: a year has 365 days, a month 30, weeks are refused."""

from packager.expressions.errors import INVALID_DURATION, ExpressionError
from packager.source.lazy import lazy_pattern

TICKS_PER_SECOND = 10_000_000
_DURATION = lazy_pattern(
    r"(-)?P(?=[0-9T])(?:([0-9]{1,10})Y)?(?:([0-9]{1,10})M)?(?:([0-9]{1,10})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,10})H)?(?:([0-9]{1,10})M)?(?:([0-9]{1,10})(?:\.([0-9]{1,20}))?S)?)?"
)
_SECONDS = (365 * 86_400, 30 * 86_400, 86_400, 3_600, 60, 1)
_LARGEST = 2**31 - 1


def ticks_of(text: str) -> int:
    """The duration in ticks of 100 ns. Raises ExpressionError for what is no duration."""
    match = _DURATION.fullmatch(text.strip(" \t\r\n"))
    parts = [int(part or 0) for part in match.groups()[1:7]] if match else []
    if match is None or max(parts) > _LARGEST:
        hint = "write it as P1D, PT30M or P1Y2M3DT4H5M6S; weeks are not taken"
        raise ExpressionError(INVALID_DURATION, f"'{text[:80]}' is no ISO 8601 duration", None, hint)
    # Twelve months are a year, not 360 days.
    parts[0], parts[1] = parts[0] + parts[1] // 12, parts[1] % 12
    seconds = sum(part * seconds for part, seconds in zip(parts, _SECONDS, strict=True))
    fraction = int((match[8] or "").ljust(7, "0")[:7])
    ticks = seconds * TICKS_PER_SECOND + fraction
    return -ticks if match[1] else ticks
