import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.source import jsonc
from packager.source.document import Document
from packager.source.edits import AddMember, RemoveMember, SetValue, applied
from packager.source.lexemes import Lexemes
from packager.source.span import Span
from packager.source.splice import NotPlainError, adding, filling, removing, replacing, spliced

NAMES = ("a", "b", "c", "d", "e")
scalars = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.sampled_from(["", "x", "// no", 'q"', "{", "},"]))


def objects(inner, least=0):
    return st.dictionaries(st.sampled_from(NAMES), inner, min_size=least, max_size=5)


values = st.recursive(scalars, lambda inner: st.one_of(st.lists(inner, max_size=2), objects(inner)), max_leaves=6)


@st.composite
def texts(draw):
    """An object written in some way: on one line or several, with comments, in either line ending."""
    value = draw(objects(values, least=1))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    layout = draw(st.sampled_from(["compact", "spaced", "lines", "comments"]))
    text = json.dumps(value, indent=2 if layout in {"lines", "comments"} else None)
    if layout == "compact":
        text = json.dumps(value, separators=(",", ":"))
    if layout == "comments":
        lines = text.split("\n")
        above = draw(st.sampled_from(["", "// above, all", "/* above } */"]))
        behind = draw(st.sampled_from(["", " // behind, it", " /* behind { */"]))
        text = "\n".join((above + "\n" if above else "") + line + behind for line in lines)
    return text.replace("\n", newline), value


def member_span(text, name):
    document = Document.from_text("x.json", text)
    return Span(document.span((name,), key=True).start, document.span((name,)).end)


def read(text):
    reading = jsonc.read(text)
    assert reading.problem is None
    assert {one.kind for one in reading.deviations} <= {"comment"}
    return reading.value


def own_lines(text):
    """Comments that have a line of their own."""
    return [line.strip() for line in re.split(r"\r?\n", text) if line.strip().startswith(("//", "/* above"))]


@given(texts(), st.data())
def test_members_go_and_everything_else_stays(written, data):
    text, value = written
    gone = data.draw(st.lists(st.sampled_from(sorted(value)), min_size=1, unique=True))
    spans = [member_span(text, name) for name in gone]
    edits = removing(Lexemes(text, templated=False), spans)
    result = spliced(text, edits)
    assert read(result) == applied(value, [RemoveMember((name,)) for name in gone])
    assert all(edit.text == "" for edit in edits)
    kept = [line for line in own_lines(text) if line not in own_lines(result)]
    assert all(any(line in text[span.start : span.end] for span in spans) for line in kept)


@given(texts(), st.data())
def test_a_member_comes_and_everything_else_stays(written, data):
    text, value = written
    anchor = data.draw(st.sampled_from(sorted(value)))
    behind = data.draw(st.booleans())
    first = next(iter(value))
    name = anchor if behind else first
    edits = adding(Lexemes(text, templated=False), "new", "it's", member_span(text, name), behind=behind)
    result = spliced(text, edits)
    assert read(result) == applied(value, [AddMember((), "new", "it's", anchor if behind else None)])
    order = list(read(result))
    assert order.index("new") == (order.index(anchor) + 1 if behind else 0)
    assert all(edit.start == edit.end for edit in edits)


@given(texts(), scalars, st.data())
def test_a_value_changes_and_everything_else_stays(written, new, data):
    text, value = written
    name = data.draw(st.sampled_from(sorted(value)))
    span = Document.from_text("x.json", text).span((name,))
    result = spliced(text, replacing(span, new))
    assert read(result) == applied(value, [SetValue((name,), new)])
    assert result[: span.start] == text[: span.start]
    assert result.endswith(text[span.end :])


@given(st.text(alphabet="{}[],:\"'\\/*%# ab\n", max_size=60), st.booleans())
def test_words_are_those_of_the_text_in_order(text, templated):
    lexemes = Lexemes(text, templated=templated)
    words = [text[start:end] for start, end in zip(lexemes.starts, lexemes.ends, strict=True)]
    assert "".join("".join(words).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "gone", "result"),
    [
        ('{"a": 1}', "a", "{}"),
        ('{"a": 1, "b": 2}', "a", '{"b": 2}'),
        ('{"a": 1, "b": 2}', "b", '{"a": 1}'),
        ('{ "a": 1, "b": 2 }', "b", '{ "a": 1 }'),
        ('{ "a": 1, "b": 2, "c": 3 }', "b", '{ "a": 1, "c": 3 }'),
        ('{ "a": 1, "b": 2, "c": 3 }', "bc", '{ "a": 1 }'),
        ('{\n  "a": 1,\n  "b": 2 // b\n}', "b", '{\n  "a": 1\n}'),
        ('{\n  "a": 1, // a\n  // c\n  "b": 2\n}', "b", '{\n  "a": 1 // a\n  // c\n}'),
        ('{\n  "a": {\n    "x": 1\n  },\n  "b": 2\n}', "a", '{\n  "b": 2\n}'),
        ('{\n  "a": 1\n  , "b": 2\n  , "c": 3\n}', "c", '{\n  "a": 1\n  , "b": 2\n  \n}'),
    ],
)
def test_a_member_takes_its_comma_and_line_with_it(text, gone, result):
    spans = [member_span(text, name) for name in gone]
    assert spliced(text, removing(Lexemes(text, templated=False), spans)) == result


@pytest.mark.parametrize(
    ("text", "behind", "result"),
    [
        ('{"a": 1}', True, '{"a": 1, "n": 0}'),
        ('{"a": 1}', False, '{"n": 0, "a": 1}'),
        ('{\n  "a": 1, // a\n  "b": 2\n}', True, '{\n  "a": 1, // a\n  "n": 0,\n  "b": 2\n}'),
        ('{\n  "a": 1 // a\n}', True, '{\n  "a": 1, // a\n  "n": 0\n}'),
        ('{\r\n\t"a": 1\r\n}', True, '{\r\n\t"a": 1,\r\n\t"n": 0\r\n}'),
        ('{\n  "a": 1\n  , "b": 2\n}', True, '{\n  "a": 1,\n  "n": 0\n  , "b": 2\n}'),
        ('{\n  "a": 1, "b": 2\n}', True, '{\n  "a": 1,\n  "n": 0, "b": 2\n}'),
    ],
)
def test_a_member_comes_in_the_layout_of_its_neighbour(text, behind, result):
    made = adding(Lexemes(text, templated=False), "n", 0, member_span(text, "a"), behind=behind)
    assert spliced(text, made) == result


def test_an_empty_object_gets_its_first_member():
    assert spliced('{"a": {}}', filling(6, "n", "x")) == '{"a": {"n": "x"}}'


@pytest.mark.parametrize(
    "text", ['{"a": 1{% if x %}, "b": 2{% endif %}}', '{ {% if x %} "a": 1{% endif %} }', '{"a": 1 {{ more }} }']
)
def test_nothing_is_removed_beside_jinja(text):
    start = text.index('"a"')
    with pytest.raises(NotPlainError):
        removing(Lexemes(text, templated=True), [Span(start, start + 6)])


def test_edits_that_overlap_are_refused():
    with pytest.raises(ValueError, match="overlap"):
        spliced("abcdef", [*replacing(Span(0, 3), 1), *replacing(Span(2, 4), 2)])


def test_long_texts_take_time_in_proportion():
    for hostile in ("{%", "{{", "{#", '"{{', "/*", "'", '"\\'):
        assert Lexemes(hostile * 100_000, templated=True).kinds
