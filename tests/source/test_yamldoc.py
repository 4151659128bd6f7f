"""YAML as JSON-like values with places."""

import json
import math

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from packager.source import yamldoc
from packager.source.document import Document
from packager.source.limits import Limits
from packager.source.writer import to_json

SAMPLE = """# values
defaults: &defaults {size: 1, tags: [x, "y"]}
one:
  <<: *defaults
  size: 2
  script: |
    echo
    exit
two: *defaults
list:
- 1
-   name: q
    empty:
"quoted key": last
"""
TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]))
SCALARS = st.none() | st.booleans() | st.integers() | TEXT
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=15)
PIECES = st.sampled_from(
    [
        "a",
        ": ",
        "- ",
        "\n",
        "  ",
        "&x ",
        "*x",
        "{",
        "}",
        "[",
        "]",
        ",",
        "'",
        '"',
        "|\n",
        ">",
        "#",
        "!!str ",
        "!x ",
        "---\n",
        "<<: *x",
        "? ",
        "%",
        "@",
        "\t",
        "1",
    ]
)


@pytest.mark.parametrize(("text", "line"), [("a: 1\nb: [\n", 2), ("b: [\n\n\n", 1), ("a:\n  b: {x: 1\n  # end\n", 3)])
def test_what_is_missing_at_the_end_is_said_where_there_is_a_line(text, line):
    document = Document.from_text("x.yaml", text)
    assert document.problem is not None
    assert document.place_of(document.problem.span).line == line


def read(text: str, **limits: int) -> Document:
    return Document.from_text("a.yaml", text, limits=Limits(**limits))


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_a_whole_document(loader, monkeypatch):
    monkeypatch.setattr(yamldoc, "_LOADER", loader)
    document = read(SAMPLE)
    span = document.span(("one", "script"))
    assert SAMPLE[span.start : span.end] == "|\n    echo\n    exit"
    assert document.problem is None
    assert document.deviations == ()
    assert document.value == {
        "defaults": {"size": 1, "tags": ["x", "y"]},
        "one": {"tags": ["x", "y"], "size": 2, "script": "echo\nexit\n"},
        "two": {"size": 1, "tags": ["x", "y"]},
        "list": [1, {"name": "q", "empty": None}],
        "quoted key": "last",
    }
    assert document.value["two"] is not document.value["defaults"]


@pytest.mark.parametrize(
    ("path", "value", "name"),
    [
        (("defaults",), '&defaults {size: 1, tags: [x, "y"]}', "defaults"),
        (("defaults", "tags", 1), '"y"', '"y"'),
        (("one",), "<<: *defaults\n  size: 2\n  script: |\n    echo\n    exit", "one"),
        (("one", "size"), "2", "size"),
        (("one", "tags", 0), "x", "x"),
        (("one", "script"), "|\n    echo\n    exit", "script"),
        (("two",), "*defaults", "two"),
        (("two", "size"), "1", "size"),
        (("list", 1, "name"), "q", "name"),
        (("list", 1, "empty"), "", "empty"),
        (("quoted key",), "last", '"quoted key"'),
    ],
)
def test_spans(path, value, name):
    document = read(SAMPLE)
    for key, expected in ((False, value), (True, name)):
        span = document.span(path, key=key)
        assert SAMPLE[span.start : span.end] == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("~", None),
        ("null", None),
        ("", None),
        ("# only a comment", None),
        ("true", True),
        ("No", False),
        ("on", True),
        ("y", "y"),
        ("12", 12),
        ("+1_000", 1000),
        ("0x1F", 31),
        ("-0o17", -15),
        ("0644", 420),
        ("0b11", 3),
        ("08", "08"),
        ("0x_", "0x_"),
        ("1:30", "1:30"),
        ("1.5", 1.5),
        ("1.", 1.0),
        ("-.5", -0.5),
        ("1e+16", 1e16),
        ("1.2.3", "1.2.3"),
        (".inf", math.inf),
        ("2001-01-01", "2001-01-01"),
        ("2001-01-01T10:00:00Z", "2001-01-01T10:00:00Z"),
        ("'1'", "1"),
        ("!!str 1", "1"),
        ("! 1", "1"),
        ("!!int 7", 7),
        ('!!float "1.5"', 1.5),
        ("!!timestamp 2001-01-01", "2001-01-01"),
        ("!!map {a: !!seq [1]}", {"a": [1]}),
        ("1: a\ntrue: b\n~: c\n", {"1": "a", "true": "b", "~": "c"}),
        ("- &a x\n- *a\n- {*a : 1}", ["x", "x", {"x": 1}]),
        ("a: {<<: [{b: 1}, {b: 2, c: 3}], c: 4}", {"a": {"b": 1, "c": 4}}),
        ('"<<": 1', {"<<": 1}),
        ("\ufeffa: 1", {"a": 1}),
        ("--- 1\n...\n", 1),
    ],
)
def test_values(text, value):
    document = read(text)
    assert document.problem is None
    assert repr(document.value) == repr(value)


