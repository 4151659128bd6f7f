"""What .NET takes for a regular expression; the verdicts are those of the documented grammar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.checks.armttk.dotnet import regex_problem


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        r"^[a-z]{1,3}$",
        r"^(?=.*[a-z])(?!.*x).{6,72}$",
        r"^(?<a>x)\k<a>\1$",
        r"(?'n'a)\k'n'",
        r"(?<b>(?<a>x)(?<-a>y))",
        r"(a)\10",
        r"[^]a]",
        r"[a-z-[aeiou]]",
        r"[\w-]",
        r"[\w-a]",
        r"[\--!]",
        r"[[:alpha:]]",
        r"\p{L}\P{IsGreek}",
        "a{,3}",
        "a{x}",
        "{",
        "a{2,3}?",
        "(?i)a(?-i:b)",
        "(?<!a)b(?<=a)(?>c)",
        "(?(1)a|b)(c)",
        "(?(a)b|c)",
        "(?#note)c",
        "(?x) a # (",
        "a|",
        "()",
        r"\-\/\@\cA\x41\u0041\0",
        "]}",
    ],
)
def test_taken(pattern):
    assert regex_problem(pattern) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "[a",
        "[]",
        "*a",
        "a**",
        "a++",
        "a{2}{3}",
        "{0}",
        "a{3,1}",
        "a{99999999999}",
        "[z-a]",
        r"[a-\d]",
        r"[a-z-[b]c]",
        r"[\8]",
        "[😀-😎]",  # two halves each in UTF-16, of which the inner ones are reversed
        "\\",
        r"\y",
        r"\2",
        r"\k<x>",
        r"\k",
        r"\p{Foo}",
        r"\pL",
        r"\xZ",
        r"\u12",
        r"\c",
        "(?P<n>a)",
        "(?<0>a)",
        "(?<n",
        "(?z)",
        "(?|a)",
        "(?#",
        "(?(1)a)",
        "(?(a)b|c|d)",
    ],
)
def test_refused(pattern):
    assert regex_problem(pattern)


@given(st.text(alphabet="ab1(){}[]<>?*+|^$.\\-,:=!'#kpPx ", max_size=40))
def test_any_text_gets_an_answer(pattern):
    assert regex_problem(pattern) is None or regex_problem(pattern)


@pytest.mark.parametrize("part", ["(", "[", "(?<a>", "[a-[", "{1", "(?(", r"\p{", "(?:"])
def test_deep_and_long_patterns_are_read_in_linear_time(part):
    regex_problem(part * 20_000)
