"""`packager simulate --evaluate`: one expression of the portal, or one on each line."""

import json

import pytest
from click.testing import CliRunner

from packager.cli.simulate import command
from packager.errors import RefusedError, UsageError


def answers(*lines):
    text = "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines)
    result = CliRunner().invoke(command, ["--evaluate", "-"], input=text, catch_exceptions=False)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def shown(*arguments):
    result = CliRunner().invoke(command, ["--evaluate", *arguments], catch_exceptions=False)
    return result.stdout.rstrip("\n")


def test_lines_are_answered_one_by_one():
    assert answers(
        {"expression": "[add(1, 2)]"},
        {"expression": "plain"},
        {"expression": "[basics('x')]"},
        {"expression": "[null]"},
        "\n",
        {"expression": "[xyzzy()]"},
        {"expression": 1},
        "[",
    ) == [
        {"value": 3},
        {"value": "plain"},
        {"value": None, "undefined": True},
        {"value": None},
        {"error": "there is no function 'xyzzy'"},
        {"error": "a line is a JSON object with an expression"},
        {"error": "the line is no JSON: Expecting value: line 1 column 2 (char 1)"},
    ]


@pytest.mark.parametrize("text", ["concat('a'", "[concat('a'", "[concat('a')", "concat('a')"])
def test_what_is_evidently_a_broken_expression_is_refused(text):
    with pytest.raises(RefusedError):
        shown(text)


def test_what_calls_nothing_known_stands_for_itself():
    for text in ("first (draft)", "acme(tm)", "a]", "concat"):
        assert shown(text) == text


WHOLE = "[createArray(basics('a'), steps('s').b.c, location(), resourceGroup().name, subscription().id, utcNow())]"
WANTED = {"value": [1, 2, "westus", "rg", "/subscriptions/0", "2020-01-01T00:00:00.000Z"]}
INSIDE = {"basics": {"a": 1}, "steps": {"s": {"b": {"c": 2}}}}


@pytest.mark.parametrize(
    "context",
    [
        {
            **INSIDE,
            "location": "westus",
            "resourceGroup": {"name": "rg"},
            "subscription": {"subscriptionId": "0"},
            "now": "2020-01-01",
        },
        {
            **INSIDE,
            "scope": {"location": "westus", "resourceGroup": "rg", "subscriptionId": "0"},
            "now": 1_577_836_800_000,
        },
        {
            "answers": {**INSIDE, "scope": {"location": {"name": "westus"}, "subscriptionId": "0"}},
            "context": {"resourceGroup": "rg", "now": "2020-01-01"},
        },
    ],
    ids=["beside the expression", "scope", "answers and context"],
)
def test_what_a_line_knows_of_the_form(context):
    assert answers({"expression": WHOLE, **context}) == [WANTED]


def test_marked_values_are_undefined():
    line = {"expression": "[coalesce(steps('s').x, $rowIndex)]", "steps": {"s": {"x": {"$undefined": True}}}}
    assert answers({**line, "$rowIndex": 3}, {**line, "variables": {"$rowIndex": 4}}) == [{"value": 3}, {"value": 4}]


@pytest.mark.parametrize(
    ("context", "message"),
    [
        ({"basics": 1}, "'basics' is a JSON object"),
        ({"steps": {"s": []}}, "'s' is a JSON object"),
        ({"location": 1}, "'location' is a text"),
        ({"now": []}, "'now' is a time such as 2026-01-31T12:00:00Z"),
        ({"now": "x"}, "'x' is no time; write 2026-01-31T12:00:00Z"),
    ],
)
def test_a_wrong_context_is_an_error_of_its_line(context, message):
    assert answers({"expression": "[1]", **context}) == [{"error": message}]


def test_one_expression():
    assert shown("[concat('a', string('b'))]") == 'a"b"'
    assert shown("[utcNow()]", "--now", "2020-01-01") == "2020-01-01T00:00:00.000Z"
    assert shown("[guid()]", "--seed", "1") == shown("[guid()]", "--seed", "1")
    assert shown("[location()]") == "undefined"
    assert json.loads(shown("[parse('[1]')]")) == [1]


def test_what_is_refused():
    with pytest.raises(RefusedError, match=r"column 8 of the expression: .*number"):
        CliRunner().invoke(command, ["--evaluate", "[add(1,'x')]"], catch_exceptions=False)
    with pytest.raises(RefusedError, match=r"column 2 of the expression: .*'concatt'; did you mean 'concat'"):
        shown("[concatt(1)]")
    with pytest.raises(UsageError, match="--now: 'x' is no time"):
        shown("[1]", "--now", "x")
