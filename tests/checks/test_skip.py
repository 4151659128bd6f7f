"""What `--skip-by-file` covers."""

import pytest

from packager.checks.finding import Basis, Finding, Severity
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
        ("*=Other, apiVersions-*", "a.json", True),
        ("b.json=*", "a.json", False),
        ("*=Other", "a.json", False),
        ("*=apiVersions", "a.json", False),
    ],
)
def test_wildcards_on_both_sides(value, file, covered):
    (skip,) = read_skips((value,))
    assert skip.covers(finding(file)) == covered


def test_rules_without_a_test_of_arm_ttk_go_by_their_id():
    (skip,) = read_skips(("*=junk-*",))
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
        read_skips((value,))
    assert message in str(refused.value)
