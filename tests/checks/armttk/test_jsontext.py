"""The text that ConvertTo-Json makes of a value, and the way back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.checks.armttk.jsontext import WHOLE, piped, quoted
from packager.source.armttk import Date
from packager.source.span import Span

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner, min_size=2, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_the_whole_value_is_json_again(value):
    assert json.loads(piped(value, WHOLE).value) == value


@given(st.text())
def test_only_what_must_is_escaped(text):
    written = quoted(text)
    assert json.loads(written) == text
    if text.isascii() and text.isprintable() and not {'"', "\\"} & set(text):
        assert written == f'"{text}"'


def test_what_newtonsoft_escapes():
    assert quoted("a\"b\\c\n\x01\x85\u2028'<") == '"a\\"b\\\\c\\n\\u0001\\u0085\\u2028\'<"'


@pytest.mark.parametrize(
    ("value", "depth", "text"),
    [
        ([], 2, ""),
        ([1], 2, "1"),
        ([1, 2], 2, "[1,2]"),
        ([[1]], 2, "[1]"),
        (Date("2024-01-01T00:00:00Z"), 2, '"2024-01-01T00:00:00Z"'),
        ({"a": {"b": {"c": {}}}}, 2, '{"a":{"b":{"c":""}}}'),
        ({"a": {"b": {"c": {"d": "x", "e": {"f": 1}}}}}, 2, '{"a":{"b":{"c":"@{d=x; e=}"}}}'),
        ({"a": {"b": [1, "x"]}}, 1, '{"a":{"b":"1 x"}}'),
        ({"a": {"b": True}}, 0, '{"a":"@{b=True}"}'),
    ],
)
def test_depth(value, depth, text):
    assert piped(value, depth).value == text


def test_paths():
    text = piped({"a": ["x", {"key": "value"}], "deep": {"b": {"c": {"d": "far"}}}})
    for part, path in (("x", ("a", 0)), ("key", ("a", 1, "key")), ("value", ("a", 1, "key"))):
        assert text.path(text.value.index(part)) == path
    assert text.path(text.value.index("far")) == ("deep", "b", "c")
    assert piped([{"a": 1}]).path(2) == (0, "a")


def test_first_references():
    text = piped({"a": "[PARAMETERS( 'One' )]", "b": "[parameters('two')]", "c": "parameters('one')"}, WHOLE)
    assert {name: text.value[one.start : one.end] for name, one in text.first_references(text.whole).items()} == {
        "one": "PARAMETERS( 'One' )",
        "two": "parameters('two')",
    }
    after = Span(text.value.index("two"), len(text.value))
    assert [one.start for one in text.first_references(after).values()] == [text.value.rindex("parameters")]
    assert text.in_expression(text.value.index("PARAMETERS"))
    assert not text.in_expression(text.value.rindex("parameters"))
