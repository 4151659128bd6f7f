"""Schema problems: located, in plain words, the most useful first."""

import pytest

from packager.source.schema import SchemaProblem, problems

PLAN = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "minLength": 3}}}
CHARTS = [
    {"type": "object", "required": ["path"], "properties": {"path": {"type": "string"}}, "additionalProperties": False},
    {
        "type": "object",
        "required": ["archive", "digest"],
        "properties": {"archive": {"type": "string"}, "digest": {"type": "string"}},
        "additionalProperties": False,
    },
    {"type": "string"},
]
OFFER = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["id", "version"],
    "additionalProperties": False,
    "patternProperties": {"^x-": {}},
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z]+$", "maxLength": 5},
        "version": {"type": "string"},
        "kind": {"enum": ["managed", "solution"]},
        "schema": {"const": 1},
        "plans": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "uniqueItems": True,
            "items": {"$ref": "#/$defs/plan"},
        },
        "chart": {"oneOf": CHARTS},
        "size": {"anyOf": [{"type": "integer"}, {"type": ["string", "null"]}], "minimum": 2, "maximum": 4},
        "names": {"propertyNames": {"pattern": "^[a-z]+$"}},
        "even": {"multipleOf": 2},
    },
    "$defs": {"plan": PLAN},
}
GOOD = {"id": "abc", "version": "1"}


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (GOOD, []),
        ({**GOOD, "x-more": 1, "chart": "s", "size": 3, "plans": [{"id": "one"}]}, []),
        ([], [((), "the document must be an object, not a list", "type", False)]),
        (
            {"versoin": "1", "id": "abc"},
            [
                (("versoin",), "unknown key 'versoin'; did you mean 'version'?", "additionalProperties", True),
                ((), "the document has no 'version'", "required", False),
            ],
        ),
        (
            {},
            [
                ((), "the document has no 'id'", "required", False),
                ((), "the document has no 'version'", "required", False),
            ],
        ),
        (
            {**GOOD, "version": 1.5},
            [(("version",), "'version' must be text, not 1.5; put it in quotes", "type", False)],
        ),
        ({**GOOD, "version": None}, [(("version",), "'version' must be text, not null", "type", False)]),
        (
            {**GOOD, "id": "A"},
            [(("id",), "'id' must match the pattern ^[a-z]+$, which 'A' does not", "pattern", False)],
        ),
        ({**GOOD, "id": "abcdef"}, [(("id",), "'id' must have at most 5 characters, not 6", "maxLength", False)]),
        (
            {**GOOD, "kind": "managd"},
            [
                (
                    ("kind",),
                    "'kind' must be 'managed' or 'solution', not 'managd'; did you mean 'managed'?",
                    "enum",
                    False,
                )
            ],
        ),
        ({**GOOD, "schema": 2}, [(("schema",), "'schema' must be 1, not 2", "const", False)]),
        ({**GOOD, "plans": []}, [(("plans",), "'plans' must not be empty", "minItems", False)]),
        (
            {**GOOD, "plans": [{"id": "a"}]},
            [(("plans", 0, "id"), "'id' must have at least 3 characters, not 1", "minLength", False)],
        ),
        ({**GOOD, "plans": [{}]}, [(("plans", 0), "item /plans/0 has no 'id'", "required", False)]),
        (
            {**GOOD, "plans": [PLAN, PLAN]},
            [
                (("plans",), "'plans' must not have the same item twice", "uniqueItems", False),
                (("plans", 0), "item /plans/0 has no 'id'", "required", False),
                (("plans", 1), "item /plans/1 has no 'id'", "required", False),
            ],
        ),
        (
            {**GOOD, "chart": {"archive": "x", "digset": "y"}},
            [
                (("chart", "digset"), "unknown key 'digset'; did you mean 'digest'?", "additionalProperties", True),
                (("chart",), "'chart' has no 'digest'", "required", False),
            ],
        ),
        ({**GOOD, "chart": 3}, [(("chart",), "'chart' must be an object or text, not 3", "type", False)]),
        ({**GOOD, "size": [1]}, [(("size",), "'size' must be an integer, text or null, not a list", "type", False)]),
        ({**GOOD, "size": 1}, [(("size",), "'size' must be at least 2, not 1", "minimum", False)]),
        ({**GOOD, "size": 5}, [(("size",), "'size' must be at most 4, not 5", "maximum", False)]),
        (
            {**GOOD, "names": {"A": 1}},
            [
                (
                    ("names", "A"),
                    "the key 'A' must match the pattern ^[a-z]+$, which 'A' does not",
                    "propertyNames",
                    True,
                )
            ],
        ),
        ({**GOOD, "even": 3}, [(("even",), "'even' is refused: 3 is not a multiple of 2", "multipleOf", False)]),
        ({**GOOD, "version": ["x" * 500]}, [(("version",), "'version' must be text, not a list", "type", False)]),
        (
            {**GOOD, "kind": "x\n" * 100},
            [(("kind",), f"'kind' must be 'managed' or 'solution', not '{('x ' * 100)[:57]}...'", "enum", False)],
        ),
    ],
)
def test_problems(value, found):
    assert problems(value, OFFER, {}) == [SchemaProblem(*problem) for problem in found]


@pytest.mark.parametrize(
    "draft",
    [
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-07/schema#",
        "https://json-schema.org/draft/2020-12/schema",
    ],
)
def test_references_go_to_the_registry(draft):
    schema = {"$schema": draft, "properties": {"a": {"$ref": "https://example.org/s#/definitions/text"}}}
    registry = {"https://example.org/s": {"definitions": {"text": {"type": "string"}}}}
    assert problems({"a": 1}, schema, registry) == [
        SchemaProblem(("a",), "'a' must be text, not 1; put it in quotes", "type")
    ]
    message = "the schema refers to 'https://example.org/s#/definitions/text', which is not shipped with it"
    assert problems({"a": 1}, schema, {}) == [SchemaProblem((), message, "$ref")]


def test_draft_4_has_its_own_rules():
    schema = {"minimum": 3, "exclusiveMinimum": True}
    assert problems(3, {"$schema": "http://json-schema.org/draft-04/schema#", **schema}, {}) != []


def test_a_pattern_is_told_in_the_words_of_the_schema():
    schema = {"properties": {"to": {"pattern": "^https://", "patternDescription": "an address with https://"}}}
    (found,) = problems({"to": "http://x"}, schema, {})
    assert found.message == "'to' must be an address with https://, not 'http://x'"


def test_a_value_too_deep_for_its_schema_is_a_problem():
    schema = {"items": {"$ref": "#"}}
    value: list[object] = []
    for _ in range(500):
        value = [value]
    message = "the value is nested too deeply to be compared with its schema"
    assert problems(value, schema, {}) == [SchemaProblem((), message, "$ref")]
