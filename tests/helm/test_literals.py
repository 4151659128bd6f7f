"""Texts that are not meant as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.helm.literals import is_filled_in_later, is_placeholder


@pytest.mark.parametrize(
    "text",
    [
        *("${PASSWORD}", "$(PASSWORD)", "$PASSWORD", "a${x}b", "{{ .Values.a }}", "{% if a %}", "#{token}#"),
        *("%PASSWORD%", "<password>", "<set at the installation>", "__PASSWORD__", "@Microsoft.KeyVault(Name=a)"),
    ],
)
def test_what_something_fills_in(text):
    assert is_filled_in_later(text) and is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "CHANGE_ME",
            "changeme",
            "change-me",
            "replace-with-your-key",
            "REPLACE_ME",
            "your-password",
            "your password",
        ),
        *("please-change", "xxxx", "***", "...", "TODO", "to-do", "tbd", "REDACTED", "placeholder"),
    ],
)
def test_words_in_the_place_of_a_value(text):
    assert is_placeholder(text) and not is_filled_in_later(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hunter22",
        "abc",
        "pa$$word1",
        "x",
        "settle",
        "p<q",
        "100%",
        "user@example.com",
        "a__b",
        "Tr0ub4dor&3",
        "correct horse",
    ],
)
def test_what_is_meant_as_it_is(text):
    assert not is_placeholder(text)


@given(st.text("aA-_ .*x<>$({%#@1", max_size=300))
def test_every_text_is_judged(text):
    assert is_placeholder(text) in {True, False}
