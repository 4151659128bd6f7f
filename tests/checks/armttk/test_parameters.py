"""The check parameters of arm-ttk: what is accepted, and what is said of anything else."""

import pytest

from packager.checks.armttk.parameters import read_parameters
from packager.errors import UsageError


def test_names_ignore_case_and_the_last_value_counts():
    values = ("numberofdays=3", "NumberOfDays = 14", "TestDate=2027-01-31T00:00:00", "DisallowedHosts=a.b=c, d")
    assert read_parameters(values) == {
        "numberofdays": "14",
        "testdate": "2027-01-31T00:00:00",
        "disallowedhosts": "a.b=c, d",
    }


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("NumberOfDayz=3", "no check takes it; did you mean 'NumberOfDays'?"),
        ("x", "expected NAME=VALUE"),
        ("NumberOfDays=soon", "NumberOfDays takes a whole number"),
        ("NumberOfDays=-1", "NumberOfDays takes a whole number"),
        ("PasswordMinLength=", "PasswordMinLength takes a whole number"),
        ("NumberOfDays=\u0665", "NumberOfDays takes a whole number"),
        ("NumberOfDays=99999999999", "NumberOfDays takes a whole number"),
        ("TestDate=tomorrow", "TestDate takes a day (YYYY-MM-DD)"),
    ],
)
def test_what_no_check_takes_is_refused(value, said):
    with pytest.raises(UsageError) as refused:
        read_parameters((value,))
    assert said in str(refused.value)
