"""References of portal expressions, and where they lead."""

import json

import pytest

from packager.source.document import Document
from packager.ui.definition import UiDefinition
from packager.ui.parser import parse
from packager.ui.references import Reference, references, resolve

TEXT = "Microsoft.Common.TextBox"


def section(name, *elements):
    return {"name": name, "type": "Microsoft.Common.Section", "elements": list(elements)}


def box(name):
    return {"name": name, "type": TEXT}


PARAMETERS = {
    "basics": [box("a"), section("more", box("b")), {}],
    "steps": [{"name": "s", "elements": [box("a"), section("more", box("c"))]}],
}
FORM = UiDefinition(Document.from_text("createUiDefinition.json", json.dumps({"parameters": PARAMETERS})))


def found(text):
    return [(one.step, one.names) for one in references(parse(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[basics('a').x.y]", [(None, ("a", "x", "y"))]),
        ("[Steps('s')]", [("s", ())]),
        (
            "[if(basics('a'), steps('s').a, first(map(steps('s').b, (x) => basics('c').d)).e)]",
            [(None, ("a",)), ("s", ("a",)), ("s", ("b",)), (None, ("c", "d"))],
        ),
        ("[basics(concat('a'))]", []),
        ("[location()]", []),
    ],
)
def test_references(text, expected):
    assert found(text) == expected


def test_a_reference_knows_its_place():
    (one,) = references(parse("[not(basics('a').b)]"))
    assert "[not(basics('a').b)]"[one.span.start : one.span.end] == "basics('a').b"


def target(step, *names):
    one = resolve(FORM, Reference(step, names, parse("[x]").span))
    return (one.element.path if one.element else None, one.members, one.missing, one.name)


BASICS = ("parameters", "basics")
STEP = ("parameters", "steps", 0, "elements")


@pytest.mark.parametrize(
    ("step", "names", "expected"),
    [
        (None, ("a",), ((*BASICS, 0), (), None, "")),
        (None, ("a", "x"), ((*BASICS, 0), ("x",), None, "")),
        (None, ("more", "b", "x"), ((*BASICS, 1, "elements", 0), ("x",), None, "")),
        (None, ("more",), ((*BASICS, 1), (), None, "")),
        (None, ("more", "z"), (None, (), "member", "z")),
        (None, ("A",), (None, (), "element", "A")),
        ("basics", ("a",), ((*BASICS, 0), (), None, "")),
        ("s", ("more", "c"), ((*STEP, 1, "elements", 0), (), None, "")),
        ("s", ("c",), (None, (), "element", "c")),
        ("s", (), (None, (), None, "")),
        ("t", ("a",), (None, (), "step", "t")),
    ],
)
def test_resolution(step, names, expected):
    assert target(step, *names) == expected
