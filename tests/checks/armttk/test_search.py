"""The object search, defects included."""

from packager.checks.armttk.search import Search

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
    assert shown(Search.over((TEMPLATE, ())).by_key("id")) == [
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
    (found,) = Search.over((TEMPLATE, ("base",))).by_value_equal("type", "C")
    assert found.ancestors == [TEMPLATE["resources"][3], TEMPLATE]
    assert found.true_path[:2] == ("base", "resources")


def test_paths_start_inside_each_start():
    resources = TEMPLATE["resources"]
    search = Search.over(*((one, ("resources", position)) for position, one in enumerate(resources)))
    assert shown(search.by_key("id"))[0] == ("properties.id", ("resources", 1, "properties", "id"), "x")
    assert [found.path for found in search.by_value_like("type", "*")] == ["type", "Type", "resources[0].type"]


def test_names_by_pattern_come_object_by_object():
    value = {"aUri": 1, "b": {"uri": 2, "x": 3, "myURL": 4}, "cUri": 5}
    found = Search.over((value, ())).by_key_where(lambda name: name.endswith(("uri", "url")))
    assert [one.path for one in found] == ["aUri", "cUri", "b.uri", "b.myURL"]


def test_falsy_starts_are_empty():
    assert Search.over((None, ()), ([], ()), ("text", ()), ({}, ())).nodes[1:] == []


def test_a_part_of_a_search_is_the_search_of_the_part():
    resources = TEMPLATE["resources"]
    parts = Search.over(*((one, ("resources", position)) for position, one in enumerate(resources)))
    part = Search.over((TEMPLATE, ())).below("resources")
    for name in ("id", "type", "list", "resources", "none"):
        assert shown(part.by_key(name)) == shown(parts.by_key(name))
        assert [one.ancestors for one in part.by_key(name)] == [one.ancestors for one in parts.by_key(name)]
    assert shown(part.by_value_equal("type", "C")) == shown(parts.by_value_equal("type", "C"))
    assert shown(part.by_key_where("id".__eq__)) == shown(parts.by_key_where("id".__eq__))
    assert [one.value for one in part.nodes] == [one.value for one in parts.nodes]


def test_the_search_inside_a_hit_sees_nothing_around_it():
    search = Search.over((TEMPLATE, ()))
    (properties,) = search.by_key("properties")
    inside = search.inside(properties)
    assert shown(inside.by_key("id"))[0] == ("id", ("resources", 1, "properties", "id"), "x")
    assert next(inside.by_key("id")).ancestors == []
    assert list(inside.by_key("type")) == []


def test_a_part_that_is_not_there_is_empty():
    part = Search.over((TEMPLATE, ())).below("none")
    assert (list(part.by_key("type")), part.nodes) == ([], [])


def test_a_value_equal_to_a_text_need_not_be_one():
    value = {"a": {"type": ["x", "y"]}, "b": {"type": "X"}, "c": {"type": 1}}
    assert [one.path for one in Search.over((value, ())).by_value_equal("type", "x")] == ["a.type", "b.type"]
