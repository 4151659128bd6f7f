"""Portal expressions give the values that the portal gives, or say what is wrong with them."""

import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from packager.expressions.errors import ExpressionError
from packager.source.span import Span
from packager.ui.environment import Environment
from packager.ui.evaluator import evaluate, evaluate_text
from packager.ui.function import MAX_STEPS
from packager.ui.table import FAMILIES, functions, members
from packager.ui.values import UNDEFINED, json_form

STEP = {
    "str": "bar",
    "arr": [1, 2, 3],
    "obj": {"key1": "Linux", "key2": "Windows"},
    "n": 5,
    "id": "/subscriptions/0/resourceGroups/rg1/providers/P/t/name1",
    "api": {"value": [{"name": "a", "k": 1}, {"name": "b", "k": 2}]},
}
FORM = Environment(
    basics={"cb": True, "size": "small"},
    steps={"s": STEP, "network": {"prefix": "10.0.0.0/16"}},
    location="westus",
    resource_group={"mode": "New", "name": "rg1", "location": "westus"},
    subscription={"subscriptionId": "00000000-0000-0000-0000-000000000000"},
    now=1_600_000_000_123,
    seed="1",
)


def run(expression, form=FORM):
    return evaluate(expression, form)


def failure(expression, form=FORM):
    with pytest.raises(ExpressionError) as caught:
        run(expression, form)
    return caught.value


@pytest.mark.parametrize("one", functions(), ids=lambda one: one.name)
def test_every_example_gives_its_result(one):
    assert json.dumps(run(f"[{one.example}]")) == json.dumps(one.result)


@pytest.mark.parametrize("one", functions(), ids=lambda one: one.name)
def test_every_function_counts_its_arguments(one):
    if one.required:
        assert failure(f"[{one.name}()]").code == "argument-count"
    if one.most is not None:
        assert failure(f"[{one.name}({', '.join(['1'] * (one.most + 1))})]").code == "argument-count"


def test_the_table_names_what_the_modules_have():
    assert {family: names.split() for family, names in FAMILIES.items()} == {
        family: list(members(family)) for family in FAMILIES
    }


