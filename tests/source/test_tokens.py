"""Words of JSON text: where each ends, also in the first versions of Python 3.11, whose possessive groups go wrong."""

import pytest

from packager.source import tokens


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("// note\n1", 7),
        ("/* note */ 1", 10),
        ("/***/*/", 5),
        ("/* a\n * b\n */*/", 13),
        ("/* open *", None),
        ("/*/", None),
    ],
)
def test_a_comment_ends_at_its_first_end(text, end):
    match = tokens.COMMENT.match(text)
    assert (match and match.end()) == end


@pytest.mark.parametrize(
    ("text", "end"),
    [("1.5,", 3), ("1.,", 1), ("1.e5,", 1), ("1e,", 1), ("1e+,", 1), ("-0.5E-07,", 8), ("012,", 1), ("5. ", 1)],
)
def test_a_number_ends_where_json_says(text, end):
    match = tokens.PLAIN_NUMBER.match(text)
    assert match is not None
    assert match.end() == end


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\u00e4"]', r'"\u00e4"'),
        (r'"\\u"]', r'"\\u"'),
        (r'"\u"]', None),
        (r'"\u00e"]', None),
        (r'"a\x"]', None),
        ("1.]", None),
        ("1.5]", "1.5"),
    ],
)
def test_an_item_is_plain_or_none(text, value):
    match = tokens.ELEMENT.match(text)
    assert (match and match[2]) == value
