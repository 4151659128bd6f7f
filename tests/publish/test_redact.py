"""No secret is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.publish.redact import note_secret, note_signed, redact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PUT https://a.test/b?sv=1&sig=abc%3D&se=2 failed", "PUT https://a.test/b?<redacted> failed"),
        ('{"uri": "https://a.test/b?sig=abc"}', '{"uri": "https://a.test/b?<redacted>"}'),
        ("https://a.test/b?page=2", "https://a.test/b?page=2"),
        ("Authorization: Bearer abcdefgh.ijkl", "Authorization: Bearer <redacted>"),
        ("client_secret=hunter2&x=1", "client_secret=<redacted>&x=1"),
        ('"access_token": "abc"', '"access_token": "<redacted>"'),
        ("a token eyJhbGciOi.eyJhdWQiOi.c2ln here", "a token <redacted> here"),
        ("nothing to see", "nothing to see"),
    ],
)
def test_what_is_taken_out(text, expected):
    assert redact(text) == expected


def test_what_was_noted_is_taken_out_wherever_it_is():
    note_secret("a-very-secret-word")
    note_secret("short")
    assert redact("a-very-secret-word, and short") == "<redacted>, and short"
    note_signed("https://a.test/b?sv=1&sig=c2lnbmF0dXJl")
    assert redact("only c2lnbmF0dXJl of it") == "only <redacted> of it"


@given(st.text("ab?=&:/ sigSIG%3Deyj._-\"'", max_size=80))
def test_twice_is_as_good_as_once(text):
    assert redact(redact(text)) == redact(text)


@given(st.text("abcdefghijklmnop0123456789%", min_size=8, max_size=40), st.sampled_from(["sig", "SIG", "Sig"]))
def test_no_signature_stays(value, name):
    assert value not in redact(f"see https://a.test/b?sv=2&{name}={value}&x=1!")
