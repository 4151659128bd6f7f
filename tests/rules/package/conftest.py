"""What the tests of package rules share: a package made in memory and looked at by one rule."""

import datetime

import pytest

from packager.bundle.model import Bundle, Entry
from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.package import Package
from packager.checks.registry import all_rules


@pytest.fixture
def checked():
    """`checked(rule, bundle)`: the findings as (file, line, rule with sub-id, severity), or their messages."""

    def check(rule_id, bundle, plan_kind=None, messages=False):
        rules = tuple(rule for rule in all_rules() if rule.id == rule_id)
        assert rules, f"no rule is called {rule_id}"
        findings = run(Package(bundle, datetime.date(2026, 11, 24), plan_kind), rules, Config()).findings
        if messages:
            return [one.message for one in findings]
        return [(one.file, one.line, one.rule, str(one.severity)) for one in findings]

    return check


@pytest.fixture
def found(checked):
    """`found(rule, {name: text or bytes})`: what `checked` gives for a package of these files."""

    def check(rule_id, files, kind="zip", plan_kind=None, messages=False):
        entries = {name: _entry(name, content) for name, content in files.items()}
        return checked(rule_id, Bundle("p", kind, None, entries), plan_kind, messages)

    return check


def _entry(name, content):
    data = content if isinstance(content, bytes) else content.encode()
    return Entry(name, len(data), lambda: data)
