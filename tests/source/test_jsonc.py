"""Reading JSON: values, deviations, limits, and the agreement of the two readers."""

import json
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from packager.source.jsonc import read, read_leniently, read_positions
from packager.source.limits import LIMITS, Limits
from packager.source.reading import ABSENT

TEXT = st.text(st.characters(codec="utf-8"))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20)
# Pieces that make up JSON as people get it wrong, so that random joins reach every branch of the reader.
PIECES = st.sampled_from(
    [
        *"{}[]:,\"'/*+-.0123456789eE \n\r\t\\#$@<`",
        *[
            "//",
            "/*",
            "*/",
            '"a"',
            "'b'",
            "c",
            "true",
            "NaN",
            "-Infinity",
            "undefined",
            "0x1F",
            "012",
            "1e999",
            '"a":1',
        ],
        *["\\u", "\\ud800", "\ufeff", "\xa0", "{{", "}}", "${", "```", "<<<<<<<", "😀", "\0"],
    ]
)
SOUP = st.lists(PIECES).map("".join)


def kinds(text: str) -> list[tuple[str, str]]:
    """The deviations of a text: kind, and the piece of text that each stands at."""
    return [(found.kind, text[found.span.start : found.span.end]) for found in read(text).deviations]


@pytest.mark.parametrize(
    ("text", "value", "deviations"),
    [
        ('{"a": [1, -2.5, "x", true, false, null, {}]}', {"a": [1, -2.5, "x", True, False, None, {}]}, []),
        ('/*c*/{"a":1}//x', {"a": 1}, [("comment", "/*c*/"), ("comment", "//x")]),
        (
            '{"a":/**/1,//b\r"c"/*d*/:2}',
            {"a": 1, "c": 2},
            [("comment", "/**/"), ("comment", "//b"), ("comment", "/*d*/"), ("misplaced-comment", "/*d*/")],
        ),
        ('{"a":1,}', {"a": 1}, [("trailing-comma", ",")]),
        ("[1, // x\n]", [1], [("trailing-comma", ","), ("comment", "// x")]),
        ("[1,,2]", [1, None, 2], [("missing-value", ",")]),
        ('{"a":,"b":1}', {"a": None, "b": 1}, [("missing-value", ",")]),
        ("{'a':'x\"y'}", {"a": 'x"y'}, [("single-quotes", "'a'"), ("single-quotes", "'x\"y'")]),
        (
            "{a_$1:1,2:3,ä:4}",
            {"a_$1": 1, "2": 3, "ä": 4},
            [("unquoted-name", "a_$1"), ("unquoted-name", "2"), ("unquoted-name", "ä")],
        ),
        ('["x\ny", "a\tb"]', ["x\ny", "a\tb"], [("control-character", "\n"), ("control-character", "\t")]),
        ('["it\\\'s"]', ["it's"], [("escape", "\\'")]),
        ('["\\ud83d\\ude00"]', ["😀"], []),
        ('["a\\ud800b"]', ["a\ufffdb"], [("lone-surrogate", '"a\\ud800b"')]),
        ('{"\\udc00": 1}', {"\ufffd": 1}, [("lone-surrogate", '"\\udc00"')]),
        ("[1,\xa0\u20282]", [1, 2], [("white-space", "\xa0\u2028")]),
        ("\ufeff{}", {}, [("byte-order-mark", "\ufeff")]),
        (
            "[0x1F, 012, -012, .5, 5., -.5e1]",
            [31, 10, -12, 0.5, 5.0, -5.0],
            [("number", text) for text in ("0x1F", "012", "-012", ".5", "5.", "-.5e1")],
        ),
        ("[0xFFFFFFFFFFFFFFFF]", [-1], [("number", "0xFFFFFFFFFFFFFFFF")]),
        ("[1e999]", [math.inf], [("number", "1e999")]),
        (
            "[Infinity,-Infinity,undefined]",
            [math.inf, -math.inf, None],
            [("literal", "Infinity"), ("literal", "-Infinity"), ("literal", "undefined")],
        ),
        ('{"":1}', {"": 1}, [("empty-name", '""')]),
        ('{"a":1,"b":2,"a":3}', {"a": 3, "b": 2}, [("duplicate-key", '"a"')]),
        ('{"a":1,"A":2}', {"a": 1, "A": 2}, [("case-duplicate-key", '"A"')]),
        ('{"ä":1,"Ä":2}', {"ä": 1, "Ä": 2}, [("case-duplicate-key", '"Ä"')]),
        ('{"a":{"b":1},"A":2, "B":{"a":1}}', {"a": {"b": 1}, "A": 2, "B": {"a": 1}}, [("case-duplicate-key", '"A"')]),
        ('{"a":{"b":1},"c":{"B":1}}', {"a": {"b": 1}, "c": {"B": 1}}, []),
        ('{"ı":1,"I":2,"\u212a":3,"k":4}', {"ı": 1, "I": 2, "\u212a": 3, "k": 4}, []),
    ],
)
def test_values_and_deviations(text, value, deviations):
    reading = read(text)
    assert reading.problem is None
    assert reading.value == value
    assert kinds(text) == deviations


def test_not_a_number():
    assert math.isnan(read("[NaN]").value[0])
    assert kinds("[NaN]") == [("literal", "NaN")]


