"""Places that keep their name while a document grows."""

import json

import pytest

from packager.checks.identity import stable_pointer
from packager.source.document import Document

VALUE = {
    "resources": [
        {"type": "A/b", "name": "one", "properties": {"list": [1, {"name": 2}, {"name": "n/m"}]}},
        {"name": "two"},
        {"type": "A/b"},
    ]
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), ""),
        (("resources",), "/resources"),
        (("resources", 0, "properties"), "/resources/A~1b one/properties"),
        (("resources", 1), "/resources/two"),
        (("resources", 2), "/resources/2"),
        (("resources", 0, "properties", "list", 0), "/resources/A~1b one/properties/list/0"),
        (("resources", 0, "properties", "list", 1), "/resources/A~1b one/properties/list/1"),
        (("resources", 0, "properties", "list", 2, "x"), "/resources/A~1b one/properties/list/n~1m/x"),
        (("resources", 7, "absent", 0), "/resources/7/absent/0"),
    ],
)
def test_items_are_called_by_type_and_name(path, expected):
    assert stable_pointer(Document.from_text("a.json", json.dumps(VALUE)), path) == expected


def test_what_cannot_be_read_has_no_names():
    assert stable_pointer(Document.from_text("a.json", "{"), ("a", 0)) == "/a/0"


@pytest.mark.parametrize(
    ("item", "called"),
    [
        ({"kind": "Pod", "metadata": {"name": "web"}}, "Pod web"),
        ({"kind": "Pod", "metadata": {}}, "0"),
        ({"kind": "Pod", "metadata": "web"}, "0"),
        ({"metadata": {"name": "web"}, "name": "own"}, "own"),
    ],
)
def test_objects_of_kubernetes_are_called_by_kind_and_name(item, called):
    document = Document.from_text("a.json", json.dumps([item]))
    assert stable_pointer(document, (0, "spec")) == f"/{called}/spec"
