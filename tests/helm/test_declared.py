"""Keys that the schema of a chart declares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.helm.declared import Declared, Part

LEVEL = {"properties": {"level": {"enum": ["a", "b"]}}}


def declared(schema):
    return Declared((Part(schema, schema),), lambda pattern: pattern != "unusable")


@pytest.mark.parametrize(
    "schema",
    [
        LEVEL,
        {"patternProperties": {"^lev": {}}},
        {"patternProperties": {"unusable": {}}},
        {"additionalProperties": {"type": "string"}},
        {"allOf": [{}, LEVEL]},
        {"anyOf": [LEVEL, True]},
        {"oneOf": [{"anyOf": [LEVEL]}]},
        {"if": {}, "then": LEVEL},
        {"dependentSchemas": {"x": LEVEL}},
        {"$ref": "#/definitions/a~1b%20c", "definitions": {"a/b c": LEVEL}},
        {"$id": "https://x.example/s.json", "$ref": "https://x.example/s.json#/$defs/a", "$defs": {"a": LEVEL}},
        {"$ref": "https://elsewhere.example/s.json"},
        {"$ref": "#/anyOf/1", "anyOf": [{}, LEVEL]},
        {"$ref": "#anchor"},
    ],
)
def test_a_key_is_declared(schema):
    assert declared(schema).knows("level")


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"properties": {"lever": {}}, "additionalProperties": True},
        {"properties": {"x": LEVEL}},
        {"patternProperties": {"^x": {}}, "additionalProperties": {}},
        {"allOf": LEVEL, "properties": []},
        {"$ref": "#"},
        {"$ref": "#/definitions/none"},
        {"$ref": "#/allOf/7", "allOf": [{}]},
        {"definitions": {"a": LEVEL}},
    ],
)
def test_a_key_is_not_declared(schema):
    assert not declared(schema).knows("level")


def test_what_is_declared_below():
    schema = {"$ref": "#/$defs/node", "$defs": {"node": {"properties": {"next": {"$ref": "#/$defs/node"}, "x": True}}}}
    place = declared(schema)
    for _ in range(50):
        assert (place.names, place.knows("x"), place.knows("y")) == ({"next", "x"}, True, False)
        place = place.below("next")
    assert not place.below("x").knows("x")
    assert place.below("x", Part(LEVEL, LEVEL)).knows("level")
    assert declared({"$ref": "https://elsewhere.example/s.json"}).below("any").knows("level")


def test_more_parts_than_anybody_writes():
    assert declared({"allOf": [{"title": str(number)} for number in range(2_000)]}).knows("level")


TREES = st.recursive(
    st.none() | st.booleans() | st.text(max_size=3) | st.just("#"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["properties", "patternProperties", "additionalProperties", "allOf", "$ref", "$id", "a", "if"]
            ),
            inner,
            max_size=4,
        )
    ),
)


@given(st.dictionaries(st.sampled_from(["properties", "$ref", "anyOf", "patternProperties"]), TREES))
def test_any_schema_has_an_answer(schema):
    place = Declared((Part(schema, schema),), lambda pattern: pattern.isalnum())
    assert place.below("a").knows("a") in {True, False}
