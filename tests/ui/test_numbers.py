"""Numbers and texts into each other, as JavaScript does it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.ui.numbers import number_of, number_text, numeric
from packager.ui.values import number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-1.5, "-1.5"),
        (100.0, "100"),
        (1e20, "100000000000000000000"),
        (2.0**70, "1.1805916207174113e+21"),
        (2.0**69, "590295810358705700000"),
        (1e21, "1e+21"),
        (1.5e-6, "0.0000015"),
        (1e-7, "1e-7"),
        (-1.25e-9, "-1.25e-9"),
        (123456.789, "123456.789"),
        (5e-324, "5e-324"),
        (math.nan, "NaN"),
        (-math.inf, "-Infinity"),
    ],
)
def test_numbers_as_texts(value, text):
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", 0),
        (" \ufeff5\n", 5),
        ("1.", 1),
        (".5", 0.5),
        ("-1e3", -1000),
        ("0x1f", 31),
        ("0b11", 3),
        ("0o17", 15),
        ("-Infinity", -math.inf),
        ("9007199254740993", 9007199254740992),
    ],
)
def test_texts_as_numbers(text, value):
    assert number_of(text) == value


@pytest.mark.parametrize("text", ["1_0", "1,5", "-0x1", "e5", "٣", "1 2", "--1", "infinity", "+-Infinity", "1" * 2000])
def test_texts_that_are_no_numbers(text):
    assert math.isnan(number_of(text))
    assert numeric(text) is None


def test_an_empty_text_is_no_number_for_int():
    assert numeric(" ") is None


@given(st.floats(allow_nan=False))
def test_a_number_survives_its_text(value):
    assert number_of(number_text(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_whole_numbers_are_int_where_exact(value):
    made = number(value)
    assert made == value
    assert isinstance(made, int) == (value.is_integer() and abs(value) <= 2**53)
