"""Raw texts put together from pieces know where they came from, and paths are found in text as arm-ttk finds them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.checks.armttk.locate import Locator, locate
from packager.checks.armttk.text import SourceText
from packager.source.document import Document


def source(text):
    return SourceText.of(Document.from_text("a.json", text))


def test_replaced_text_points_at_what_it_replaced():
    text = source("0123456789").replaced(2, 5, "ab").replaced(6, 7, "X")
    assert text.value == "01ab56X89"
    assert [text.offset(position) for position in range(9)] == [0, 1, 2, 2, 5, 6, 7, 8, 9]
    assert text.cut(1, 8).value == "1ab56X8"
    assert [text.cut(1, 8).offset(position) for position in range(7)] == [1, 2, 2, 5, 6, 7, 8]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.text("xyz", max_size=3)), max_size=6))
def test_text_that_was_kept_is_found_again(edits):
    text = source("abcdefghijklmnopqrstuvw")
    for one, other, inserted in edits:
        start, end = sorted((min(one, len(text.value)), min(other, len(text.value))))
        text = text.replaced(start, end, inserted.upper())
    for position, char in enumerate(text.value):
        if char.islower():
            assert text.document.text[text.offset(position)] == char


def test_a_byte_order_mark_is_no_text():
    assert source("\ufeff{}").value == "{}"
    assert source("\ufeff{}").offset(0) == 1


TEXT = json.dumps(
    {
        "a": {"template": 1, "b": "{"},
        "list": [{"x": {"template": {"y": [1, 2]}}}, {"x": 5}, {"q": 1, "template": "z"}, {"template": 4}],
        "a-b": {"template": 3},
    },
    indent=1,
)


@pytest.mark.parametrize(
    ("path", "start"),
    [
        ("list[0].x.template", '"template": {'),
        ("list[2].template", '"template": "z'),
        ("LIST[2].Template", '"template": "z'),
        ("list[3].template", None),  # the first member of a later element is not seen
        ("list[9].template", None),
        ("none.template", None),
        ("a-b.template", '"template": 1'),
    ],
)
def test_paths_in_text(path, start):
    text = TEXT.replace('"{"', '"q"')
    found = locate(text, path)
    assert (text[found.start :].startswith(start) if found else None) == (None if start is None else True)


def test_a_brace_in_a_string_leads_astray():
    found = locate(TEXT, "a.template")
    assert found is not None
    assert TEXT[found.start :].startswith('"template": 1')
    text = '{"a": {"b": "}{{", "c": 1}, "d": {"c": 2}}'
    assert locate(text, "d.c") == (text.index('"c": 2'), len(text) - 2)


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ('{"r": [1, {"a": 5}]}', "r[1]", ' {"a": 5}'),
        ('{"r": [1]}', "r[1]", None),
        ('{"r": [1]}', "r[2].a", None),
        # The list of a name that is not found is looked for from the start; so is what follows an index too far.
        ('{"v": "{", "r": [{"t": {"x": 1}}]}', "r[0].t", '"t": {"x": 1}'),
        ('{"s": [7]}', "r[0]", "7"),
        ('{"r": [1], "a": 2}', "r[5].a", '"a": 2'),
        ('{"a-b": {"c": 1}}', "a-b.c", None),
    ],
)
def test_elements_and_what_is_not_there(text, path, expected):
    found = locate(text, path)
    assert (found and text[found.start : found.end]) == expected


def test_one_locator_finds_what_many_find():
    text = json.dumps({"r": [{"p": {"t": number}, "q": [number]} for number in range(30)]})
    locator = Locator(text)
    paths = [f"r[{number}]{rest}" for number in (5, 2, 29, 7, 30) for rest in (".p.t", ".q[0]", "", ".none")]
    assert [locator.locate(path) for path in paths] == [locate(text, path) for path in paths]


@given(st.text(alphabet='{}[]",:ab0\\ \n', max_size=150), st.sampled_from(["a", "a.b", "a[0].b", "[1].a", "a[2]"]))
def test_no_text_breaks_the_search(text, path):
    found = locate(text, path)
    assert found is None or 0 <= found.start + 1 <= found.end <= len(text)
