import json
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from packager.arm.world import TemplateWorld
from packager.expressions.binding import deep_recursion, evaluate
from packager.expressions.errors import ExpressionError
from packager.expressions.output import plain
from packager.expressions.scope import Facts, Scope
from packager.expressions.table import functions

FACTS = Facts(
    subscription_id="ffffffff-ffff-ffff-ffff-ffffffffffff", resource_group="rg1", management_group="mg1", tenant_id="t1"
)


def run(expression, facts=FACTS, **sections):
    given = {name.lower(): value for name, value in sections.pop("given", {}).items()}
    world = TemplateWorld(facts=facts, sections=sections, given=given, strict=False)
    with deep_recursion():
        return plain(evaluate(expression, Scope(world)))


def failure(expression, facts=FACTS, **sections):
    with pytest.raises(ExpressionError) as caught:
        run(expression, facts, **sections)
    return caught.value


def residual(expression, facts=None, **sections):
    return run(expression, facts or Facts(), **sections)["$unknown"]


@pytest.mark.parametrize("one", [one for one in functions().values() if one.form != "scoped"], ids=lambda one: one.name)
def test_every_example_gives_its_result(one):
    assert json.dumps(run(f"[{one.example}]")) == json.dumps(one.result)


@pytest.mark.parametrize("one", functions().values(), ids=lambda one: one.name)
def test_every_function_counts_its_arguments(one):
    if one.name == "lambda":
        return
    if one.required:
        assert failure(f"[{one.name}()]").code == "argument-count"
    if one.most is not None:
        too_many = ", ".join(["1"] * (one.most + 1))
        assert failure(f"[{one.name}({too_many})]").code == "argument-count"


@pytest.mark.parametrize(
    ("expression", "code", "message", "span"),
    [
        ("[lenght('a')]", "unknown-function", "there is no function 'lenght'; did you mean 'length'?", (1, 7)),
        ("[padLeft('a')]", "argument-count", "padLeft takes 2 to 3 arguments, not 1", (1, 13)),
        ("[if(true(), 1, xyzzyq())]", "unknown-function", "there is no function 'xyzzyq'", (15, 21)),
        ("[length(1)]", "argument-type", "length takes string or object or array as 'value', not int", (8, 9)),
        (
            "[json('{\"alpha\": 1}').alhpa]",
            "property-not-found",
            "the object has no property 'alhpa'; did you mean 'alpha'?; it has: alpha",
            (22, 27),
        ),
        (
            "[createArray(1)[1]]",
            "index-out-of-range",
            "there is no item 1 in an array of 1; counting starts at 0",
            (16, 17),
        ),
        ("[null().a]", "null-access", "null has no properties or items; guard it with tryGet()", (8, 9)),
        ("[add(1, div(1, 0))]", "division-by-zero", "a number is divided by zero", (8, 17)),
        ("[fail('no')]", "fail", "no", (1, 11)),
        ("[variables('x')]", "undefined-variable", "there is no variable 'x'", (1, 15)),
        ("[parameters('x')]", "undefined-parameter", "there is no parameter 'x'", (1, 16)),
        ("[lambda('x', 1)]", "argument-type", None, (1, 15)),
        ("[not('a')]", "argument-type", "not takes bool as 'arg1', not string", (5, 8)),
        ("[and(true(), 1)]", "argument-type", "the function 'and' decides on bool, not int", (13, 14)),
        ("[a.b(1)]", "undefined-user-function", "there is no function 'a.b'", (1, 7)),
    ],
)
def test_errors_have_a_code_a_message_and_a_place(expression, code, message, span):
    error = failure(expression)
    assert error.code == code
    assert message is None or str(error) == message
    assert (error.span.start, error.span.end) == span


