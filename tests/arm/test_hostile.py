"""What a hostile or broken template may hold: each ends soon, with an error at its place, and never in a traceback."""

import json
import resource
import time

import pytest

from packager.arm.expand import expand
from packager.arm.jsonform import as_json_text
from packager.source.document import Document

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
DEPTH = 10_000
# Seconds on a busy machine; each takes a fraction of a second on an idle one.
MOST_SECONDS = 15
MOST_BYTES = 400 * 1024 * 1024


def template(resources=(), **sections):
    return {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": list(resources), **sections}


def a(name="n", **more):
    return {"type": "Microsoft.A/b", "apiVersion": "2020-01-01", "name": name, **more}


def output(text):
    return template(outputs={"o": {"type": "string", "value": text}})


def codes(text):
    """The codes of what expanding a file finds; each has a message and a place in the text."""
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    document = Document.from_text("t.json", text if isinstance(text, str) else json.dumps(text))
    if document.problem is not None:
        assert document.problem.message
        return ["unreadable"]
    found = expand(document, {})
    as_json_text(found)
    assert time.process_time() - began < MOST_SECONDS
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MOST_BYTES
    for trouble in found.troubles:
        assert trouble.message
        assert trouble.spot.place().line >= 1
    return [one.code for one in found.troubles]


def looped(*names):
    return [{"name": name, "count": 800, "input": "x"} for name in names]


DOUBLED = "[concat(variables('v{0}'), variables('v{0}'))]"
MANY = "map(range(0, 10000), lambda('{}', {}))"
CASES = {
    "circular variables": (template(variables={"a": "[variables('b')]", "b": "[variables('a')]"}), {"circular"}),
    "a variable of itself": (template(variables={"a": {"b": ["[variables('a')]"]}}), {"circular"}),
    "circular defaults": (
        template(parameters={n: {"type": "string", "defaultValue": f"[parameters('{m}')]"} for n, m in ("ab", "ba")}),
        {"circular"},
    ),
    "circular functions": (
        template(
            languageVersion="2.0",
            functions=[{"namespace": "f", "members": {"a": {"output": {"type": "string", "value": "[f.a()]"}}}}],
        ),
        {"circular"},
    ),
    "circular dependencies": (
        template([a("x", dependsOn=["y"]), a("y", dependsOn=["x"])]), {"circular-dependency"}
    ),
    "doubling variables": (
        template(variables={"v0": "xx", **{f"v{n + 1}": DOUBLED.format(n) for n in range(60)}}),
        {"limit"},
    ),
    "a loop in a loop": (
        template([a("[concat('n', copyIndex())]", copy={"name": "c", "count": 800},
                    properties={"copy": [{"name": "p", "count": 800, "input": {"copy": looped("q", "r")}}]})]),
        {"limit"},
    ),
    "loops of variables": (
        template(variables={"copy": [{"name": "v", "count": 800, "input": {"copy": [
            {"name": "w", "count": 800, "input": {"copy": looped("x")}}]}}]}),
        {"limit"},
    ),
    "deep calls": (output(f"[{'not(' * DEPTH}true(){')' * DEPTH}]"), {"expression-too-long"}),
    "deep calls of a length that is allowed": (output(f"[{'not(' * 300}true(){')' * 300}]"), {"expression-too-deep"}),
    "deep indexes": (output(f"[resourceGroup(){'[0]' * 8_000}]"), set()),
    "an expression of a megabyte": (output(f"[concat('{'x' * 1024 * 1024}')]"), {"expression-too-long"}),
    "a megabyte that does not end": (output(f"[{'concat(' * 150_000}]"), {"expression-too-long"}),
    "quotes without end": (output(f"[concat('{chr(39) * 20_000})]"), {"syntax"}),
    "division by zero": (output("[string(div(1, 0))]"), {"division-by-zero"}),
    "remainder of zero": (output("[string(mod(1, 0))]"), {"division-by-zero"}),
    "an invalid date": (output("[dateTimeAdd('2023-02-30T00:00:00Z', 'P1D')]"), {"invalid-date"}),
    "a date beyond the calendar": (output("[dateTimeAdd('9999-12-31T00:00:00Z', 'P9D')]"), {"overflow"}),
    "an invalid duration": (output("[dateTimeAdd('2023-01-01T00:00:00Z', 'P1W')]"), {"invalid-duration"}),
    "lambdas in lambdas": (
        output(f"[string({MANY.format('a', MANY.format('b', MANY.format('c', 1)))})]"),
        {"limit"},
    ),
    "a lambda that grows": (
        output("[reduce(range(0, 10000), 'xx', lambda('a', 'b', concat(lambdaVariables('a'), lambdaVariables('a'))))]"),
        {"limit"},
    ),
    "a text of padding": (output("[padLeft('x', 2147483647)]"), {"limit"}),
    "a huge number": (output("[string(mul(9223372036854775807, 2))]"), {"syntax"}),
    "a chain of variables": (
        template(variables={"v0": "x", **{f"v{n + 1}": f"[variables('v{n}')]" for n in range(500)}}), set()
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_hostile_templates_end_with_an_error(name):
    value, expected = CASES[name]
    assert set(codes(value)) == expected


@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")], ids=["lists", "objects", "both"]
)
def test_a_file_of_ten_thousand_levels_is_no_file(opening, closing):
    assert codes(opening * DEPTH + "1" + closing * DEPTH) == ["unreadable"]
    nested = json.dumps(template(variables={"v": "HERE"})).replace('"HERE"', opening * DEPTH + "1" + closing * DEPTH)
    assert codes(nested) == ["unreadable"]


def test_deployments_in_each_other_end():
    inside = template()
    for number in range(30):
        properties = {"mode": "Incremental", "template": inside, "expressionEvaluationOptions": {"scope": "inner"}}
        inside = template([{**a(f"d{number}", properties=properties), "type": "Microsoft.Resources/deployments"}])
    assert codes(inside) == ["link"]


WRONG = [None, 1, "x", "[", "[parameters('x')]", [], [[]], {}, {"": None}, [None], True]
SECTIONS = ["$schema", "parameters", "variables", "functions", "resources", "outputs", "definitions", "metadata"]
MEMBERS = ["type", "apiVersion", "name", "condition", "location", "scope", "dependsOn", "copy", "properties", "tags"]


@pytest.mark.parametrize("value", WRONG)
@pytest.mark.parametrize("place", SECTIONS)
def test_sections_of_every_wrong_type(place, value):
    codes({**template([a()]), place: value})


@pytest.mark.parametrize("value", WRONG)
@pytest.mark.parametrize("member", MEMBERS)
def test_members_of_resources_of_every_wrong_type(member, value):
    codes(template([{**a(), member: value}]))
    codes(template([{**a(properties={"template": value}), "type": "Microsoft.Resources/deployments"}]))
