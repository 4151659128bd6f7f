"""Policies of API Management, in both formats."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.code.policy import problems, root_of
from packager.code.xmltext import DEEPEST, elements_of, unescaped

FRAME = "<policies><inbound>{}</inbound><backend /></policies>"
START = len("<policies><inbound>")


def found(text, written=None):
    return [(one.kind, one.offset - START) for one in problems(FRAME.format(text), written)]


@pytest.mark.parametrize("written", ["xml", "rawxml", None])
@pytest.mark.parametrize(
    "text",
    [
        "<base />",
        '<a b="@(1)" c=\'@("x")\'>@(2)</a>',
        "<a>user@(example</a>",
        "<a>\n  @{ return 1; }\n</a>",
        "<a b='{{name}}-{{other}}'>{{ \"json\": 1 }}</a>",
        "<a><![CDATA[@( 1 < 2 )]]></a>",
        "<!-- @( <a> --><a />",
        "<a>@(1)@(2)</a>",
        '<a b = "x>y" />',
    ],
)
def test_right_in_both_formats(text, written):
    assert found(text, written) == []


@pytest.mark.parametrize(
    ("text", "is_xml", "is_raw"),
    [
        ('<a b="@("x")" />', False, True),
        ("<a>@(1 < 2 && true)</a>", False, True),
        ("<a>@(x.As<string>())</a>", False, True),
        ('<a b="@(1 &lt; 2 &amp;&amp; x == &quot;\')&quot;)" />', True, True),
        ("<a b='@(&quot;)&quot;)' />", True, True),
        ("<a>1 < 2</a>", False, False),
        ("<a>", False, False),
        ("<a b=c />", False, False),
        ("<a>&nbsp;</a>", False, False),
        ("<!-- a -- b -->", False, False),
    ],
)
def test_formats(text, is_xml, is_raw):
    assert (found(text, "xml") == [], found(text, "rawxml") == []) == (is_xml, is_raw)
    assert (found(text) == []) == (is_xml or is_raw)


@pytest.mark.parametrize(
    ("written", "text", "place"),
    [
        ("xml", "<a b='@((1)' />", ("expression", 7)),
        ("xml", "<a b='&lt;'>@(&quot;&lt;&quot; + (1)</a>", ("expression", 13)),
        ("xml", "<a>@(1))</a>", ("expression", 7)),
        ("rawxml", '<a b="@("x" == (1)" />', ("expression", 6)),
        ("rawxml", "<a>@(1]</a>", ("expression", 6)),
        ("rawxml", "<a>@{ return (1; }</a><b>)}</b>", ("expression", 17)),
        ("rawxml", '<a b="@(1) )" />', ("expression", 10)),
        ("xml", "<a b='x{{y' />", ("named-value", 7)),
        ("xml", "<a b='x{{}}' />", ("named-value", 7)),
    ],
)
def test_places(written, text, place):
    assert found(text, written) == [place]


def messages(text, written=None, root=None):
    return [one.message for one in problems(text, written, root)]


def test_structure():
    assert messages("<policy />") == ["the outermost element is <policy>; it has to be <policies>"]
    assert messages("<policies />", "xml", "fragment") == [
        "the outermost element is <policies>; it has to be <fragment>"
    ]
    assert messages("<policies><in /><inbound /><inbound /></policies>") == [
        "<policies> has no section <in>; its sections are inbound, backend, outbound, on-error",
        "the section <inbound> stands there twice",
    ]
    assert messages("<fragment><choose><when><base /></when></choose></fragment>") == [
        "a fragment has no <base>; that belongs to the policy"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it is no well-formed XML: no element found"),
        ("<a></b>", "it is no well-formed XML: mismatched tag"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "a document type is not accepted"),
        ("<a>" * 1000, "elements are nested deeper than"),
        ("<a>\0</a>", "it is no well-formed XML: not well-formed (invalid token)"),
        ("<a>\ud800</a>", "it is no well-formed XML: not well-formed (invalid token)"),
    ],
)
def test_what_is_no_xml(text, message):
    assert messages(text, "xml")[0].startswith(message)


def test_elements_have_places_in_characters():
    found, problem = elements_of("<é>ü<b/></é>")
    assert (problem, [tuple(one) for one in found]) == (None, [("é", 0, 0), ("b", 1, 4)])
    many, _ = elements_of("<é>" + "ü<b/>" * 1_000 + "</é>")
    assert [one.offset for one in many] == [0, *range(4, 5_004, 5)]
    _, problem = elements_of("<é>ü<b></é>")
    assert problem.offset == 9
    assert len(elements_of("<a>" * DEEPEST + "</a>" * DEEPEST)[0]) == DEEPEST


def test_escapes_keep_their_places():
    part = unescaped("__a&amp;b&#65;&lt;__", 2, 18)
    assert part.text == "a&bA<"
    assert [part.offset(index) for index in range(6)] == [2, 3, 8, 9, 14, 18]


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("<policies>", "policies"),
        ("\ufeff \n<fragment/>", "fragment"),
        ('<?xml version="1.0"?>\n<!-- a - -- > b --> <!-- c --><policies />', "policies"),
        ("policies", None),
        ("<!-- <policies>", None),
        ("", None),
    ],
)
def test_roots(text, root):
    assert root_of(text) == root


@given(st.text(alphabet="<>/=\"'@(){}!-[]C& \nab&;", max_size=80), st.sampled_from(["xml", "rawxml", None]))
def test_any_text_is_judged(text, written):
    for one in problems(text, written):
        assert 0 <= one.offset <= len(text)


@pytest.mark.parametrize(
    "part", ["<!--", "<a b='", '<a b="@(', "@(", "<![CDATA[", "<a ", "</a>", "<a b='@(1)'/>", "&amp;"]
)
def test_long_texts_take_no_long_time(part):
    started = time.perf_counter()
    problems("<policies>" + part * 20_000, None)
    assert time.perf_counter() - started < 4