def test_branches_that_are_not_chosen_are_not_evaluated():
    assert run("[if(true(), 1, div(1, 0))]") == 1
    assert run("[or(true(), equals(div(1, 0), 1))]") is True
    assert run("[and(false(), equals(div(1, 0), 1))]") is False
    assert run("[coalesce(1, div(1, 0))]") == 1


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[resourceGroup().location]", "[resourceGroup().location]"),
        ("[subscription().tenantId]", "[tenant().tenantId]"),
        ("[concat('a', string(add(1, 2)), deployment().name)]", "[concat('a', '3', deployment().name)]"),
        ("[reference(concat('st', 'x'), '2022-09-01').primaryEndpoints.blob]",
         "[reference('stx', '2022-09-01').primaryEndpoints.blob]"),
        ("[if(equals(subscription().displayName, 'x'), add(1, 1), div(1, 0))]",
         "[if(equals(subscription().displayName, 'x'), 2, div(1, 0))]"),
        ("[and(true(), equals(deployer().objectId, 'x'))]", "[equals(deployer().objectId, 'x')]"),
        ("[coalesce(null(), reference('x').a, 'b', div(1, 0))]", "[coalesce(reference('x').a, 'b')]"),
        ("[createArray(1, reference('x').a)[1].b]", "[reference('x').a.b]"),
        ("[createArray(1, 2)[reference('x').index]]", "[createArray(1, 2)[reference('x').index]]"),
        ("[contains(createArray(reference('x').y, 1), 2)]", "[contains(createArray(reference('x').y, 1), 2)]"),
        ("[map(reference('x').list, lambda('i', add(lambdaVariables('i'), add(1, 1))))]",
         "[map(reference('x').list, lambda('i', add(lambdaVariables('i'), 2)))]"),
        ("[listKeys('x', '2022-09-01').keys[0].value]", "[listKeys('x', '2022-09-01').keys[0].value]"),
        ("[resourceId('Microsoft.A/b', toLower('N'))]", "[resourceId('Microsoft.A/b', 'n')]"),
        ("[utcNow()]", "[utcNow()]"),
        ("[newGuid()]", "[newGuid()]"),
        ("[tryGet(reference('x'), 'a')]", "[tryGet(reference('x'), 'a')]"),
        ("[string(createArray(1, reference('x').a))]", "[string(createArray(1, reference('x').a))]"),
        ("[format('{0}{1}', json('1.5'), reference('x').a)]", "[format('{0}{1}', json('1.5'), reference('x').a)]"),
    ],
)  # fmt: skip
def test_what_only_azure_knows_stays_an_expression(expression, expected):
    assert residual(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[and(false(), equals(deployer().objectId, 'x'))]", False),
        ("[and(equals(deployer().objectId, 'x'), false())]", False),
        ("[or(equals(deployer().objectId, 'x'), true())]", True),
        ("[contains(createArray(reference('x').y, 1), 1)]", True),
        ("[length(createArray(reference('x').y, 1))]", 2),
        ("[createObject('a', 1, 'b', reference('x').y).a]", 1),
        ("[union(createObject('a', reference('x').y), createObject('b', 1)).b]", 1),
        ("[concat(createArray(reference('x').y), createArray(2))[1]]", 2),
        ("[if(true(), 'known', reference('x').y)]", "known"),
        ("[first(createArray('a', reference('x').y))]", "a"),
    ],
)
def test_an_unknown_that_does_not_count_does_not_spread(expression, expected):
    assert run(expression, Facts()) == expected


@pytest.mark.parametrize(
    ("cloud", "expression", "expected"),
    [
        ("AzureCloud", "[environment().suffixes.storage]", "core.windows.net"),
        ("azurechinacloud", "[concat('x', environment().suffixes.sqlServerHostname)]", "x.database.chinacloudapi.cn"),
        ("AzureUSGovernment", "[environment().portal]", {"$unknown": "[environment().portal]"}),
        ("AzureUSGovernment", "[environment().suffixes.x]", {"$unknown": "[environment().suffixes.x]"}),
        ("Other", "[environment().name]", "Other"),
        ({"name": "Stack", "suffixes": {"storage": "s.example"}}, "[environment().suffixes.storage]", "s.example"),
        ({"name": "Stack"}, "[environment().suffixes.storage]", {"$unknown": "[environment().suffixes.storage]"}),
        (
            {"suffixes": {"storage": "s.example"}, "authentication": {"tenant": "adfs"}},
            "[createArray(environment().suffixes.keyvaultDns, environment().authentication.tenant)]",
            [{"$unknown": "[environment().suffixes.keyvaultDns]"}, "adfs"],
        ),
    ],
)
def test_clouds_say_what_is_known_of_them(cloud, expression, expected):
    assert run(expression, Facts(cloud=cloud)) == expected


