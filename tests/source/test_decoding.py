"""Bytes that are not UTF-8 text get an explanation, and can still be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.source.decoding import decode
from packager.source.limits import LIMITS, Limits
from packager.source.span import Span


@pytest.mark.parametrize(
    ("data", "text", "message", "span"),
    [
        ("{}".encode("utf-16"), "{}", "the file is UTF-16, not UTF-8", Span(0, 0)),
        (b"\xfe\xff\x00{\x00}", "{}", "the file is UTF-16, not UTF-8", Span(0, 0)),
        ("{}".encode("utf-32"), "{}", "the file is UTF-32, not UTF-8", Span(0, 0)),
        (b"{\x00}\x00", "{\0}\0", "the file is UTF-16 without a byte-order mark, not UTF-8", Span(1, 2)),
        (b"\x00{\x00}", "\0{\0}", "the file is UTF-16 without a byte-order mark, not UTF-8", Span(0, 1)),
        (b'"a\x00b"', '"a\0b"', "the file has a NUL character", Span(2, 3)),
        ("{ä".encode() + b"\xe4}", "{ä\ufffd}", "the file is not UTF-8: byte 0xe4 cannot stand here", Span(2, 3)),
    ],
)
def test_what_is_wrong_and_where(data, text, message, span):
    found, problem = decode(data, LIMITS)
    assert found == text
    assert problem is not None
    assert (problem.message, problem.span) == (message, span)


def test_a_file_over_the_limit_is_not_decoded():
    text, problem = decode(b"x" * 11, Limits(bytes=10))
    assert text == ""
    assert problem is not None
    assert problem.message == "the file has 11 bytes; the limit is 10"


def test_a_byte_order_mark_is_kept_for_the_reader():
    assert decode(b"\xef\xbb\xbf{}", LIMITS) == ("\ufeff{}", None)


@given(st.binary())
def test_no_bytes_crash_it(data):
    text, problem = decode(data, LIMITS)
    if problem is None:
        assert text.encode() == data
