"""Portal expressions as trees, and what is no expression."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.expressions.errors import ExpressionError
from packager.source.span import Span
from packager.ui.nodes import Call, Lambda, ListLiteral, Literal, Member, ObjectLiteral, Variable
from packager.ui.parser import MAX_DEPTH, has_brackets, is_expression, parse


def test_a_reference_through_odd_members():
    basics = Call("basics", (Literal("a", Span(8, 11)),), Span(1, 12))
    assert parse("[basics('a').b.1x-y]") == Member(Member(basics, "b", Span(1, 14)), "1x-y", Span(1, 19))


def test_blanks_around_everything():
    steps = Call("steps", (Literal("s", Span(9, 12)),), Span(2, 14))
    assert parse(" [steps( 's' ) . z ] ") == Member(steps, "z", Span(2, 18))


def test_a_lambda_with_literals():
    node = parse("""[map(x, (one) => concat([1, -2.5, true], {"a": null, 'b': one}))]""")
    assert isinstance(node, Call)
    body = node.arguments[1]
    assert isinstance(body, Lambda)
    assert body.parameter == "one"
    assert isinstance(body.body, Call)
    numbers, members = body.body.arguments
    assert isinstance(numbers, ListLiteral)
    assert [item.value for item in numbers.items if isinstance(item, Literal)] == [1, -2.5, True]
    assert isinstance(members, ObjectLiteral)
    assert [(name, type(value)) for name, value in members.members] == [("a", Literal), ("b", Variable)]


@pytest.mark.parametrize(
    ("written", "value"), [("'it''s'", "it's"), (r"'it\'s'", "it's"), (r"'\d\['", r"\d\["), ("''", ""), ("'\"'", '"')]
)
def test_texts(written, value):
    node = parse(f"[{written}]")
    assert isinstance(node, Literal)
    assert node.value == value


@pytest.mark.parametrize(
    ("text", "message", "span"),
    [
        ("[a", "an expression stands in brackets", Span(0, 2)),
        ("[[a]", "an expression stands in brackets", Span(0, 4)),
        ("[]", "expected a value, but the expression ends", Span(1, 2)),
        ("[a())]", "expected the end of the expression, but there is ')'", Span(4, 5)),
        ("[a()[0]]", "the portal knows no index", Span(4, 5)),
        ("[a('x)]", "the text that begins here has no end", Span(3, 4)),
        ("[a(1,)]", "expected a value, but there is ')'", Span(5, 6)),
        ("[a().]", "expected a name after the dot", Span(5, 6)),
        ("[(x)]", "expected '=>'", Span(4, 5)),
        ("[(1) => x]", "expected the name of a lambda's parameter", Span(2, 3)),
        ("[a == b]", "but there is '='; there are no operators; use equals()", Span(3, 4)),
        ("[a() | b()]", "but there is '|'; there are no operators; use or()", Span(5, 6)),
        ("[a ? b : c]", "but there is '?'; there are no operators; use if() or coalesce()", Span(3, 4)),
        ("[{1: 2}]", "expected the name of a member", Span(2, 3)),
    ],
)
def test_what_is_no_expression(text, message, span):
    with pytest.raises(ExpressionError, match=re.escape(message)) as caught:
        parse(text)
    assert caught.value.span == span


@pytest.mark.parametrize("part", ["a(", "[1, ", "(x) => ", '{"a": '])
def test_depth_is_bounded(part):
    with pytest.raises(ExpressionError, match="levels deep"):
        parse("[x(" + part * (MAX_DEPTH + 1) + "]")


@pytest.mark.parametrize(
    ("text", "brackets", "expression"),
    [
        ("[a-z]", True, False),
        (" [a()] ", True, True),
        ("[[a()]", False, False),
        ("", False, False),
        ("[", False, False),
    ],
)
def test_brackets_alone_make_no_expression(text, brackets, expression):
    assert has_brackets(text) is brackets
    assert is_expression(text) is expression


@given(st.text(alphabet="ab1('\"[]{}).,:=>-$\\ ", max_size=40))
def test_any_text_is_read_or_refused(text):
    assert is_expression(f"[{text}]") in {True, False}
