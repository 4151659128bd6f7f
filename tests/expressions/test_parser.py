import contextlib
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from packager.expressions.errors import ExpressionError
from packager.expressions.nodes import Call, Index, IntegerLiteral, Node, Property, StringLiteral
from packager.expressions.parser import MAX_DEPTH, MAX_LENGTH, is_expression, parse, unescape
from packager.expressions.printing import print_expression
from packager.source.span import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[parameters('x')]", True),
        ("[]", True),
        ("[", False),
        ("", False),
        ("]", False),
        ("[[test value]", False),
        ("[[", False),
        ("[test] value", False),
        (" [x()]", False),
        ("[x()] ", False),
        ("[\n]", True),
    ],
)
def test_what_counts_as_an_expression(text, expected):
    assert is_expression(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[test value]", "[test value]"),
        ("[[]", "[]"),
        ("[[test[]test2]", "[test[]test2]"),
        ("[test] value", "[test] value"),
        ("[[open", "[[open"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_two_brackets_stand_for_one(text, expected):
    assert unescape(text) == expected


def test_the_tree_and_its_offsets():
    text = "[ concat('it''s', ns.f(-5) .a [ 'b' ])]"
    tree = parse(text)
    assert tree == Call(
        None,
        "concat",
        (
            StringLiteral("it's", 9, 16),
            Index(
                Property(Call("ns", "f", (IntegerLiteral(-5, 23, 25),), 18, 26), "a", 18, 29),
                StringLiteral("b", 32, 35),
                18,
                37,
            ),
        ),
        2,
        38,
    )
    inner = tree.arguments[1].target
    assert text[inner.name_span.start : inner.name_span.end] == "a"
    assert text[inner.target.name_span.start : inner.target.name_span.end] == "ns.f"


@pytest.mark.parametrize(
    ("text", "span", "message"),
    [
        ("[]", (1, 2), "expected a function call, but the expression ends"),
        ("[concat]", (1, 7), ("expected '(' after 'concat'; text stands in single quotes, "
                              "a function's name before brackets")),
        ("[if(True, 1, 2)]", (4, 8), "'True' is a function here; write true()"),
        ("[f(1,)]", (5, 6), "expected a value, not )"),
        ("[f(,1)]", (3, 4), "expected a value, not ,"),
        ("[f('a' 'b')]", (7, 10), "expected ',' or ')' in the call of f, not 'b'"),
        ("[f('a)]", (3, 6), ("the text that begins here has no end; close it with a single quote; "
                            "a quote inside text is written twice: ''")),
        ("[f(1)]]", (5, 6), "expected the end of the expression, not ]"),
        ("[f(1).]", (5, 6), ("expected the name of a property after the dot; "
                            "write ['name'] for a name with other characters")),
        ("[f(1)[0]", (7, 8), "expected ']' after the index, but the expression ends"),
        ("[f(1", (0, 4), "an expression stands in brackets: [...]"),
        ("[f(1.5)]", (4, 5), "a literal has no properties; a fraction is written json('1.5')"),
        ('[f("a")]', (3, 4), 'expected a value, not "; write text in single quotes'),
        ("[f(1)+g(2)]", (5, 6), ("expected the end of the expression, not +; "
                                "there are no operators; use add() or concat()")),
        ("[f(2147483648)]", (3, 13), ("a number in an expression has 32 bits at most; "
                                     "use json('...'), a parameter or a variable for a larger one")),
        ("[7]", (1, 2), "a number alone is no expression; write it as a JSON number"),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_their_place(text, span, message):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert (caught.value.code, str(caught.value)) == ("syntax", message)
    assert caught.value.span == Span(*span)


def test_a_text_alone_is_taken():
    assert parse("['a']") == StringLiteral("a", 1, 4)


def test_numbers_reach_the_borders_of_32_bits():
    assert [node.value for node in parse("[f(-2147483648, 2147483647)]").arguments] == [-(2**31), 2**31 - 1]


def test_depth_has_a_limit():
    assert parse("[" + "f(" * MAX_DEPTH + ")" * MAX_DEPTH + "]")
    with pytest.raises(ExpressionError, match="more than 256 levels") as caught:
        parse("[" + "f(" * 2000 + ")" * 2000 + "]")
    assert caught.value.code == "expression-too-deep"


def test_length_has_a_limit():
    with pytest.raises(ExpressionError, match=r"24,577 characters; Azure takes 24,576 at most") as caught:
        parse("['" + "a" * (MAX_LENGTH - 3) + "']")
    assert caught.value.code == "expression-too-long"


@pytest.mark.parametrize("piece", ["a", " ", "a.", "'", "''", "f(", "[", "1", "f(' ", ".a", "f().a", "f( 1 ,"])
def test_hostile_repetition_takes_no_time(piece):
    text = "[" + piece * (MAX_LENGTH // len(piece) - 2) + "]"
    began = time.perf_counter()
    with contextlib.suppress(ExpressionError):
        parse(text)
    assert time.perf_counter() - began < 2


def nodes() -> st.SearchStrategy[Node]:
    names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,5}", fullmatch=True)
    leaves = st.one_of(
        st.builds(StringLiteral, st.text(max_size=8), st.just(0), st.just(0)),
        st.builds(IntegerLiteral, st.integers(-(2**31), 2**31 - 1), st.just(0), st.just(0)),
    )

    def extend(inner):
        arguments = st.lists(inner, max_size=4).map(tuple)
        calls = st.builds(Call, st.none() | names, names, arguments, st.just(0), st.just(0))
        return calls.flatmap(
            lambda call: st.one_of(
                st.just(call),
                names.map(lambda name: Property(call, name, 0, 0)),
                inner.map(lambda index: Index(call, index, 0, 0)),
            )
        )

    return extend(st.recursive(leaves, extend, max_leaves=12))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(nodes())
def test_what_is_printed_reads_back_the_same(tree):
    text = print_expression(tree)
    assert print_expression(parse(text)) == text


@settings(deadline=None)
@given(st.text(alphabet="[]()',.ab1- \n\"\\é\0", max_size=40) | st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_place(text):
    try:
        tree = parse(f"[{text}]")
    except ExpressionError as error:
        assert error.span is not None
        assert 0 <= error.span.start < error.span.end <= len(text) + 2
    else:
        assert parse(print_expression(tree))
