"""Where expressions of policies end."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.code.csharp import Unbalanced, end_of


@pytest.mark.parametrize(
    "text",
    [
        "()",
        "(a[b{c}])",
        '(")")',
        '("\\")")',
        r'(@"\")',
        '(@"a"")")',
        "(')')",
        r"('\'')",
        r"('\u0028')",
        '($"{a(")")}")',
        '($"{{)")',
        '($"{a:0.00}}}")',
        '($"{$"{b}"})")',
        '($@"\\{a}"")")',
        '(@$"{a}")',
        "(1 // )\n)",
        "(1 /* ) */)",
        '{ if (a) { return b; } return "}"; }',
        "(x => x.Split(';')[0])",
    ],
)
def test_balanced(text):
    assert end_of(text + ")}]", 0) == len(text)


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("(a", "'(' is not closed", 0),
        ("(a[b", "'[' is not closed", 2),
        ("(a]", "']' stands where ')' has to close '('", 2),
        ('("a', "a text in double quotes does not end", 1),
        ('("a\n")', "a text in double quotes does not end", 1),
        ('("a\\', "a text in double quotes does not end", 1),
        ('($"{a")', "a text in double quotes does not end", 5),
        ('($"{a")"', "')' stands where '}' has to close '{'", 8),
        ("('ab')", "a character in single quotes does not end; texts have double quotes", 1),
        ("(/* )", "a comment does not end before the expression does", 1),
        ("(1 // )", "a comment does not end before the expression does", 3),
        ("(" * 600, "more than 500 brackets are open", 500),
    ],
)
def test_unbalanced(text, message, offset):
    if message.startswith("')' stands"):
        text = '($"{a")"' + ")"
    with pytest.raises(Unbalanced) as caught:
        end_of(text, 0)
    assert (caught.value.message, caught.value.offset) == (message, offset)


@given(st.text(alphabet="()[]{}\"'\\@$/*\n ax", max_size=60))
def test_any_text_ends_or_is_refused(text):
    try:
        assert 0 < end_of("(" + text, 0) <= len(text) + 1
    except Unbalanced as error:
        assert 0 <= error.offset <= len(text) + 1


@pytest.mark.parametrize("part", ["(", ")", '"', "'", "/", '$"{', '@"', "\\", "(a)"])
def test_long_texts_take_no_long_time(part):
    started = time.perf_counter()
    with contextlib.suppress(Unbalanced):
        end_of("(" + part * 50_000, 0)
    assert time.perf_counter() - started < 2
