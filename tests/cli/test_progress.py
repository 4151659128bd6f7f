"""Progress: on a terminal, after a second, and gone at the end."""

import io
import time

from packager.cli import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def follow(monkeypatch, outcomes, paths, *, alone, patience, stream=None):
    """The outcomes that come through, and what is said meanwhile."""
    stream = stream or Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    return tuple(progress.followed(outcomes, paths, show=True, alone=alone)), stream.getvalue()


def slowly(paths):
    for path in paths:
        time.sleep(0.02)
        yield path


def test_each_path_is_told_once_patience_is_over(monkeypatch):
    paths = ("a", "b\n", "c")
    said = follow(monkeypatch, slowly(paths), paths, alone=False, patience=0.03)
    assert said == (paths, "\r\033[Kchecking 3 of 3: c\r\033[K")


def test_one_slow_path_is_told_while_it_is_checked(monkeypatch):
    said = follow(monkeypatch, slowly(["a"]), ("a\n",), alone=True, patience=0.001)
    assert said == (("a",), "\r\033[K'checking a\\n'\r\033[K")


def test_a_fast_run_says_nothing(monkeypatch):
    assert follow(monkeypatch, ["a"], ("a",), alone=True, patience=1) == (("a",), "")


def test_nothing_is_said_where_there_is_no_terminal(monkeypatch):
    said = follow(monkeypatch, slowly("ab"), ("a", "b"), alone=False, patience=0, stream=io.StringIO())
    assert said == (("a", "b"), "")