# What Microsoft's documentation shows.
DOCUMENTED = [
    ("basics('cb')", True),
    ("steps('s').str", "bar"),
    ("location()", "westus"),
    ("resourceGroup().name", "rg1"),
    ("resourceGroup().mode", "New"),
    ("contains('webapp', 'web')", True),
    ("contains(steps('s').arr, 4)", False),
    ("contains(steps('s').obj, 'key1')", True),
    ("empty('')", True),
    ("empty(steps('s').arr)", False),
    ("empty(parse('[]'))", True),
    (
        """filter(parse('[{"name":"abc"},{"name":"xyz"}]'), (item) => contains(item.name, 'abc'))""",
        [{"name": "abc"}],
    ),
    ("first('contoso')", "c"),
    ("first(steps('s').arr)", 1),
    ("first(steps('s').obj)", {"key1": "Linux"}),
    ("last('contoso')", "o"),
    ("last(steps('s').arr)", 3),
    ("last(steps('s').obj)", {"key2": "Windows"}),
    ("length('Contoso')", 7),
    ("length(steps('s').arr)", 3),
    ("length(steps('s').obj)", 2),
    ("map(parse('[1, 2, 3]'), (item) => mul(2, item))", [2, 4, 6]),
    ("map(steps('s').api.value, (x) => x.name)", ["a", "b"]),
    (
        """map(steps('s').api.value, (x) => parse(concat('{"label":"', x.name, '","value":"', x.name, '"}')))""",
        [{"label": "a", "value": "a"}, {"label": "b", "value": "b"}],
    ),
    ("skip('webapp', 3)", "app"),
    ("skip(steps('s').arr, 2)", [3]),
    ("skip(steps('s').obj, 1)", {"key2": "Windows"}),
    ("take('webapp', 3)", "web"),
    ("take(steps('s').arr, 2)", [1, 2]),
    ("take(steps('s').obj, 1)", {"key1": "Linux"}),
    ("split('555-867-5309', '-')", ["555", "867", "5309"]),
    ("bool(1)", True),
    ("bool(0)", False),
    ("bool('true')", True),
    ("bool('false')", False),
    ("bool(basics('cb'))", True),
    ("int('1')", 1),
    ("int(2.9)", 2),
    ("float('1.0')", 1),
    ("float(2.9)", 2.9),
    ("string(1)", "1"),
    ("string(2.9)", "2.9"),
    ("string(steps('s').arr)", "[1,2,3]"),
    ("string(steps('s').obj)", '{"key1":"Linux","key2":"Windows"}'),
    ("string(basics('cb'))", "true"),
    ("parse('1')", 1),
    ("parse('true')", True),
    ("parse('[1,2,3]')", [1, 2, 3]),
    ("""parse('{"type":"webapp"}')""", {"type": "webapp"}),
    ("encodeBase64('Contoso')", "Q29udG9zbw=="),
    ("decodeBase64('Q29udG9zbw==')", "Contoso"),
    ("encodeUriComponent('https://portal.azure.com/')", "https%3A%2F%2Fportal.azure.com%2F"),
    ("decodeUriComponent('https%3A%2F%2Fportal.azure.com%2F')", "https://portal.azure.com/"),
    ("addHours('1990-12-31T23:59:59Z', 1)", "1991-01-01T00:59:59.000Z"),
    ("addMinutes('1990-12-31T23:59:59Z', 1)", "1991-01-01T00:00:59.000Z"),
    ("and(equals(0, 0), equals('web', 'web'), less(1, 2))", True),
    ("and(equals(0, 0), greater(1, 2))", False),
    ("or(equals(0, 0), greater(1, 2))", True),
    ("not(false)", True),
    ("not(equals(0, 0))", False),
    ("not(equals(steps('s').none.nameAvailable, false))", True),
    ("coalesce(steps('s').none, 'Contoso')", "Contoso"),
    ("equals(0, 0)", True),
    ("equals('1', 1)", False),
    ("equals('abc', ['a', 'b', 'c'])", False),
    ("greater(1, 2)", False),
    ("greater('9', '10')", True),
    ("less('9', '10')", False),
    ("less(1, 2)", True),
    ("lessOrEquals(2, 2)", True),
    ("greaterOrEquals(2, 2)", True),
    ("if(equals(42, mul(6, 7)), 'yes', 'no')", "yes"),
    ("add(1, 2)", 3),
    ("sub(3, 2)", 1),
    ("mul(2, 3)", 6),
    ("div(6, 3)", 2),
    ("mod(6, 3)", 0),
    ("mod(6, 4)", 2),
    ("min(1, 2)", 1),
    ("max(1, 2)", 2),
    ("floor(3.14)", 3),
    ("ceil(3.14)", 4),
    ("range(1, 3)", [1, 2, 3]),
    ("concat('Demo ', 'Contoso', ' app')", "Demo Contoso app"),
    ("endsWith('tuvwxyz', 'xyz')", True),
    ("startsWith('abcdefg', 'ab')", True),
    ("indexOf('abcdef', 'cd')", 2),
    ("indexOf('abcdef', 'x')", -1),
    ("lastIndexOf('test', 't')", 3),
    ("replace('Contoso.net web app', '.net', '.com')", "Contoso.com web app"),
    ("replace('a-b-c', '-', '')", "abc"),
    ("substring('Contoso.com web app', 12, 3)", "web"),
    ("toLower('CONTOSO')", "contoso"),
    ("toUpper('contoso')", "CONTOSO"),
]
# What published offers work only with.
REQUIRED_BY_OFFERS = [
    ("steps('s').none", UNDEFINED),
    ("steps('s').none.x.y", UNDEFINED),
    ("contains(steps('s').none, 'x')", False),
    ("empty(steps('s').none)", True),
    ("last(take(split(steps('s').id, '/'), 5))", "rg1"),
    ("first(skip(split(steps('s').id, '/'), 4))", "rg1"),
    ("last(split(steps('s').id, '/'))", "name1"),
    ("int(steps('s').none)", UNDEFINED),
    ("string(steps('s').str)", '"bar"'),
    ("parse(concat('{\"name\":', string(steps('s').str), '}'))", {"name": "bar"}),
    ("decodeUriComponent('%27')", "'"),
    ("equals(steps('s').none, 'x')", False),
    ("greaterOrEquals(last(split('10.0.0.0/24', '/')), 16)", True),
    ("greaterOrEquals(last(split('10.0.0.0/8', '/')), 16)", False),
    ("if(basics('cb'), 'a', 'b')", "a"),
    ("length(take(replace(guid(), '-', ''), 8))", 8),
    ("concat('x \\'', 'y', '\\'')", "x 'y'"),
    ("steps('basics').cb", True),
]
# What nothing settles: chosen so that no offer that is known breaks.
CHOSEN = [
    ("first(filter(steps('s').api.value, (x) => equals(x.name, 'zz')))", UNDEFINED),
    ("map(steps('s').none, (x) => x.name)", UNDEFINED),
    ("addSeconds('1990-12-31T23:59:59Z', 1)", "1991-01-01T00:00:00.000Z"),
    ("not(steps('s').none)", True),
    ("coalesce(steps('s').none, '', 'x')", ""),
    ("div(7, 2)", 3),
    ("div(-7, 2)", -3),
    ("mod(-7, 2)", -1),
    ("concat('a', steps('s').none)", UNDEFINED),
    ("length(steps('s').none)", 0),
    ("length(steps('s').none.id)", 0),
    ("if(steps('s').none, 'a', 'b')", "b"),
    ("and(steps('s').none, true)", False),
    ("or(steps('s').none, 'x')", True),
    ("parse('{')", UNDEFINED),
    ("parse('[NaN]')", UNDEFINED),
    ("int('a')", UNDEFINED),
    ("int('')", UNDEFINED),
    ("int('0x1F')", 31),
    ("bool('False')", False),
    ("bool('')", False),
    ("toLower(parse('null'))", UNDEFINED),
    ("string(null)", "null"),
    ("equals(null, steps('s').none)", False),
    ("equals(steps('s').none, steps('t').none)", True),
    ("equals(true, 1)", False),
    ('equals(parse(\'{"a":1,"b":[2]}\'), parse(\'{"b":[2.0],"a":1}\'))', True),
    ("contains(parse('[[1]]'), [1])", True),
    ("contains('a1', 1)", True),
    ("map([1, 2], (x) => map([3], (y) => add(x, y)))", [[4], [5]]),
    ("map([1], (x) => map([3], (x) => x))", [[3]]),
    ("concat([1], ['a'])", [1, "a"]),
    ("concat('a', true, 1.50)", "atrue1.5"),
    ("add(0.1, 0.2)", 0.30000000000000004),
    ("mul(2, '3')", 6),
    ("mul(9007199254740992, 3)", 2.7021597764222976e16),
    ("less(null, 1)", True),
    ("less('a', 1)", False),
    ("length('😀')", 2),
    ("first('😀')", "\ud83d"),
    ("concat(first('😀'), last('😀'))", "😀"),
    ("split('ab', '')", ["a", "b"]),
    ('first(parse(\'{"b":1,"10":2,"9":3}\'))', {"9": 3}),
    ("string({'a': steps('s').none, 'b': [steps('s').none]})", '{"b":[null]}'),
    ("string(first('😀'))", '"\\ud83d"'),
    ("utcNow()", "2020-09-13T12:26:40.123Z"),
    ("duration('2020-01-01', '2020-01-02')", 86_400_000),
    ("durationFormat(35457617000, 'hh mm ss')", "9849 hours 20 minutes 17 seconds"),
    ("durationFormat(35457617000, 'dd')", "410 days"),
    ("max(1, 3, 2)", 3),
    ("rand(3, 3)", 3),
    ("range(1, 0)", []),
    ("take('ab', -1)", ""),
    ("substring('abc', 1, 9)", "bc"),
    ("format('{{{0}}}', [1])", "{[1]}"),
    ("decodeBase64(encodeBase64('é😀'))", "é😀"),
    ("encodeUriComponent('é*(')", "%C3%A9*("),
    ("$rowIndex", UNDEFINED),
]


