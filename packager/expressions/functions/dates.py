"""Points in time, always in UTC."""

from packager.expressions.dotnet.dateformats import format_date
from packager.expressions.dotnet.dates import EPOCH_SECONDS, TICKS_PER_SECOND, checked, read_date
from packager.expressions.dotnet.durations import ticks_of
from packager.expressions.function import function
from packager.expressions.kinds import INTEGER, STRING
from packager.expressions.residual import residual
from packager.expressions.scope import Scope
from packager.expressions.values import Value

_ISO = "yyyy-MM-ddTHH:mm:ssZ"


@function(
    STRING,
    STRING,
    STRING,
    gives=STRING,
    example="dateTimeAdd('2020-04-07 14:53:14Z', 'P3Y', 'u')",
    result="2023-04-07 14:53:14Z",
)
def date_time_add(base: str, duration: str, format_: str = _ISO) -> str:
    """A date with a duration added; a year has 365 days and a month 30."""
    return format_date(checked(read_date(base) + ticks_of(duration)), format_)


@function(INTEGER, gives=STRING, example="dateTimeFromEpoch(1683040573)", result="2023-05-02T15:16:13Z")
def date_time_from_epoch(epoch_time: int) -> str:
    """The date that lies so many seconds after the start of 1970."""
    return format_date(checked((epoch_time + EPOCH_SECONDS) * TICKS_PER_SECOND), _ISO)


@function(STRING, gives=INTEGER, example="dateTimeToEpoch('2023-05-02T15:16:13Z')", result=1683040573)
def date_time_to_epoch(date_time: str) -> int:
    """The seconds from the start of 1970 to a date."""
    return read_date(date_time) // TICKS_PER_SECOND - EPOCH_SECONDS


@function(STRING, gives=STRING, form="scoped", example="utcNow('yyyy-MM-dd')", result="2026-01-31")
def utc_now(scope: Scope, format_: str = "yyyyMMddTHHmmssZ") -> Value:
    """The time of the deployment; unknown unless a time is given. Only for default values of parameters."""
    now = scope.world.facts.now
    if now is None:
        return residual("utcNow", [] if format_ == "yyyyMMddTHHmmssZ" else [format_], STRING)
    return format_date(now, format_)
