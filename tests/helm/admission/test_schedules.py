"""Schedules that Kubernetes takes, and those that it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.helm.admission.schedules import schedule_problem


@pytest.mark.parametrize(
    "text",
    ["* * * * *", "*/5 0-6,22 ? jan-MAR/2 mon-fri", "5/15 1 31 12 6", "@daily", "@every 1h30m", " 0  3 * * sun "],
)
def test_schedules(text):
    assert schedule_problem(text) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("every day", "it has 2 fields, not 5"),
        ("0 0 0 * * *", "it has 6 fields, not 5"),
        ("60 * * * *", "'60' is no minute: numbers from 0 to 59"),
        ("* * 0 * *", "'0' is no day of the month"),
        ("* * * * 7", "'7' is no day of the week: numbers from 0 to 6"),
        ("* 5-3 * * *", "'5-3' is no hour"),
        ("*/0 * * * *", "'*/0' is no minute"),
        ("* * * janvier *", "'janvier' is no month"),
        ("@fortnightly", "'@fortnightly' is no word for a schedule"),
        ("CRON_TZ=Europe/Berlin 0 0 * * *", "it names a time zone; write that as 'timeZone'"),
    ],
)
def test_no_schedules(text, problem):
    assert (schedule_problem(text) or "").startswith(problem)


@given(st.text(alphabet="0123456789*/-,?@ jansuevryhm", max_size=40))
def test_any_text_gets_an_answer(text):
    assert schedule_problem(text) is None or schedule_problem(text)