def test_a_deviation_has_a_message():
    assert [found.message for found in read("{'a':1,\"A\":1,}").deviations] == [
        "text stands in single quotes",
        "the property 'A' differs from 'a' only in case",
        "a comma stands before the closing bracket",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "+1",
        '["\\q"]',
        "# x\n1",
        "1 /*",
        "[1] x",
        "{,}",
        '{"a"}',
        "{a-b:1}",
        "[True]",
        "09",
        "0x",
        "0x1G",
        "--1",
        "-",
        "1.2.3",
        "[1}",
        "1_0",
        "/",
        '"\\u12"',
        "'a",
        "[\ufeff]",
        "nul",
        "[1 2]",
        "",
        " ",
        "//",
    ],
)
def test_refused(text):
    reading = read(text)
    assert reading.value is ABSENT
    assert reading.problem is not None


@pytest.mark.parametrize("opener", ["[", '{"a":', "[{'b':"])
def test_the_depth_is_limited(opener):
    closer = opener.replace("{", "}").replace("[", "]").translate({ord(c): None for c in "'ab:\""})[::-1]
    per_unit = len(closer)
    within, beyond = 512 // per_unit, 512 // per_unit + 1
    assert read(opener * within + "1" + closer * within).problem is None
    problem = read(opener * beyond + "1" + closer * beyond).problem
    assert problem is not None
    assert problem.message == "objects and lists are nested more than 512 levels deep"


@pytest.mark.parametrize("leaf", ["{}", "[]", '{"a":1}'])
@pytest.mark.parametrize("depth", [2, 3, 4, 5])
def test_the_depth_limit_is_exact(leaf, depth):
    text = "[" * (depth - 1) + leaf + "]" * (depth - 1)
    assert (read(text, limits=Limits(depth=3)).problem is None) == (depth <= 3)


def test_numbers_that_keep_their_text_are_not_taken_for_containers():
    assert read('{"a": {"b": [1.10, ' + "9" * 4400 + "]}}", limits=Limits(depth=3)).problem is None


def test_a_hundred_thousand_brackets_end_in_a_problem_not_a_crash():
    for text in ("[" * 100_000, '{"a":' * 100_000, "]" * 100_000, "[" * 100_000 + "]" * 100_000):
        assert read(text).problem is not None


def test_the_size_is_limited():
    problem = read('"' + "x" * 20 + '"', limits=Limits(bytes=10)).problem
    assert problem is not None
    assert problem.message == "the file has more than 10 bytes, which is the limit"


def test_a_nul_character_is_a_problem():
    problem = read('{"a":\0 1}').problem
    assert problem is not None
    assert (problem.message, problem.span.start) == ("the file has a NUL character", 5)


def test_long_numbers():
    digits = "7" * 5000
    reading = read(f'{{"a": {digits}}}')
    assert str(reading.value["a"]) == digits
    assert [found.kind for found in reading.deviations] == ["long-integer"]
    problem = read("9" * 100_001).problem
    assert problem is not None
    assert problem.message == "a number has 100001 characters; the limit is 100000"


def test_integers_beyond_64_bits_are_exact():
    assert read("[18446744073709551616, -9223372036854775809]").value == [2**64, -(2**63) - 1]


def test_only_so_many_deviations_are_tolerated():
    text = "[" + "," * 20 + "]"
    assert len(read(text, limits=Limits(deviations=22)).deviations) == 21
    problem = read(text, limits=Limits(deviations=10)).problem
    assert problem is not None
    assert problem.message == "the file deviates from JSON in more than 10 places"


def test_only_so_many_repeated_names_are_remembered():
    reading = read('{"a":1' + ',"a":2' * 50 + "}", limits=Limits(deviations=10))
    assert reading.value == {"a": 2}
    assert len(reading.deviations) == 10


@given(VALUES, st.sampled_from([None, 0, 2]), st.booleans())
def test_both_readers_agree_with_the_standard_one(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert read(text).value == value
    assert read(text).problem is None
    lenient = read_leniently(text, LIMITS)
    assert repr(lenient.value) == repr(read(text).value)
    assert {found.kind for found in lenient.deviations} <= {"duplicate-key", "case-duplicate-key", "empty-name"}


@given(SOUP | st.text())
@example("[" * 600)
@example('{"a":1' + ',"a":1' * 100)
def test_no_text_crashes_it(text):
    reading = read(text)
    assert (reading.value is ABSENT) == (reading.problem is not None)
    if reading.problem is not None:
        span = reading.problem.span
        assert 0 <= span.start <= span.end <= len(text) + 1
    for found in reading.deviations:
        assert 0 <= found.span.start <= found.span.end <= len(text)
    read_positions(text)


@given(SOUP)
def test_what_the_standard_reader_takes_is_taken(text):
    try:
        expected = json.loads(text)
    except (ValueError, RecursionError):
        return
    reading = read(text)
    assert reading.problem is None
    if not any(found.kind == "lone-surrogate" for found in reading.deviations):
        assert json.dumps(reading.value) == json.dumps(expected)


@given(SOUP)
def test_the_readers_agree_on_every_text(text):
    plain, lenient = read(text), read_leniently(text, LIMITS)
    if "\0" not in text:
        assert repr(plain.value) == repr(lenient.value)
        assert plain.deviations == lenient.deviations
