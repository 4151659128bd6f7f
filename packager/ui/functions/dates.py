"""Functions of points in time, which are texts here; results have milliseconds and end in Z."""

from packager.expressions.errors import ARGUMENT_VALUE, ExpressionError
from packager.ui.function import NUMBER, STRING, Frame, function
from packager.ui.numbers import whole
from packager.ui.times import DAY, HOUR, MINUTE, SECOND, calendar_date, iso_text, read_time
from packager.ui.values import UNDEFINED, Number, Value

# Months of 30 and years of 360 days: so the only published example comes out, 410 days as 1 year 1 month 20 days.
_UNITS = {
    "yy": ("year", 360 * DAY),
    "MM": ("month", 30 * DAY),
    "dd": ("day", DAY),
    "hh": ("hour", HOUR),
    "mm": ("minute", MINUTE),
    "ss": ("second", SECOND),
}


@function(gives=STRING, example="length(utcNow())", result=24, form="framed")
def utc_now(frame: Frame) -> Value:
    """The current time."""
    now = frame.environment.now
    return UNDEFINED if now is None else iso_text(now)


@function(
    STRING,
    NUMBER,
    gives=STRING,
    example="addHours('1990-12-31T23:59:59Z', 1)",
    result="1991-01-01T00:59:59.000Z",
)
def add_hours(time: str, hours: Number) -> Value:
    """The time so many hours later."""
    return _later(time, hours, HOUR)


@function(
    STRING,
    NUMBER,
    gives=STRING,
    example="addMinutes('1990-12-31T23:59:59Z', 1)",
    result="1991-01-01T00:00:59.000Z",
)
def add_minutes(time: str, minutes: Number) -> Value:
    """The time so many minutes later."""
    return _later(time, minutes, MINUTE)


@function(
    STRING,
    NUMBER,
    gives=STRING,
    example="addSeconds('1990-12-31T23:59:59Z', 1)",
    result="1991-01-01T00:00:00.000Z",
)
def add_seconds(time: str, seconds: Number) -> Value:
    """The time so many seconds later."""
    return _later(time, seconds, SECOND)


def _later(time: str, count: Number, unit: int) -> str:
    return iso_text(read_time(time).instant + whole(count) * unit)


@function(STRING, gives=NUMBER, example="getYear('2022-08-05T10:00:00Z')", result=2022, standing="portal")
def get_year(time: str) -> Value:
    """The year of a time, as it is written."""
    return calendar_date(read_time(time).local)[0]


@function(STRING, gives=NUMBER, example="getMonth('2022-08-05T10:00:00Z')", result=7, standing="portal")
def get_month(time: str) -> Value:
    """The month of a time, as it is written, counted from 0 as JavaScript does."""
    return calendar_date(read_time(time).local)[1] - 1


@function(STRING, gives=NUMBER, example="getDate('2022-08-05T10:00:00Z')", result=5, standing="portal")
def get_date(time: str) -> Value:
    """The day of the month of a time, as it is written."""
    return calendar_date(read_time(time).local)[2]


@function(
    STRING,
    gives=STRING,
    example="toUtc('Fri Aug 05 2022 00:00:00 GMT-0700 (Pacific Daylight Time)')",
    result="2022-08-05T07:00:00.000Z",
    standing="portal",
)
def to_utc(time: str) -> Value:
    """The time in UTC."""
    return iso_text(read_time(time).instant)


@function(
    STRING,
    STRING,
    gives=NUMBER,
    example="duration('2022-08-05T10:00:00Z', '2022-08-05T10:00:01Z')",
    result=1000,
    standing="portal",
)
def duration(start: str, end: str) -> Value:
    """The milliseconds from one time to another."""
    return read_time(end).instant - read_time(start).instant


@function(
    NUMBER,
    STRING,
    gives=STRING,
    example="durationFormat(35457646000, 'yy MM dd hh mm ss')",
    result="1 year 1 month 20 days 9 hours 20 minutes 46 seconds",
    standing="portal",
)
def duration_format(milliseconds: Number, format_: str) -> Value:
    """A duration in words, in the units of the format: yy, MM, dd, hh, mm and ss."""
    left, words = whole(milliseconds), []
    for name in format_.split():
        if name not in _UNITS:
            raise ExpressionError(
                ARGUMENT_VALUE, f"a duration has no unit '{name[:20]}'", None, "use yy MM dd hh mm ss"
            )
        unit, size = _UNITS[name]
        count, left = divmod(left, size)
        words.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return " ".join(words)
