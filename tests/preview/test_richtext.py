"""Texts of a package as pieces for the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.preview.richtext import rich_text

BREAK = {"text": "", "mark": "break"}
ITEM = {"text": "", "mark": "item"}
CASES = {
    "plain": ("Hello", [{"text": "Hello"}]),
    "bold": ("a <b>b</b> c", [{"text": "a "}, {"text": "b", "bold": True}, {"text": " c"}]),
    "anchor": ('<a href="https://a.example/x?y=1">x</a>', [{"text": "x", "href": "https://a.example/x?y=1"}]),
    "markdown": ("see [x](http://a.example)", [{"text": "see "}, {"text": "x", "href": "http://a.example"}]),
    "script-link": ('<a href="javascript:alert(1)">x</a>', [{"text": "x"}]),
    "data-link": ("[x](data:text/html,1)", [{"text": "[x](data:text/html,1)"}]),
    "script": ("a<script>alert(1)</script>b", [{"text": "a"}, {"text": "b"}]),
    "image": ("a<img src=x onerror=alert(1)>b", [{"text": "a"}, {"text": "b"}]),
    "break": ("a<br>b\nc", [{"text": "a"}, BREAK, {"text": "b"}, BREAK, {"text": "c"}]),
    "list": (
        "<ul><li>a<li>b</ul>",
        [
            ITEM,
            {"text": "a"},
            BREAK,
            ITEM,
            {"text": "b"},
            BREAK,
        ],
    ),
    "entity": ("a &lt;b&gt; &amp; c", [{"text": "a <b> & c"}]),
}


@pytest.mark.parametrize("name", CASES)
def test_pieces(name: str) -> None:
    text, pieces = CASES[name]
    assert rich_text(text) == pieces


@pytest.mark.parametrize("value", [None, 3, {}, [], ""])
def test_what_is_no_text_has_no_pieces(value: object) -> None:
    assert rich_text(value) == []


@given(st.text(alphabet="<>/abiulscript\"'= &;[]()htps:javscri\n", max_size=200))
def test_no_text_makes_a_link_that_leaves_the_web(text: str) -> None:
    for piece in rich_text(text):
        assert set(piece) <= {"text", "bold", "href", "mark"}
        assert piece.get("href", "https://").lower().startswith(("http://", "https://"))
