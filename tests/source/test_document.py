"""Documents: lazily read, never raising, places of what exists and of what does not."""

import copy
import pickle
import subprocess
import sys

import pytest

from packager.source.document import ABSENT, Document, kind_of
from packager.source.sourcemap import Origin, SourceMap
from packager.source.span import Place, Span

TEXT = '{\n  "a": {"b": [1, 2]},\n  "c": "x"\n}'


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.json", "json"),
        ("nested/A.JSON", "json"),
        ("a.jsonc", "json"),
        ("a.yaml", "yaml"),
        ("a.yml", "yaml"),
        ("a.json.j2", "text"),
        ("install.sh", "text"),
        ("x.json/README", "text"),
        ("LICENSE", "text"),
    ],
)
def test_the_kind_of_a_name(name, kind):
    assert kind_of(name) == kind
    assert Document.from_text(name, "").kind == kind


def test_values_by_path():
    document = Document.from_text("a.json", TEXT)
    assert document.at(()) == {"a": {"b": [1, 2]}, "c": "x"}
    assert document.at(("a", "b", 1)) == 2
    for path in [("A",), ("a", "b", 2), ("a", "b", -1), ("a", "b", "0"), ("a", "b", True), ("c", 0), ("c", "x"), (0,)]:
        assert document.at(path) is ABSENT


def test_places_of_values_and_names():
    document = Document.from_text("a.json", TEXT)
    assert document.place(("c",)) == Place(3, 8, 3, 11)
    assert document.place(("c",), key=True) == Place(3, 3, 3, 6)
    assert document.span(("a", "b", 1)) == Span(19, 20)


def test_what_is_absent_is_at_its_nearest_ancestor():
    document = Document.from_text("a.json", TEXT)
    assert document.span(("a", "x", "y")) == document.span(("a",))
    assert document.span(("a", "x"), key=True) == document.span(("a",))
    assert document.span(("x",)) == document.span(()) == Span(0, len(TEXT))
    assert document.span((), key=True) == document.span(())
    assert document.span(("a", "b", 0), key=True) == document.span(("a", "b", 0))


def test_a_broken_document_is_where_its_problem_is():
    document = Document.from_text("a.json", "[\n1 2]")
    assert document.value is ABSENT
    assert document.at(("a",)) is ABSENT
    assert document.problem is not None
    assert document.span(("a",)) == document.problem.span == Span(3, 3)


def test_a_text_document_is_its_own_value():
    document = Document.from_text("install.sh", "echo\n")
    assert document.value == "echo\n"
    assert document.span(("x",)) == Span(0, 5)


def test_a_kind_may_be_given():
    assert Document.from_text("values.yaml.j2", "a: 1", kind="yaml").value == {"a": 1}


def test_bytes_that_are_no_text_make_a_problem():
    document = Document.from_bytes("a.json", '{"a": 1}'.encode("utf-16"))
    assert document.text == '{"a": 1}'
    assert document.value is ABSENT
    assert document.problem is not None
    assert document.problem.message == "the file is UTF-16, not UTF-8"


def test_bytes_with_a_byte_order_mark_are_read():
    document = Document.from_bytes("a.json", b"\xef\xbb\xbf[1]")
    assert document.value == [1]
    assert [found.kind for found in document.deviations] == ["byte-order-mark"]
    assert document.place((0,)) == Place(1, 2, 1, 3)


def test_origins_come_from_the_source_map():
    origin = Origin("a.json.j2", 7)
    document = Document.from_text("a.json", TEXT, source_map=SourceMap([(0, origin)]))
    assert document.origin(5) == origin
    assert Document.from_text("a.json", TEXT).origin(5) is None


def test_absent_is_one_and_false():
    assert not ABSENT
    assert repr(ABSENT) == "ABSENT"
    assert copy.deepcopy(ABSENT) is ABSENT
    assert pickle.loads(pickle.dumps(ABSENT)) is ABSENT


def test_reading_json_loads_nothing_heavy():
    program = (
        "import sys; from packager.source.document import Document; from packager.source import schema;"
        "assert Document.from_text('a.json', '{\"a\": [1]} // x').place(('a',)).column == 7;"
        "print(sorted({'yaml', 'jsonschema', 'referencing', 'difflib', 'jinja2', 'tempfile'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