def test_types_of_unknowns_are_checked():
    assert failure("[add(1, resourceGroup())]").message == "add takes string or int as 'operand2', not object"
    assert failure("[length(equals(deployment().name, 'x'))]").code == "argument-type"


def test_names_are_compared_without_case():
    assert run("[CONCAT(Parameters('A'), variables('B'))]", given={"a": "x"}, variables={"b": "y"}) == "xy"
    assert run('[json(\'{"Key": 1, "key": 2}\').key]') == 2
    assert run("[json('{\"Key\": 1}').kEY]") == 1


def test_functions_of_the_template_see_their_parameters_and_each_other():
    functions_ = [
        {
            "namespace": "a",
            "members": {
                "twice": {
                    "parameters": [{"name": "x", "type": "int"}],
                    "output": {"value": "[mul(parameters('X'), 2)]"},
                },
                "four": {"parameters": [], "output": {"value": "[A.Twice(variables('two'))]"}},
                "loop": {"parameters": [], "output": {"value": "[a.loop()]"}},
            },
        }
    ]
    sections = {"functions": functions_, "variables": {"two": 2}}
    assert run("[a.four()]", **sections) == 4
    assert failure("[a.loop()]", **sections).code == "circular"
    assert failure("[a.twice('x')]", **sections).message == "a.twice takes int as 'x', not string"
    assert failure("[a.twice()]", **sections).message == "a.twice takes 1 argument, not 0"
    assert failure("[a.twise(1)]", **sections).message == "there is no function 'a.twise'; did you mean 'a.twice'?"


def test_variables_are_evaluated_once_and_not_in_circles():
    variables = {"a": "[variables('b')]", "b": ["[variables('c').x]"], "c": {"x": "[variables('a')]"}}
    error = failure("[variables('a')]", variables=variables)
    assert error.code == "circular"
    assert error.message == "a value needs itself: a -> b -> c -> a"
    assert error.path == ("variables", "c", "x")


def test_variables_can_be_made_by_loops():
    variables = {
        "copy": [{"name": "names", "count": 2, "input": "[format('n{0}', copyIndex('names', 1))]"}],
        "object": {"before": 1, "copy": [{"name": "list", "count": 2, "input": "[copyIndex('list')]"}], "after": 2},
    }
    assert run("[variables('names')]", variables=variables) == ["n1", "n2"]
    assert list(run("[variables('object')]", variables=variables).items()) == [
        ("before", 1),
        ("list", [0, 1]),
        ("after", 2),
    ]


def test_a_loop_of_unknown_length_is_a_map():
    variables = {"copy": [{"name": "l", "count": "[length(deployment().x)]", "input": "[add(copyIndex('l'), 1)]"}]}
    world = {"variables": variables}
    assert residual("[variables('l')]", **world) == (
        "[map(range(0, length(deployment().x)), lambda('l', add(lambdaVariables('l'), 1)))]"
    )


def test_long_chains_of_variables_are_followed():
    variables = {f"v{n}": f"[add(variables('v{n + 1}'), 1)]" for n in range(511)} | {"v511": 0}
    assert run("[variables('v0')]", variables=variables) == 511


@pytest.mark.parametrize(
    "step",
    [
        "[concat(variables('v{}'), variables('v{}'))]",
        "[createArray(variables('v{}'), variables('v{}'))]",
        "[createObject('a', variables('v{}'), 'b', variables('v{}'))]",
        "[format('{{0}}{{1}}', variables('v{}'), variables('v{}'))]",
        "[union(createArray(variables('v{}')), createArray(variables('v{}'), 1))]",
    ],
)
@pytest.mark.parametrize("start", ["text", ["a", "b"], "[deployment().name]"])
def test_doubling_ends_with_an_error_in_bounded_time(step, start):
    variables = {"v0": start} | {f"v{n}": step.format(n - 1, n - 1) for n in range(1, 61)}
    began = time.perf_counter()
    try:
        value = json.dumps(run("[variables('v60')]", variables=variables))
    except ExpressionError as error:
        assert error.code in ("limit", "argument-type", "expression-too-deep")
    else:
        assert len(value) < 1_000_000
    assert time.perf_counter() - began < 20


