"""Whether Python code compiles, and for which Python."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.code.python import bad_requirements, mistake_in

RUNNING = sys.version_info.minor


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"x = 1\r\n",
        b"\xef\xbb\xbfx = 1\n",
        b"# -*- coding: latin-1 -*-\nx = '\xe9'\n",
        b"x = '\\d'\n",
        b"assert (1, 2)\n",
        b"#!/usr/bin/env python2\nprint 'x'\n",
    ],
)
def test_code_that_compiles(source):
    assert mistake_in(source, None) is None


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (b"x = 1\nif x\n  y\n", 2),
        (b"\n\treturn 1\n", 2),
        (b"x = '\xe9'\n", 1),
        (b"x = 1\ny\0\n", 2),
        (b"(" * 1000, 1),
        (b"-" * 100_000 + b"1", 1),
        (b"a" + b".a" * 100_000, 1),
        (b"return 1\n", 1),
        (b"\xff\xfex\0", 1),
    ],
)
def test_mistakes(source, line):
    found = mistake_in(source, None)
    assert found.certain
    assert found.message.startswith(f"Python 3.{RUNNING} cannot read it: ")
    assert found.line in {line, 1 if b"\0" in source else line}


def test_a_python_that_is_older():
    found = mistake_in(b"match a:\n    case 1: pass\n", 9)
    assert found.message.startswith("Python 3.9 cannot read it: ")
    assert mistake_in(b"x = 1\n", 9) is None


@pytest.mark.skipif(RUNNING > 11, reason="this Python knows the syntax")
@pytest.mark.parametrize("source", [b"type X = int\n", b"def f[T](a: T): ...\n", b'x = f"{a["b"]}"\n'])
def test_what_a_newer_python_may_read(source):
    assert not mistake_in(source, None).certain
    assert not mistake_in(source, 13).certain
    assert mistake_in(source, RUNNING).certain


@given(st.binary(max_size=60))
def test_any_bytes_are_judged(source):
    found = mistake_in(source, None)
    assert found is None or found.line >= 0


@pytest.mark.parametrize(
    "line",
    [
        *("", "# only words = here", "a", "a-b.c_d", "a==1.0", "a == 1.0 # why = so", "a>=1,<2", "a >= 1 , != 1.5,"),
        *(
            "a[b,c]~=1.4",
            "a (>=1)",
            "a===1-x",
            "a==1!2.0+local.1",
            "a==1.*",
            'a ; python_version < "3"',
            "a;extra=='x'",
        ),
        *("a @ https://x/y.whl", "a@ git+https://x/y@v1", "-r b.txt", "--hash=x", "./a.whl", "a.tar.gz", "git+ssh://x"),
        *("a==1 --hash=sha256:00", "${NAME}==1", "a==${VERSION}", "C:\\x\\y.whl"),
    ],
)
def test_requirements(line):
    assert bad_requirements(line + "\n") == []


@pytest.mark.parametrize("line", ["a=1", "a b", "a>", "a==", "a==1 b", "[a]", "=1", "a==1,,b", "é"])
def test_bad_requirements(line):
    assert [one.line for one in bad_requirements(f"# first\n\n{line}\n")] == [3]


def test_lines_that_go_on():
    assert bad_requirements("a \\\n  >=1 \\\n  --hash=x\nb=1\n")[0][:3] == (
        4,
        1,
        "pip cannot read the requirement 'b=1'; '==' pins a version",
    )
    assert bad_requirements("a==1 \\") == []
