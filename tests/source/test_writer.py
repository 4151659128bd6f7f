"""JSON that goes into packages."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.errors import RefusedError
from packager.source.jsonc import read
from packager.source.writer import to_json

TEXT = st.text(st.characters(codec="utf-8"))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20)


def test_the_form_of_the_text():
    value = {"b": [1, {"ü": None}, [], {}], "a": "x\ty\u2028\x7f", "c": (True, 1.5)}
    assert to_json(value) == (
        '{\n  "b": [\n    1,\n    {\n      "ü": null\n    },\n    [],\n    {}\n  ],\n'
        '  "a": "x\\ty\u2028\x7f",\n  "c": [\n    true,\n    1.5\n  ]\n}\n'
    )


def test_numbers_keep_the_digits_they_were_read_with():
    text = f"[\n  1.10,\n  1E+2,\n  1e999,\n  {'9' * 5000}\n]\n"
    assert to_json(read(text).value) == text


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (math.nan, "JSON cannot hold nan"),
        ([math.inf], "JSON cannot hold inf"),
        ({1: 2}, "JSON has only text as property names, not 1"),
        ({"a": object}, "JSON cannot hold <class 'object'>"),
    ],
)
def test_what_json_cannot_say_is_refused(value, message):
    with pytest.raises(RefusedError) as caught:
        to_json(value)
    assert caught.value.message == message


def test_depth_is_no_problem():
    value: list[object] = []
    for _ in range(5000):
        value = [value]
    assert to_json(value).count("[") == 5001


@given(VALUES)
def test_what_was_written_reads_as_it_was(value):
    text = to_json(value)
    assert json.loads(text) == value
    assert read(text).value == value
    assert text == json.dumps(value, indent=2, ensure_ascii=False) + "\n"
