"""Times as JavaScript's Date has them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.expressions.errors import ExpressionError
from packager.ui.times import iso_text, read_time

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2020", "2020-01-01T00:00:00.000Z"),
        ("2020-02-29", "2020-02-29T00:00:00.000Z"),
        ("2020-02-29T10:11", "2020-02-29T10:11:00.000Z"),
        ("2020-02-29T10:11:12.1239Z", "2020-02-29T10:11:12.123Z"),
        ("2020-02-29T24:00:00Z", "2020-03-01T00:00:00.000Z"),
        ("2020-02-29 10:11:12+02:00", "2020-02-29T08:11:12.000Z"),
        ("+012020-01-01", "+012020-01-01T00:00:00.000Z"),
        ("-000001-01-01T00:00Z", "-000001-01-01T00:00:00.000Z"),
        ("Fri Aug 05 2022 00:00:00 GMT-0700 (Pacific Daylight Time)", "2022-08-05T07:00:00.000Z"),
        ("Fri, Aug 5 2022", "2022-08-05T00:00:00.000Z"),
    ],
)
def test_times(text, shown):
    assert iso_text(read_time(text).instant) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "2021-02-29",
        "2020-13-01",
        "2020-01-01T25:00",
        "2020-01-01T10:60",
        "1990-12-31T23:59:60Z",
        "2020-1-1",
        "+300000-01-01",
        "2020-01-01T10:00+24:00",
        "1" * 500,
    ],
)
def test_what_is_no_time(text):
    with pytest.raises(ExpressionError, match="is no time"):
        read_time(text)


def test_what_is_too_far_away():
    assert iso_text(8_640_000_000_000_000) == "+275760-09-13T00:00:00.000Z"
    with pytest.raises(ExpressionError, match="farther away"):
        iso_text(8_640_000_000_000_001)


@given(st.datetimes(min_value=datetime(1, 1, 1), max_value=datetime(9999, 12, 31)))
def test_every_day_comes_back(moment):
    instant = (moment.replace(tzinfo=UTC) - EPOCH) // timedelta(milliseconds=1)
    shown = iso_text(instant)
    assert shown == moment.isoformat(timespec="milliseconds") + "Z"
    assert read_time(shown).instant == instant
