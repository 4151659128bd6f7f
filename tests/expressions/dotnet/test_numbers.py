import pytest

from packager.expressions.dotnet.composite import format_text
from packager.expressions.dotnet.numbers import format_number
from packager.expressions.errors import ExpressionError


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (8175133, "N0", "8,175,133"),
        (-1234567, "N", "-1,234,567.00"),
        (42, "D5", "00042"),
        (-42, "d5", "-00042"),
        (255, "X", "FF"),
        (255, "x8", "000000ff"),
        (-1, "X", "FFFFFFFFFFFFFFFF"),
        (5, "B8", "00000101"),
        (42, "F1", "42.0"),
        (2.5, "F0", "3"),
        (-0.001, "F2", "0.00"),
        (1234567, "E2", "1.23E+006"),
        (0, "e1", "0.0e+000"),
        (0.00012, "E3", "1.200E-004"),
        (1234567, "G", "1234567"),
        (1234567, "G3", "1.23E+06"),
        (123, "G5", "123"),
        (0.5, "P1", "50.0 %"),
        (-3, "C", "(\u00a43.00)"),
        (1.0, "", "1"),
        (1.5, "G", "1.5"),
        (1e16, "R", "1E+16"),
        (7, "000", "007"),
        (-7, "000", "-007"),
        (1234567, "#,##0.00", "1,234,567.00"),
        (0, "#", ""),
        (0, "#.##", ""),
        (1.5, "0.0#", "1.5"),
        (5, "0;(0);zero", "5"),
        (-5, "0;(0);zero", "(5)"),
        (0, "0;(0);zero", "zero"),
        (5, "0 'units'", "5 units"),
        (5, r"\#0", "#5"),
        (0.25, "0%", "25%"),
        (12345678, "0,,", "12"),
        (1234, "0.0E+00", "1.2E+03"),
        (1234567890, "(000) 000-0000", "(123) 456-7890"),
        (2, "0.00 €", "2.00 €"),
    ],
)
def test_formats_of_numbers(value, form, expected):
    assert format_number(value, form) == expected


@pytest.mark.parametrize(("value", "form"), [(1, "Y"), (1, "q3"), (1.5, "D"), (1.5, "X")])
def test_formats_that_are_refused(value, form):
    with pytest.raises(ExpressionError, match="is no number format"):
        format_number(value, form)


@pytest.mark.parametrize(
    ("form", "arguments", "expected"),
    [
        ("{0,5}|{1,-3}|{2:D3}", ["ab", 7, 7], "   ab|7  |007"),
        ("{{{0}}}", [1], "{1}"),
        ("{0:N0}", ["text"], "text"),
        ("{0}{1}{2}", [True, None, {"a": [1, "b'c"]}], "True{'a':[1,'b\\'c']}"),
        ("{0 }{0:}", ["a"], "aa"),
        ("", [], ""),
    ],
)
def test_composite_formats(form, arguments, expected):
    assert format_text(form, arguments) == expected


@pytest.mark.parametrize("form", ["{", "}", "{0", "{}", "{a}", "{0,}", "{-1}", "{0:{0}}", "{1}"])
def test_composite_formats_that_are_refused(form):
    with pytest.raises(ExpressionError) as caught:
        format_text(form, ["a"])
    assert caught.value.code == "invalid-format"