@pytest.mark.parametrize(
    ("text", "value"),
    DOCUMENTED + REQUIRED_BY_OFFERS + CHOSEN,
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_values(text, value):
    found = run(f"[{text}]")
    assert found is value if value is UNDEFINED else json.dumps(found) == json.dumps(value)


@pytest.mark.parametrize(
    ("text", "code", "message", "span"),
    [
        ("[lenght('a')]", "unknown-function", "there is no function 'lenght'; did you mean 'length'?", (1, 7)),
        ("[json('a')]", "unknown-function", "there is no function 'json'; the portal has parse()", (1, 5)),
        ("[if(true, 1, xyz())]", "unknown-function", "there is no function 'xyz'", (13, 16)),
        ("[not()]", "argument-count", "not takes 1 argument, not 0", (1, 6)),
        ("[and(true)]", "argument-count", "and takes at least 2 arguments, not 1", (1, 10)),
        ("[add(1, 'x')]", "argument-type", "add takes number as 'second', not string", (8, 11)),
        ("[toLower([1])]", "argument-type", "toLower takes string as 'text', not array", (9, 12)),
        ("[map([1], 2)]", "argument-type", "'mapping' is a lambda; write (item) => ...", (10, 11)),
        ("[not((x) => x)]", "not-allowed-here", "a lambda stands where no function takes one", (5, 13)),
        ("[map([1], (x) => y)]", "undefined-variable", "there is no variable 'y'", (17, 18)),
        ("[div(1, 0)]", "division-by-zero", "the divisor is 0", (1, 10)),
        ("[mul(1, parse('1e999'))]", "limit", "a number is larger than any that JSON can hold", (8, 22)),
        ("[range(1, 10001)]", "argument-value", "range gives up to 10,000 numbers, not 10001", (1, 16)),
        ("[addHours('x', 1)]", "invalid-date", "'x' is no time; write 2026-01-31T12:00:00Z", (1, 17)),
        ("[decodeUriComponent('%')]", "invalid-uri", "a percent sign is not followed", (1, 24)),
        ("[decodeBase64('?')]", "invalid-base64", "the text is no base64 of UTF-8 text", (1, 18)),
        ("[a())]", "syntax", "expected the end of the expression, but there is ')'", (4, 5)),
    ],
)
def test_what_is_refused_and_where(text, code, message, span):
    error = failure(text)
    assert (error.code, error.span) == (code, Span(*span))
    assert str(error).startswith(message)


def test_a_value_with_expressions_inside():
    value = {"a": ["[add(1, 2)]", "[[x]", " [basics('none')] "], "b": {"c": 1.0, "d": None}, "e": "Hello [x]"}
    found = evaluate(value, FORM)
    assert found == {"a": [3, "[x]", UNDEFINED], "b": {"c": 1, "d": None}, "e": "Hello [x]"}
    assert json_form(found) == {"a": [3, "[x]", None], "b": {"c": 1, "d": None}, "e": "Hello [x]"}


def test_an_error_inside_a_value_names_its_path():
    error = failure({"a": ["", "[x()]"]})
    assert (error.path, error.span) == (("a", 1), Span(1, 2))


def test_chance_depends_on_the_seed_and_the_place():
    once, again = run("[guid()]"), run("[guid()]")
    assert once == again
    assert once != run("[guid()]", FORM._replace(place="/x"))
    assert once != run("[guid()]", FORM._replace(seed="2"))
    assert run("[map(range(1, 2), (x) => guid())]")[0] != run("[map(range(1, 2), (x) => guid())]")[1]
    alone = Environment()
    assert run("[guid()]", alone) != run("[guid()]", alone)


def test_what_is_not_known_is_undefined():
    for text in ("location()", "resourceGroup()", "subscription()", "utcNow()", "basics('x')", "steps('x')"):
        assert run(f"[{text}]", Environment()) is UNDEFINED


@pytest.mark.parametrize(
    "text",
    [
        "[map(range(1, 10000), (a) => map(range(1, 10000), (b) => map(range(1, 10000), (c) => a)))]",
        "[length(replace(replace(replace(concat(range(1, 10000)), '', 'x'), '', 'yy'), 'y', 'zzzz'))]",
        "[string(map(range(1, 10000), (a) => map(range(1, 10000), (b) => a)))]",
    ],
)
def test_work_is_bounded(text):
    start = time.perf_counter()
    failure(text)
    assert time.perf_counter() - start < 5
    assert MAX_STEPS < 1_000_000


def test_texts_are_bounded():
    doubled = "'" + "x" * 1000 + "'"
    for _ in range(14):
        doubled = f"replace({doubled}, 'x', 'xx')"
    assert failure(f"[{doubled}]").code == "limit"


def test_depth_is_bounded():
    assert run("[string(parse('" + "[" * 99 + "]" * 99 + "'))]") == "[" * 99 + "]" * 99
    assert failure("[parse('" + "[" * 5000 + "]" * 5000 + "')]").code == "expression-too-deep"


def test_a_chain_of_many_members():
    assert run("[basics('cb')" + ".a" * 12_000 + "]") is UNDEFINED


PIECES = st.sampled_from(
    [
        *(f"{one.name}(" for one in functions()),
        *(one.example for one in functions()),
        *("(x) =>", "x", "'a'", "1", "-2.5", ")", ",", "[", "]", "{", "}", ".a", "null", "steps('s').none", "'[1]'"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
@example("rand(1,9007199254740993)")
@example("substring('a',1e3,1)")
def test_no_text_crashes_the_evaluator(text):
    try:
        json.dumps(json_form(evaluate_text(f"[{text}]", FORM)))
    except ExpressionError as error:
        assert str(error)
