"""JMESPath in the transforms of a call, and what it may cost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.expressions.errors import ExpressionError
from packager.ui.transforms import LONGEST, Transform, refuse_unreadable, transformed, transforms_of

BODY = {
    "value": [
        {"name": "b", "id": "/2", "cores": 4, "kinds": ["x", "y"]},
        {"name": "a", "id": "/1", "cores": 2, "kinds": ["x"]},
    ]
}


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("value[].{label: name, value: id}", [{"label": "b", "value": "/2"}, {"label": "a", "value": "/1"}]),
        ("value[?cores > `2`].name | [0]", "b"),
        ("sort_by(value, &name)[].name", ["a", "b"]),
        ("value[?contains(kinds, 'y')].id", ["/2"]),
        ("avg(value[].cores)", 3),
        ("length(value)", 2),
        ("absent", None),
        ("value[?name == `a`].id | [0]", "/1"),
        ("join(', ', value[].name)", "b, a"),
    ],
)
def test_queries(query, value):
    found = transformed(query, BODY)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("value[", "the JMESPath cannot be read: "),
        ("", "the JMESPath cannot be read: "),
        ("nothing(@)", "the JMESPath fails: Unknown function: nothing()"),
        ("length(`5`)", "the JMESPath fails: In function length(), invalid type for value: 5"),
        ("value[?name > `1`]", "the JMESPath fails: "),
        ("&name", "the JMESPath fails: its result is no JSON"),
        ("`NaN`", "the JMESPath fails: its result is no JSON"),
        ("a" * (LONGEST + 1), "the JMESPath has 4,001 letters; 4,000 are read"),
    ],
)
def test_what_fails_says_why_in_one_line(query, message):
    with pytest.raises(ExpressionError) as refused:
        transformed(query, BODY)
    assert str(refused.value).startswith(message)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "query",
    [
        "|".join(["[@, @][]"] * 400),
        "|".join(["{a: @, b: @}"] * 300),
        "|".join(["{a: @, b: @}"] * 60) + "|to_string(@)",
        "|".join(["to_string([@, @])"] * 200),
        "(" * 3000,
        "!" * 3999 + "a",
        "[" * 2000 + "@" + "]" * 1999,
        "a" + ".a" * 1990,
        "a" + "|a" * 1990,
    ],
    ids=range(9),
)
def test_what_doubles_or_goes_deep_ends_soon(query):
    started = time.process_time()
    try:
        transformed(query, BODY)
    except ExpressionError as error:
        assert str(error)
    assert time.process_time() - started < 10


@given(st.text("value[]?.{}:name|&@`0'\"\\ ,()*!=<>-", max_size=40))
def test_any_text_has_a_value_or_a_reason(query):
    try:
        refuse_unreadable(query)
        transformed(query, BODY)
    except ExpressionError as error:
        assert str(error)


def test_where_queries_stand():
    request = {"transforms": {"a": "x", "b": {"jmesPath": "y"}, "c": {"jmesPath": "z", "propertyMappings": {}}, "d": 1}}
    found = [Transform("a", "x"), Transform("b", "y"), Transform("c", None), Transform("d", None)]
    assert list(transforms_of(request)) == found
    for broken in (None, {}, {"transforms": [1]}, []):
        assert list(transforms_of(broken)) == []