def test_numbers_keep_their_digits():
    assert to_json(read("[1.10, 123456789012345678901]").value) == "[\n  1.10,\n  123456789012345678901\n]\n"


@pytest.mark.parametrize(
    ("text", "deviations"),
    [
        (
            "a: 1\nb: 2\na: 3\n",
            [("duplicate-key", 10, "the property 'a' is here for the second time; the last one counts")],
        ),
        ("[.nan]", [("literal", 1, "JSON has no .nan")]),
        ("\ufeff1", [("byte-order-mark", 0, "the file starts with a byte-order mark")]),
    ],
)
def test_deviations(text, deviations):
    assert [(found.kind, found.span.start, found.message) for found in read(text).deviations] == deviations


@pytest.mark.parametrize(
    ("text", "message", "place", "hint"),
    [
        (
            "a: b: c",
            "mapping values are not allowed in this context",
            (1, 5),
            "a text with ': ' in it needs quotes; or the line above is indented differently",
        ),
        (
            "a:\n\t- b",
            "found character that cannot start any token, while scanning for the next token that starts at line 2",
            (2, 1),
            "YAML is indented with spaces, not with tabs",
        ),
        (
            "- a\nb: 1",
            "did not find expected '-' indicator, while parsing a block collection that starts at line 1",
            (2, 1),
            "look at the indentation of this line and the one above",
        ),
        (
            "a: @x",
            "found character that cannot start any token, while scanning for the next token that starts at line 1",
            (1, 4),
            "a text that starts with this character needs quotes",
        ),
        ("a: *x", "the alias *x has no anchor", (1, 4), None),
        ("&a [*a]", "the alias *a stands inside its own anchor", (1, 5), None),
        ("a: !Ref x", "the tag !Ref is not known here", (1, 4), "YAML here has the types of JSON only"),
        ("a: !!python/object:os.system {}", "the tag !!python/object:os.system is not known here", (1, 4), None),
        ("a: !!int x", "the tag !!int does not fit its value", (1, 4), None),
        ("a: !!int yes", "the tag !!int does not fit its value", (1, 4), None),
        ("a: 1\n---\nb: 2", "the file has more than one YAML document", (2, 1), "keep one, without '---'"),
        (
            "? [a]\n: 1",
            "a list or mapping cannot be a property name",
            (1, 3),
            "write the name as text; braces of a template may be left in the file",
        ),
        ("a: &x [1]\n*x : 1", "a list or mapping cannot be a property name", (2, 1), None),
        (
            "a: {{ b }}",
            "a list or mapping cannot be a property name",
            (1, 5),
            "{{ b }} is template syntax (Jinja); render the file first, or check the offer.yaml that does",
        ),
        ("a: \x01", "the character U+0001 cannot stand in YAML", (1, 4), None),
        ("<<: 3", "'<<' takes a mapping or a list of mappings", (1, 5), "quote it when it is a plain name"),
    ],
)
@pytest.mark.skipif(not yaml.__with_libyaml__, reason="the wording of errors is libyaml's")
def test_problems(text, message, place, hint):
    document = read(text)
    assert document.problem is not None
    found = document.place_of(document.problem.span)
    assert (document.problem.message, (found.line, found.column), document.problem.hint) == (message, place, hint)


