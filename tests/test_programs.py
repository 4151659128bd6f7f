"""Programs are found where the user says, run without the user's settings, and stopped when they take too long."""

import os
import sys
import time

import pytest

from packager.programs import ProgramError, Started, find_program, plain_environment, run_program

pytestmark = pytest.mark.slow

PYTHON = [sys.executable, "-c"]


def program(folder, name, text="#!/bin/sh\necho it\n"):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.fixture
def alone(monkeypatch, tmp_path):
    """A PATH with nothing on it."""
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    return tmp_path


def test_a_variable_names_a_program(alone, monkeypatch):
    file = program(alone, "other-lint")
    monkeypatch.setenv("PACKAGER_NOLINT", str(file))
    assert find_program("nolint") == str(file)


def test_a_variable_that_names_nothing_is_refused(monkeypatch):
    monkeypatch.setenv("PACKAGER_NOLINT", "/nowhere/lint")
    with pytest.raises(ProgramError, match="PACKAGER_NOLINT names '/nowhere/lint', which is no program"):
        find_program("nolint")


def test_a_program_is_found_on_path(alone, monkeypatch):
    (alone / "bin").mkdir()
    file = program(alone / "bin", "nolint")
    assert find_program("nolint") is None
    monkeypatch.setenv("PATH", str(alone / "bin"))
    assert find_program("nolint") == str(file)


def test_nothing_in_the_current_folder_is_a_program(alone, monkeypatch):
    program(alone, "nolint")
    monkeypatch.chdir(alone)
    monkeypatch.setenv("PATH", ".")
    assert find_program("nolint") is None


def test_the_outcome_is_what_a_program_said():
    code = "import sys; print(sys.stdin.read().upper()); print('e', file=sys.stderr); sys.exit(3)"
    assert run_program([*PYTHON, code], 30, given=b"abc") == (3, f"ABC{os.linesep}", f"e{os.linesep}")


def test_a_program_that_takes_too_long_is_stopped():
    started = Started([*PYTHON, "import time; time.sleep(60)"])
    with pytest.raises(ProgramError, match=r"^did not end within 0\.1 seconds$"):
        started.outcome(0.1)
    assert started._process.poll() is not None


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_what_a_program_started_is_stopped_with_it(tmp_path):
    mark = tmp_path / "mark"
    file = program(tmp_path, "slow", f"#!/bin/sh\n(sleep 1; touch {mark}) & sleep 60\n")
    with pytest.raises(ProgramError, match=r"^'slow' did not end within 0\.1 seconds$"):
        run_program([str(file)], 0.1)
    time.sleep(1.2)
    assert not mark.exists()


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_program_that_writes_without_end_is_stopped(stream):
    started = Started([*PYTHON, f"import sys\nwhile True: sys.{stream}.write('x' * 1000)"])
    with pytest.raises(ProgramError, match=r"^wrote more than 1 MB$"):
        started.outcome(30, 1 << 20)
    assert started._process.poll() is not None


def test_a_program_nobody_waits_for_is_stopped():
    started = Started([*PYTHON, "import time; time.sleep(60)"])
    process = started._process
    del started
    assert process.poll() is not None


def test_what_cannot_be_run_is_said(tmp_path):
    with pytest.raises(ProgramError, match=r"cannot be run: No such file"):
        run_program([str(tmp_path / "none")], 1)


def test_settings_of_the_user_are_not_handed_on(monkeypatch):
    monkeypatch.setenv("BASH_ENV", "/tmp/x")
    monkeypatch.setenv("SHELLCHECK_OPTS", "--exclude=SC2086")
    environment = plain_environment()
    assert not {"BASH_ENV", "SHELLCHECK_OPTS"} & environment.keys()
    assert environment["LC_ALL"] == "C"
