"""Numbers keep their digits."""

import copy
import pickle

import pytest

from packager.source.exact import ExactFloat, ExactInteger, exact_float, exact_integer


@pytest.mark.parametrize(
    "text", ["1.10", "1E5", "0.30000000000000000001", "1e999", "-0.0e0", "100000000000000000000.0"]
)
def test_floats_that_python_would_write_otherwise_keep_their_text(text):
    number = exact_float(text)
    assert isinstance(number, ExactFloat)
    assert (str(number), repr(number), number) == (text, text, float(text))


@pytest.mark.parametrize("text", ["1.5", "-0.0", "1e-07", "1e+16"])
def test_other_floats_are_plain(text):
    assert type(exact_float(text)) is float


def test_integers_are_exact_beyond_64_bits():
    assert exact_integer("123456789012345678901234567890") == 123456789012345678901234567890


def test_integers_beyond_what_python_prints_can_be_printed():
    text = "-" + "9" * 5000
    number = exact_integer(text)
    assert isinstance(number, ExactInteger)
    assert number == 1 - 10**5000
    assert f"{number}" == str(number) == repr(number) == text


@pytest.mark.parametrize("number", [ExactFloat("1.10"), exact_integer("7" * 4500)])
def test_copies_keep_the_text(number):
    for twin in (copy.deepcopy(number), pickle.loads(pickle.dumps(number))):
        assert twin == number
        assert twin.text == number.text
