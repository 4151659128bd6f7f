"""Suppression comments: which texts are one, and which line they are about."""

import pytest

from packager.checks.comments import suppressions
from packager.source.document import Document


def read(name, text):
    return [(one.line, one.rules, one.reason) for one in suppressions(Document.from_text(name, text))]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.json", '{"a": 1 // packager: ignore x -- why\n}', [(1, ("x",), "why")]),
        ("a.json", '{\n// packager: ignore x -- why\n"a": 1}', [(3, ("x",), "why")]),
        ("a.json", '{\n/* packager: ignore x -- why\n so */\n"a": 1}', [(4, ("x",), "why so")]),
        ("a.json", '{\n/* packager: ignore x -- why */ "a": 1}', [(2, ("x",), "why")]),
        ("a.json", '{"a": "// packager: ignore x -- why"}', []),
        ("a.json", '{"a": 1} # packager: ignore x -- why', []),
        ("a.json", '{"a": 1 //packager: ignore Some-Name[sub],y\n}', [(1, ("Some-Name[sub]", "y"), "")]),
        ("a.json", '{"a": 1 // packager: ignore -- why\n}', [(1, (), "why")]),
        ("a.json", '{"a": 1 // packager: ignored x\n}', []),
        ("a.json", '{"a": 1 // see packager: ignore x\n}', []),
        ("a.json", '{"a": 1 // packager: ignore x — why\n}', [(1, ("x",), "why")]),
        ("a.json", '{\r\n// packager: ignore x -- why\r\n"a": 1}', [(3, ("x",), "why")]),
        ("a.json.j2", "{# packager: ignore x, y -- why #}\n{}", [(2, ("x", "y"), "why")]),
        ("a.json.j2", "{} {#- packager: ignore x -- why -#}\n", [(1, ("x",), "why")]),
        ("a.json.j2", "{#\n  packager: ignore x -- why\n#}\n{}", [(4, ("x",), "why")]),
        ("a.json.j2", "{} // packager: ignore x -- why\n", [(1, ("x",), "why")]),
        ("a.json.j2", "{# packager: ignore x -- why", []),
        ("a.yaml", "a: 1 # packager: ignore x -- why\n", [(1, ("x",), "why")]),
        ("a.yaml", "a: 1 // packager: ignore x -- why\n", []),
        ("a.yaml.j2", "{# packager: ignore x -- why #}\n# packager: ignore y -- so\na: 1\n", [
            (3, ("x",), "why"),
            (3, ("y",), "so"),
        ]),
        ("a.sh", "# packager: ignore x -- why\nrm\n", [(2, ("x",), "why")]),
        ("a.py", "x = 1  # packager: ignore x -- why\n", [(1, ("x",), "why")]),
        ("a.xml", "<!-- packager: ignore x -- why -->\n<a/>\n", [(2, ("x",), "why")]),
        ("a.xml", "<a/> <!-- packager: ignore x -- why -->\n", [(1, ("x",), "why")]),
        ("a.xml", "# packager: ignore x -- why\n", []),
        ("a.xml.j2", "{# packager: ignore x -- why #}\n<a/>\n", [(2, ("x",), "why")]),
        ("a.bicep", "// packager: ignore x -- why\nparam a string\n", [(2, ("x",), "why")]),
    ],
)  # fmt: skip
def test_comments(name, text, expected):
    assert read(name, text) == expected


def test_a_comment_knows_its_place():
    (one,) = suppressions(Document.from_text("a.yaml", "a:\n  b: 1 # packager: ignore x -- why\n"))
    assert (one.place.line, one.place.column, one.place.end_column) == (2, 8, 35)


def test_a_hostile_text_takes_no_time():
    text = "{# packager: ignore " * 20_000
    assert read("a.json.j2", text) == []
