import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packager.expressions.dotnet.dateformats import format_date
from packager.expressions.dotnet.dates import MAX_TICKS, read_date
from packager.expressions.dotnet.durations import TICKS_PER_SECOND, ticks_of
from packager.expressions.errors import ExpressionError

MOMENT = "2020-04-07T14:53:04.1200000Z"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-04-07", "2020-04-07T00:00:00.0000000Z"),
        ("2020-04-07T14:53", "2020-04-07T14:53:00.0000000Z"),
        ("2020-04-07 14:53:04.12Z", MOMENT),
        ("2020-04-07T16:53:04.12+02:00", MOMENT),
        ("20200407T145304Z", "2020-04-07T14:53:04.0000000Z"),
        ("04/07/2020 2:53:04 PM", "2020-04-07T14:53:04.0000000Z"),
        ("Tue, 07 Apr 2020 14:53:04 GMT", "2020-04-07T14:53:04.0000000Z"),
        (" 2020-04-07 ", "2020-04-07T00:00:00.0000000Z"),
    ],
)
def test_dates_are_read_as_utc(text, expected):
    assert format_date(read_date(text), "o") == expected


@pytest.mark.parametrize(
    "text", ["", "today", "2020-13-01", "2020-02-30", "2020-01-01T25:00", "0001-01-01T00:00+01:00", "9" * 100]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ExpressionError):
        read_date(text)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("d", "04/07/2020"),
        ("D", "Tuesday, 07 April 2020"),
        ("g", "04/07/2020 14:53"),
        ("R", "Tue, 07 Apr 2020 14:53:04 GMT"),
        ("u", "2020-04-07 14:53:04Z"),
        ("", "04/07/2020 14:53:04"),
        ("M d", "4 7"),
        ("%M", "4"),
        ("yy-y-yyyyy", "20-20-02020"),
        ("h:mm tt", "2:53 PM"),
        ("ss.FFF", "04.12"),
        ("ss.fff", "04.120"),
        ("HH 'h' \"m\" \\s", "14 h m s"),
        ("zzz K", "+00:00 Z"),
    ],
)
def test_formats_of_dates(form, expected):
    assert format_date(read_date(MOMENT), form) == expected


def test_a_fraction_of_nothing_takes_its_point_away():
    assert format_date(read_date("2020-04-07T14:53:04Z"), "ss.FFF") == "04"


@pytest.mark.parametrize("form", ["q", "ffffffff", "'open", "%"])
def test_formats_that_are_refused(form):
    with pytest.raises(ExpressionError, match="is no date format"):
        format_date(read_date(MOMENT), form)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("P1D", 86_400),
        ("-P1D", -86_400),
        ("P1Y", 365 * 86_400),
        ("P1M", 30 * 86_400),
        ("P13M", (365 + 30) * 86_400),
        ("PT1H2M3.5S", 3723.5),
        (" PT0S ", 0),
    ],
)
def test_durations(text, seconds):
    assert ticks_of(text) == seconds * TICKS_PER_SECOND


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1", "1D", "P1W", "P1H", "PT1D", "P1.5D", "p1d", "PT1M1H", "P9999999999Y", "P1DT"]
)
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ExpressionError, match="is no ISO 8601 duration"):
        ticks_of(text)


@settings(deadline=None)
@given(st.integers(0, MAX_TICKS))
def test_a_round_trip_keeps_every_tick(ticks):
    assert read_date(format_date(ticks, "o")) == ticks


@settings(deadline=None)
@given(st.text(alphabet="dfFgGhHKmMoOrRstTuUyYz%'\"\\:/. ", max_size=10))
def test_any_format_is_used_or_refused(form):
    try:
        format_date(read_date(MOMENT), form)
    except ExpressionError as error:
        assert error.code == "invalid-format"
