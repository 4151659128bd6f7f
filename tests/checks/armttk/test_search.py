"""The object search, defects included."""

import re

from packager.checks.armttk.search import Search, member_of

TEMPLATE = {
    "resources": [
        None,
        {"type": "a", "properties": {"id": "x", "parentThing": {"id": "hidden"}, "list": [[{"id": "deep"}], 0]}},
        {},
        {"Type": "b", "resources": [{"type": "c", "Id": 1}]},
    ],
    "empty": [{"id": ""}],
}


def shown(found):
    return [(one.path, one.true_path, one.value) for one in found]


def test_hits_come_in_order_with_both_paths():
    assert shown(Search([(TEMPLATE, ())]).by_key("id")) == [
        ("resources[0].properties.id", ("resources", 1, "properties", "id"), "x"),
        (
            "resources[0].properties.list.[0].id".replace(".[", "["),
            ("resources", 1, "properties", "list", 0, 0, "id"),
            "deep",
        ),
        ("resources[2].resources[0].Id", ("resources", 3, "resources", 0, "Id"), 1),
        ("empty[0].id", ("empty", 0, "id"), ""),
    ]


def test_ancestors_are_objects_nearest_first():
    (found,) = Search([(TEMPLATE, ("base",))]).by_value_equal("type", "C")
    assert found.ancestors == [TEMPLATE["resources"][3], TEMPLATE]
    assert found.true_path[:2] == ("base", "resources")
    assert member_of(found, "ID").value == 1
    assert member_of(found, "none") is None


def test_paths_start_inside_each_start():
    resources = TEMPLATE["resources"]
    search = Search([(one, ("resources", position)) for position, one in enumerate(resources)])
    assert shown(search.by_key("id"))[0] == ("properties.id", ("resources", 1, "properties", "id"), "x")
    assert [found.path for found in search.by_value_like("type", "*")] == ["type", "Type", "resources[0].type"]


def test_names_by_pattern_come_object_by_object():
    value = {"aUri": 1, "b": {"uri": 2, "x": 3, "myURL": 4}, "cUri": 5}
    found = Search([(value, ())]).by_key_like(re.compile("ur[il]$", re.IGNORECASE))
    assert [one.path for one in found] == ["aUri", "cUri", "b.uri", "b.myURL"]


def test_falsy_starts_are_empty():
    assert Search([(None, ()), ([], ()), ("text", ()), ({}, ())]).nodes[1:] == []
