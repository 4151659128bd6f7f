"""The baseline: what it accepts, how often, and what is no baseline."""

import json

import pytest

from packager.checks.baseline import Baseline, accept, read_baseline, to_text
from packager.checks.config import Config
from packager.checks.engine import Report
from packager.checks.finding import Severity
from packager.checks.problems import problem_finding
from packager.errors import UsageError

ONE = problem_finding("unused-set", Severity.WARNING, "message", "p", "b.json", 3)
TWO = problem_finding("chart-digest-missing", Severity.WARNING, "message", "p", "a.json", 9)
BROKEN = problem_finding("template-error", Severity.ERROR, "message", "p", "a.json", 1)


def test_the_file_is_sorted_and_free_of_lines():
    moved = (TWO._replace(line=1), ONE._replace(line=70))
    text = to_text(accept((ONE, TWO, ONE)))
    assert text == to_text(accept((*moved, ONE)))
    assert [(one["file"], one["count"]) for one in json.loads(text)["findings"]] == [("a.json", 1), ("b.json", 2)]


def test_equal_findings_are_accepted_as_often_as_they_were_there():
    baseline = read_baseline("b", to_text(accept((ONE, ONE))).encode())
    report = baseline.apply(Report((ONE, ONE, ONE._replace(line=8), TWO), 1), Config())
    assert [one.line for one in report.findings] == [8, 9]
    assert (report.suppressed, report.baselined, report.hidden) == (2, 2, (ONE, ONE))
    assert baseline.stale() == ()


def test_what_is_no_longer_found_is_stale():
    baseline = Baseline(accept((ONE, ONE, TWO)))
    baseline.apply(Report((ONE,), 1), Config())
    assert [entry.rule for entry in baseline.stale()] == ["chart-digest-missing", "unused-set"]


def test_profile_arm_ttk_is_not_touched():
    report = Report((ONE,), 1)
    assert Baseline(accept((ONE,))).apply(report, Config("arm-ttk")) is report


def test_what_says_that_nothing_was_checked_is_not_accepted():
    assert accept((BROKEN,)) == ()


GOOD = json.loads(to_text(accept((ONE,))))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{\n  oops", "b:2: the baseline is damaged"),
        ("[]", "b:1: this is no baseline of packager"),
        ('{"findings": []}', "b:1: this is no baseline of packager"),
        (json.dumps({**GOOD, "schema": 2}, indent=1), "b:2: the baseline has schema 2; this version reads 1"),
        (json.dumps({**GOOD, "findings": [1]}, indent=1), "b:5: an entry of the baseline is no object"),
        (to_text(accept((ONE,))).replace('"count": 1', '"count": 0'), "b:9: 'count' of an entry is less than 1"),
        (to_text(accept((ONE,))).replace('"rule"', '"role"'), "b:5: 'rule' of an entry is missing or no text"),
        ("", "b:1: the baseline is damaged"),
    ],
)  # fmt: skip
def test_a_damaged_or_foreign_file_is_refused_at_its_line(text, message):
    with pytest.raises(UsageError) as refused:
        read_baseline("b", text.encode())
    assert message in str(refused.value)
    assert "--write-baseline" in str(refused.value)
