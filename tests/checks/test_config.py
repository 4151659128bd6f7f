"""Which rules run, and how severe they are: the table of the two lenses."""

import pytest

from packager.checks.config import Config, enabled, refuse_unknown, severity_of
from packager.checks.finding import Basis, Severity
from packager.checks.rule import EVERY_PROFILE, MARKETPLACE, STRICT, Rule
from packager.errors import UsageError

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
BLOCKING, WARN_ONLY = "Handler-Must-Be-Correct", "Variables-Must-Be-Referenced"


def rule(arm_ttk=None, profiles=EVERY_PROFILE, severity=WARNING):
    return Rule("some-rule", "m", "template", severity, profiles, arm_ttk, False, "Summary", ("old-name",))


@pytest.mark.parametrize(
    ("profile", "arm_ttk", "basis", "written", "expected"),
    [
        ("arm-ttk", BLOCKING, Basis.BOTH, None, ERROR),
        ("arm-ttk", WARN_ONLY, Basis.ARM_TTK, None, ERROR),
        ("arm-ttk", WARN_ONLY, Basis.BOTH, WARNING, WARNING),
        ("arm-ttk", None, Basis.PACKAGER, None, None),
        ("marketplace", BLOCKING, Basis.BOTH, None, ERROR),
        ("marketplace", BLOCKING, Basis.ARM_TTK, None, ERROR),
        ("marketplace", BLOCKING, Basis.BOTH, WARNING, WARNING),
        ("marketplace", WARN_ONLY, Basis.BOTH, None, WARNING),
        ("marketplace", WARN_ONLY, Basis.ARM_TTK, None, INFO),
        ("marketplace", None, Basis.PACKAGER, None, WARNING),
        ("marketplace", None, Basis.PACKAGER, INFO, INFO),
        ("strict", WARN_ONLY, Basis.BOTH, None, ERROR),
        ("strict", WARN_ONLY, Basis.ARM_TTK, None, INFO),
        ("strict", None, Basis.PACKAGER, None, ERROR),
    ],
)
def test_the_table_of_the_two_lenses(profile, arm_ttk, basis, written, expected):
    assert severity_of(rule(arm_ttk), basis, written, Config(profile)) is expected


def test_a_severity_that_the_user_chose_wins():
    config = Config(severities={"some-rule": INFO})
    assert severity_of(rule(BLOCKING), Basis.BOTH, None, config) is INFO


@pytest.mark.parametrize(
    ("profiles", "config", "expected"),
    [
        (MARKETPLACE, Config(), True),
        (MARKETPLACE, Config("arm-ttk"), False),
        (STRICT, Config(), False),
        (MARKETPLACE, Config(select=frozenset({"some-rule"})), True),
        (MARKETPLACE, Config(select=frozenset({"old-name"})), True),
        (MARKETPLACE, Config(select=frozenset({"handler-must-be-correct"})), True),
        (MARKETPLACE, Config(select=frozenset({"other"})), False),
        (MARKETPLACE, Config(ignore=frozenset({"some-rule"})), False),
        (MARKETPLACE, Config(select=frozenset({"some-rule"}), ignore=frozenset({"some-rule"})), False),
    ],
)
def test_which_rules_run(profiles, config, expected):
    assert enabled(rule(BLOCKING, profiles), config) is expected


def test_a_name_that_chooses_nothing_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="did you mean 'some-rule'"):
        refuse_unknown(frozenset({"some-rul"}), (rule(),), "--select")
