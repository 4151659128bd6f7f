"""The index over a value."""

from packager.source.tree import Tree

VALUE = {"Name": "x", "list": [{"name": "[a]"}, [["[b]", {"NAME": 1}]]], "text": "[c]"}


def test_properties_are_found_in_any_case_in_document_order():
    found = [(node.path, key) for node, key in Tree(VALUE).properties("name")]
    assert found == [((), "Name"), (("list", 0), "name"), (("list", 1, 0, 1), "NAME")]


def test_texts_that_start_with_a_bracket_and_their_places():
    found = sorted(((*node.path, *steps), text) for node, steps, text in Tree(VALUE).brackets)
    assert found == [(("list", 0, "name"), "[a]"), (("list", 1, 0, 0), "[b]"), (("text",), "[c]")]


def test_ancestors_are_nearest_first():
    tree = Tree({"a": {"b": {"c": 1}}})
    assert [node.path for node in tree.objects[-1].ancestors()] == [("a",), ()]


def test_a_value_that_is_no_object():
    tree = Tree(["[x]"])
    assert [text for _, _, text in tree.brackets] == ["[x]"]
