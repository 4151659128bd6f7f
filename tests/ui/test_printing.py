"""A tree that is printed and read again is the same tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.source.span import Span
from packager.ui.nodes import Call, Lambda, ListLiteral, Literal, Member, ObjectLiteral, Variable, children
from packager.ui.parser import parse
from packager.ui.printing import print_expression

SPAN = Span(0, 0)
NAMES = st.from_regex(r"[a-z$_][a-z0-9_]{0,5}", fullmatch=True).filter(
    lambda name: name not in {"true", "false", "null"}
)
TEXTS = st.text(st.characters(exclude_characters="\\"), max_size=6)
LITERALS = st.one_of(TEXTS, st.integers(-999, 999), st.sampled_from([1.5, -0.25, 1e22, True, False, None]))
TREES = st.recursive(
    st.one_of(LITERALS.map(lambda value: Literal(value, SPAN)), NAMES.map(lambda name: Variable(name, SPAN))),
    lambda inner: st.one_of(
        st.builds(Call, NAMES, st.lists(inner, max_size=3).map(tuple), st.just(SPAN)),
        st.builds(
            Member, st.builds(Call, NAMES, st.just(()), st.just(SPAN)), st.sampled_from(["a", "1-b"]), st.just(SPAN)
        ),
        st.builds(ListLiteral, st.lists(inner, max_size=3).map(tuple), st.just(SPAN)),
        st.builds(ObjectLiteral, st.lists(st.tuples(TEXTS, inner), max_size=2).map(tuple), st.just(SPAN)),
        st.builds(Lambda, NAMES, inner, st.just(SPAN)),
    ),
    max_leaves=10,
)


def shape(node):
    """The nodes without their spans."""
    own = [part for name, part in node._asdict().items() if name in {"name", "value", "parameter"}]
    return [type(node), *own, *map(shape, children(node))]


@given(TREES)
def test_round_trip(tree):
    again = parse(print_expression(tree))
    assert shape(again) == shape(tree)
    assert print_expression(again) == print_expression(tree)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("[ add( 1 ,2.50 ) ]", "[add(1, 2.5)]"),
        ("[map(x.y, (i) => {'a': i, b: [null, true]})]", "[map(x.y, (i) => {'a': i, 'b': [null, true]})]"),
        ("['it''s']", r"['it\'s']"),
        ('["a\\"b"]', "['a\"b']"),
        (r"['a\d']", r"['a\d']"),
        ('["a\\\\"]', '["a\\\\"]'),
    ],
)
def test_style(written, printed):
    assert print_expression(parse(written)) == printed
