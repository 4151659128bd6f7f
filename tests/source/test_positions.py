"""Spans of names and values by path."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.source.jsonc import plain_positions, read, read_positions
from packager.source.span import Span

TEXT = st.text(st.characters(codec="utf-8"))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20)

SAMPLE = """{ // a comment
  'one': [10, {"t\\u0077o": "x"}, [ ], ],
  three : {},
  "four": 0x10, "four": -1.50
}"""


def text_at(path, *, key=False):
    span = read_positions(SAMPLE).span(path, key=key)
    return None if span is None else SAMPLE[span.start : span.end]


@pytest.mark.parametrize(
    ("path", "value", "name"),
    [
        ((), SAMPLE, None),
        (("one",), """[10, {"t\\u0077o": "x"}, [ ], ]""", "'one'"),
        (("one", 0), "10", None),
        (("one", 1), '{"t\\u0077o": "x"}', None),
        (("one", 1, "two"), '"x"', '"t\\u0077o"'),
        (("one", 2), "[ ]", None),
        (("three",), "{}", "three"),
        (("four",), "-1.50", '"four"'),
        (("one", 3), None, None),
        (("one", "0"), None, None),
        (("five",), None, None),
        (("four", "x"), None, None),
        ((0,), None, None),
    ],
)
def test_value_and_name(path, value, name):
    assert text_at(path) == value
    assert text_at(path, key=True) == name


def test_a_value_left_out_has_an_empty_span():
    assert read_positions("[1,,2]").span((1,)) == Span(3, 3)
    assert read_positions("[1,,2]").span((2,)) == Span(4, 5)


def test_of_a_broken_text_there_is_what_could_be_read():
    positions = read_positions('{"a": [1, 2], "b": {"c": 3 oops')
    assert positions.span(("a", 1)) == Span(10, 11)
    assert positions.span(("b", "c")) == Span(25, 26)
    assert read_positions("").span(()) is None


def paths(value, path=()):
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        yield from paths(item, (*path, step))


@given(VALUES, st.sampled_from([None, 1]), st.booleans(), st.sampled_from([read_positions, plain_positions]))
def test_every_span_slices_back_to_its_value(value, indent, ascii_only, positions_of):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    positions = positions_of(text)
    for path, item in paths(value):
        span = positions.span(path)
        assert span is not None
        assert json.loads(text[span.start : span.end]) == item
        name = positions.span(path, key=True)
        if path and isinstance(path[-1], str):
            assert name is not None
            assert json.loads(text[name.start : name.end]) == path[-1]
        else:
            assert name is None


def generated_template(resources: int) -> str:
    """A template in the size that generators make."""
    rule = {"name": "r", "properties": {"priority": 100, "access": "Allow", "ranges": ["*", "443"], "note": 'a \\ " ü'}}
    resource = {"type": "Microsoft.Network/networkSecurityGroups", "name": "[concat(parameters('p'), '-nsg')]"}
    many = [{**resource, "number": number, "properties": {"securityRules": [rule] * 4}} for number in range(resources)]
    return json.dumps({"$schema": "x", "parameters": {}, "resources": many}, indent=2)


def test_a_template_of_real_size():
    text = generated_template(1900)
    assert len(text) > 2_400_000
    reading, positions = read(text), read_positions(text)
    assert reading.value == json.loads(text)
    assert reading.deviations == ()
    for number in (0, 700, 1899):
        span = positions.span(("resources", number, "number"))
        assert span is not None
        assert text[span.start : span.end] == str(number)
        note = positions.span(("resources", number, "properties", "securityRules", 3, "properties", "note"))
        assert note is not None
        assert json.loads(text[note.start : note.end]) == 'a \\ " ü'


@pytest.mark.parametrize(
    ("part", "path"),
    [
        ("{ // a", ()),
        ("comment", ()),
        ("'one'", ("one",)),
        ("10", ("one", 0)),
        (', {"t', ("one",)),
        ("u0077o", ("one", 1, "two")),
        ('"x"', ("one", 1, "two")),
        ("three", ("three",)),
        ("{},", ("three",)),
        ("0x10", ()),  # of equal names the last one counts
        ("-1.50", ("four",)),
        ("\n}", ()),
    ],
)
def test_the_path_at_a_place(part, path):
    assert read_positions(SAMPLE).path_at(SAMPLE.index(part)) == path


def paths_in(value, path=()):
    yield path
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths_in(inner, (*path, step))


@given(VALUES, st.sampled_from([None, 2]), st.sampled_from([read_positions, plain_positions]))
def test_every_place_leads_back_to_its_path(value, indent, positions_of):
    positions = positions_of(json.dumps(value, indent=indent))
    for path in paths_in(value):
        assert positions.path_at(positions.span(path).start) == path
        name = positions.span(path, key=True)
        assert name is None or positions.path_at(name.start) == path


@given(VALUES, st.randoms(use_true_random=False), st.sampled_from(["", " ", "\r\n\t"]))
def test_both_ways_find_the_same_places_in_any_order(value, random, blank):
    text = f"{blank}{json.dumps(value, separators=(f'{blank},{blank}', f'{blank}:{blank}'))}{blank}"
    whole, plain = read_positions(text), plain_positions(text)
    asked = [*paths_in(value), ("none",), (7,), (0, "none")]
    random.shuffle(asked)
    for path in asked:
        for key in (False, True):
            assert plain.span(path, key=key) == whole.span(path, key=key)
        offset = random.randrange(len(text))
        assert plain.path_at(offset) == whole.path_at(offset)