def test_alias_bombs_are_refused():
    lines = ["l0: &l0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 30)]
    problem = read("\n".join(lines)).problem
    assert problem is not None
    assert problem.message == "the aliases stand for more than 100,000 values, which is the limit"


@pytest.mark.parametrize("text", ["[" * 50, "{a: " * 50, "- " * 50, "&a [[[[1]]]]\n"])
def test_the_depth_is_limited(text):
    document = read(text, depth=3)
    assert document.problem is not None
    assert document.problem.message == "lists and mappings are nested more than 3 levels deep"


def test_aliases_count_for_depth():
    text = "a: &a [[1]]\nb: [*a]\n"
    assert read(text, depth=4).problem is None
    document = read(text, depth=3)
    assert document.problem is not None
    assert document.problem.message == "lists and mappings are nested more than 3 levels deep"


def test_the_deepest_alias_allowed_is_copied():
    deep = "[" * 500 + "]" * 500
    document = read(f"a: &a {deep}\nb: *a\n")
    assert document.problem is None
    assert document.value["a"] == document.value["b"]


def test_the_size_is_limited():
    document = read("x" * 11, bytes=10)
    assert document.problem is not None
    assert document.problem.message == "the file has more than 10 bytes, which is the limit"


@given(VALUES)
def test_json_is_yaml(value):
    text = json.dumps(value, ensure_ascii=False)
    document = read(text)
    assert document.problem is None
    assert document.value == value
    for path, item in paths(value):
        span = document.span(path)
        assert json.loads(text[span.start : span.end]) == item


@given(VALUES)
def test_what_pyyaml_writes_is_read(value):
    # In quotes, because PyYAML leaves texts such as 1e3 plain, which are numbers to Helm and here.
    document = read(yaml.safe_dump(value, allow_unicode=True, default_style='"'))
    assert document.problem is None
    assert document.value == value


@given(st.lists(PIECES).map("".join) | st.text())
def test_no_text_crashes_it(text):
    document = read(text)
    assert document.place(("a", 0)).line >= 1


def paths(value, path=()):
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        yield from paths(item, (*path, step))


def stream(text, **limits):
    return Document.from_text("x.yaml", text, kind="yaml-stream", limits=Limits(**limits))


def test_a_stream_is_the_list_of_its_documents():
    document = stream("%YAML 1.1\n---\na: 1\n---\n# only a comment\n---\n- q\n...\n---\nc: {d: 2}\n")
    assert (document.value, document.problem) == ([{"a": 1}, None, ["q"], {"c": {"d": 2}}], None)
    assert document.place((3, "c", "d"))[:2] == (10, 8)
    assert document.place((2, 0))[:2] == (7, 3)
    assert document.path_at(document.text.index("d:")) == (3, "c", "d")
    assert document.span(()) == (0, len(document.text))


def test_an_empty_stream_has_no_documents():
    assert [stream(text).value for text in ("", "# nothing\n", "---\n---\n")] == [[], [], [None, None]]


def test_anchors_of_a_stream_end_with_their_document():
    assert stream("a: &x 1\nb: *x\n---\nc: &x 2\nd: *x\n").value == [{"a": 1, "b": 1}, {"c": 2, "d": 2}]
    assert stream("a: &x 1\n---\nb: *x\n").problem.message == "the alias *x has no anchor"


def test_the_limits_hold_for_a_stream_as_a_whole():
    repeated = "a: &x [1, 2, 3]\nb: *x\n---\n"
    assert stream(repeated * 2, yaml_copies=8).problem is None
    assert stream(repeated * 3, yaml_copies=8).problem.message.startswith("the aliases stand for more than 8 values")
    assert stream("[[1]]", depth=3).problem is None
    assert stream("[[[1]]]", depth=3).problem.message == "lists and mappings are nested more than 3 levels deep"


@given(st.lists(st.dictionaries(TEXT, SCALARS, max_size=3), max_size=3))
def test_a_stream_has_the_values_of_its_documents(values):
    text = "---\n".join(yaml.safe_dump(value, allow_unicode=True) for value in values)
    assert stream(text).value == [Document.from_text("x.yaml", yaml.safe_dump(one)).value for one in values]


@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_stream_breaks_the_reader(text):
    document = stream(text)
    assert (document.problem is None) == isinstance(document.value, list)
