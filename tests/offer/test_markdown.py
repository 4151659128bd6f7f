"""Markdown becomes the few tags of the store."""

import html.parser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.offer.limits import TAGS
from packager.offer.markdown import to_store_html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One **two** *three*", "<p>One <b>two</b> <em>three</em></p>\n"),
        ("# A\n\n### B", "<h1>A</h1>\n<h3>B</h3>\n"),
        ("- a\n- b\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("1. a\n2. b\n", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("a\nb  \nc", "<p>a b<br>c</p>\n"),
        ("[docs](https://a.test) <https://b.test>", "<p>docs (https://a.test) https://b.test</p>\n"),
        ("[**docs**](https://a.test)", "<p><b>docs</b> (https://a.test)</p>\n"),
        ("`a < b` & c", "<p>a &lt; b &amp; c</p>\n"),
        ("```\na <b>\nc\n```", "<p>a &lt;b&gt;<br>c</p>\n"),
        ("> said\n\n---\n", "<p>said</p>\n"),
        ("![a *picture*](x.png)", "<p>a *picture*</p>\n"),
        ("", "\n"),
    ],
)
def test_conversion(text, expected):
    assert to_store_html(text) == expected


def test_raw_markup_stays_for_the_rules_to_judge():
    assert to_store_html("a <u>b</u>\n\n<div>c</div>") == "<p>a <u>b</u></p>\n<div>c</div>\n"


@given(st.text("ab*_`#-[]()!>1. \n\\&~|", max_size=60))
def test_only_the_tags_of_the_store_come_out(text):
    found = []
    parser = html.parser.HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, attrs))
    parser.feed(to_store_html(text))
    assert all(tag in TAGS and not attrs for tag, attrs in found)