A = "lambdaVariables('a')"
DOUBLED = f"reduce(range(0, {{}}), createArray(1), lambda('a', 'b', createArray({A}, {A})))"


@pytest.mark.slow
@pytest.mark.parametrize(
    "expression",
    [
        "map(range(0, 10000), lambda('a', map(range(0, 10000), lambda('b', map(range(0, 10000), lambda('c', 1))))))",
        f"reduce(range(0, 10000), 'xx', lambda('a', 'b', concat({A}, {A})))",
        DOUBLED.format(10_000),
        f"string({DOUBLED.format(64)})",
        f"equals({DOUBLED.format(64)}, {DOUBLED.format(64)})",
        f"union(createObject('a', {DOUBLED.format(64)}), createObject('a', {DOUBLED.format(64)}))",
        f"map(range(0, 10000), lambda('i', contains(createArray({DOUBLED.format(14)}), {DOUBLED.format(14)})))",
        f"distinct({DOUBLED.format(64)})",
        "padLeft('', 2147483647)",
        "format('{0,2000000}{0,2000000}{0,2000000}', 1)",
        "format('{0:D999999999}', 1)",
        "replace(padLeft('', 4000000, 'a'), 'a', padLeft('', 4000000, 'b'))",
        "join(range(0, 10000), padLeft('', 4000000))",
        f"reduce(range(0, 10000), reference('x').y, lambda('a', 'b', concat({A}, {A})))",
    ],
)
def test_bombs_end_with_a_limit(expression):
    began = time.perf_counter()
    assert failure(f"[{expression}]").code in ("limit", "expression-too-deep")
    assert time.perf_counter() - began < 30


WORDS = st.sampled_from(sorted({one.name for one in functions().values()} | {"listKeys", "ns.f", "nothing"}))
LITERALS = st.one_of(
    st.integers(-(2**31), 2**31 - 1).map(str),
    st.text(alphabet="ab0,.:/{}[]%+-T Z\u00e9\U0001f600", max_size=8).map(lambda text: f"'{text}'"),
    st.sampled_from(["null()", "true()", "createArray()", "createArray(1, 'a')", "createObject('a', 1)", "json('1.5')",
                     "reference('x')", "resourceGroup().location", "lambda('x', lambdaVariables('x'))",
                     "lambda('x', 'y', 1)", "'P1D'", "'2020-01-01'", "'10.0.0.0/8'", "'https://a/b'"]),
)  # fmt: skip
CALLS = st.recursive(
    LITERALS,
    lambda inner: st.one_of(
        st.tuples(WORDS, st.lists(inner, max_size=4)).map(lambda call: f"{call[0]}({', '.join(call[1])})"),
        st.tuples(WORDS, inner, inner).map(lambda call: f"{call[0]}({call[1]})[{call[2]}]"),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CALLS)
@example("fail('')")
def test_anything_evaluates_or_is_refused(text):
    try:
        value = run(f"[f{text}]" if text[0] in "-0123456789" else f"[{text}]", Facts())
    except ExpressionError as error:
        assert error.message
    else:
        json.dumps(value)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_encodings_can_be_taken_back(text):
    text = text.encode("utf-8", "ignore").decode()
    given_ = {"t": text}
    for there, back in (
        ("base64", "base64ToString"),
        ("uriComponent", "uriComponentToString"),
        ("dataUri", "dataUriToString"),
    ):
        assert run(f"[{back}({there}(parameters('t')))]", given=given_) == text


@settings(deadline=None)
@given(st.lists(st.integers(-100, 100), max_size=30))
def test_sorting_orders_and_loses_nothing(numbers):
    found = run(
        "[sort(parameters('n'), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))]",
        given={"n": numbers},
    )
    assert found == sorted(numbers)


@settings(deadline=None)
@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1).filter(bool))
def test_quotient_and_remainder_belong_together(one, other):
    if (one, other) == (-(2**63), -1):
        assert failure("[div(parameters('a'), parameters('b'))]", given={"a": one, "b": other}).code == "overflow"
        return
    both = "[createArray(div(parameters('a'), parameters('b')), mod(parameters('a'), parameters('b')))]"
    quotient, remainder = run(both, given={"a": one, "b": other})
    assert quotient * other + remainder == one
    assert abs(remainder) < abs(other)
