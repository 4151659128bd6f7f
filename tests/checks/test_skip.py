"""What `--skip-by-file` covers."""

import pytest

from packager.checks.armttk.verdicts import TESTS, shown_name
from packager.checks.finding import Basis, Finding, Severity
from packager.checks.registry import all_rules
from packager.checks.skip import read_skips
from packager.errors import UsageError


def finding(file, rule="api-version-outdated[age]", arm_ttk="apiVersions-Should-Be-Recent"):
    return Finding(
        rule, Severity.WARNING, "m", "p", None, file, 1, 1, 1, 1, "", basis=Basis.BOTH, arm_ttk=arm_ttk, fingerprint=""
    )


@pytest.mark.parametrize(
    ("value", "file", "covered"),
    [
        ("*.json=apiVersions-Should-Be-Recent", "nested/a.json", True),
        ("a.json=apiVersions-*", "nested/a.json", True),
        ("nested/*=*Recent", "nested/a.json", True),
        ("A.JSON=apiversions should*", "nested/a.json", True),
        ("*=api-version-outdated", "a.json", True),
        ("*=junk-file, apiVersions-*", "a.json", True),
        ("b.json=*", "a.json", False),
        ("*=junk-file", "a.json", False),
        ("*=apiVersions?Should?Be?Recent?In*", "a.json", False),
    ],
)
def test_wildcards_on_both_sides(value, file, covered):
    (skip,) = read_skips((value,), all_rules())
    assert skip.covers(finding(file)) == covered


def test_rules_without_a_test_of_arm_ttk_go_by_their_id():
    (skip,) = read_skips(("*=junk-*",), all_rules())
    assert skip.covers(finding("a.json", "junk-file", None))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("a.json", "expected FILE=TEST"),
        ("=x", "expected FILE=TEST"),
        ("a.json= , ", "expected FILE=TEST"),
        ("[a=x", "the bracket in '[a' is not closed"),
    ],
)
def test_what_is_no_pair_is_refused(value, message):
    with pytest.raises(UsageError, match="--skip-by-file") as refused:
        read_skips((value,), all_rules())
    assert message in str(refused.value)


def test_what_no_test_is_called_is_refused_with_the_nearest_name():
    with pytest.raises(UsageError, match=r"apiVersion-Should-Be-Recent: .*did you mean 'apiVersions-Should-Be-Recent'"):
        read_skips(("a.json=apiVersion-Should-Be-Recent",), all_rules())
    with pytest.raises(UsageError, match="no such test or rule"):
        read_skips(("a.json=apiVersions-*,nothing-*",), all_rules())


def test_every_test_of_arm_ttk_may_be_named():
    named = [name for tests in TESTS.values() for test in tests for name in (test, shown_name(test))]
    assert len(named) == 106
    assert len(read_skips([f"*={name}" for name in named], all_rules())) == 106
