"""What a version's place among the known ones says, day by day."""

import datetime

import pytest

from packager.arm.recency import Recency, described, known_versions, true_problem
from packager.data.api_versions import GivenVersions

KNOWN = ("2025-06-01-preview", "2025-01-14", "2024-05-01-preview", "2024-05-01", "2020-01-01", "2020-01-01-alpha")
DAY = datetime.date(2026, 11, 23)


def recency(version, day=DAY, known=KNOWN):
    return Recency(version, known, day)


@pytest.mark.parametrize(
    ("version", "problem"),
    [
        ("2025-06-01-preview", None),
        ("2025-01-14", None),
        ("2024-05-01", "age"),
        ("2024-05-01-preview", "preview"),
        ("2024-05-01-PREVIEW", "preview"),
        ("2020-01-01-alpha", "preview"),
        ("2020-01-01", "age"),
        ("2019-01-01", "unlisted"),
        ("2026-01-01", None),
    ],
)
def test_problem(version, problem):
    assert true_problem(recency(version)) == problem


def test_a_version_is_flagged_from_the_day_on_which_it_turns_730_days_old():
    known = ("2026-01-01", "2025-01-14")
    days = [datetime.date(2026, 7, 7), datetime.date(2026, 7, 8), datetime.date(2027, 1, 13)]
    days.append(datetime.date(2027, 1, 14))
    assert [true_problem(recency("2025-01-14", day, known)) for day in days] == [None, "soon", "soon", "age"]
    before = recency("2025-01-14", days[2], known)
    assert described("soon", "A.B/c", before) == (
        "A.B/c 2025-01-14 will be flagged from 2027-01-14, when it turns 730 days old; use 2026-01-01"
    )
    after = recency("2025-01-14", datetime.date(2027, 1, 20), known)
    assert described("age", "A.B/c", after) == (
        "A.B/c 2025-01-14 is 736 days old and has been flagged since 2027-01-14; use 2026-01-01"
    )


def test_without_a_stable_version_the_newest_one_is_advised():
    assert recency("x", known=("2024-01-01-rc", "2023-01-01-beta")).advice == "2024-01-01-rc"
    assert recency("x", known=()).advice == ""


@pytest.mark.parametrize("version", ["2024-13-01", "latest", "", "9999-12-31", "0000-01-01"])
def test_no_usable_date(version):
    assert true_problem(recency(version, known=("2025-01-01", version))) is None


def test_versions_of_the_nearest_known_type():
    table = GivenVersions({"a.b/c": ("2024-01-01",), "a.b/c/d": ("2023-01-01",)})
    assert known_versions(table, "A.B/c/d/e/f") == ("2023-01-01",)
    assert known_versions(table, "A.B/c/") == ("2024-01-01",)
    assert known_versions(table, "A.B") == known_versions(table, "") == ()
