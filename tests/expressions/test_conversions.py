"""What functions make of values whose types meet: texts of numbers, numbers of texts, ranges of addresses, ids."""

import pytest

from packager.arm.world import TemplateWorld
from packager.expressions.binding import evaluate
from packager.expressions.errors import ExpressionError
from packager.expressions.output import plain
from packager.expressions.scope import Facts, Scope

FACTS = Facts(subscription_id="s", resource_group="g", management_group="m")


def run(expression):
    return plain(evaluate(f"[{expression}]", Scope(TemplateWorld(facts=FACTS, strict=False))))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("string(json('1.0'))", "1"),
        ("string(json('[1.0, 1.5, true, null]'))", "[1.0,1.5,true,null]"),
        ("string(json('{\"a\": \"\u2028\\n\"}'))", '{"a":"\\u2028\\n"}'),
        ("string(null())", ""),
        ("concat('a', 1, true(), json('1.5'))", "a1True1.5"),
        ("format('{0}|{1}', json('2.0'), null())", "2|"),
        ("join(createArray('a', 1, false()), '-')", "a-1-False"),
        ("int('-0012')", -12),
        ("int(json('3.0'))", 3),
        ("float(3)", 3.0),
        ("bool(' TRUE ')", True),
        ("add('1', 2)", 3),
        ("mod(-7, 3)", -1),
        ("div(-7, 2)", -3),
        ("min(createArray())", None),
        ("array(null())", [None]),
        ("empty(5)", False),
        ("flatten(createArray(1, createArray(2)))", [1, 2]),
        ("union(createObject('A', 1), null(), createObject('a', 2))", {"A": 2}),
        ("intersection(createObject('A', 1, 'b', 2), createObject('a', 1))", {"A": 1}),
        ("toObject(createArray(1, 1), lambda('x', 'k'))", {"k": 1}),
        ("distinct(createArray(1, '1', true(), 1, createArray(1), createArray(1)))", [1, "1", True, [1]]),
        ("contains(createArray(1, true()), json('1.0'))", False),
        ("equals(1, true())", False),
        ("equals(createObject('a', 1, 'b', 2), createObject('b', 2, 'a', 1))", True),
        ("items(createObject('b', 1, 'A', 2, 'a', 3))", [
            {"key": "A", "value": 2}, {"key": "a", "value": 3}, {"key": "b", "value": 1}]),
        ("split('a1b2c', createArray('1', '2', ''))", ["a", "b", "c"]),
        ("take('\U0001f600x', 2)", "\U0001f600"),
        ("first('')", ""),
        ("last('')", ""),
        ("like('a.b', 'a.b')", True),
        ("like('axxb', 'a*b*')", True),
        ("like('ab', 'ab*b')", False),
        ("json('')", None),
        ("parseUri('HTTPS://User@Example.com/a?b#c').host", "example.com"),
        ("uri('https://a.example/x/y', '../z')", "https://a.example/z"),
        ("uri('https://a.example/x', 'https://b.example/q')", "https://b.example/q"),
        ("uriComponentToString('%zz%C3%A9%FF')", "%zz\u00e9%FF"),
        ("dataUriToString('data:,plain%20text')", "plain%20text"),
        ("parseCidr('10.0.0.9/31')", {"network": "10.0.0.8", "netmask": "255.255.255.254", "broadcast": "10.0.0.9",
                                     "firstUsable": "10.0.0.8", "lastUsable": "10.0.0.9", "cidr": 31}),
        ("cidrSubnet('10.0.0.0/24', 26, 5)", "10.0.1.64/26"),
        ("resourceId('A.B/c/', 'n')", "/subscriptions/s/resourceGroups/g/providers/A.B/c/n"),
        ("subscriptionResourceId('Microsoft.Resources/resourceGroups', 'x')", "/subscriptions/s/resourceGroups/x"),
        ("extensionResourceId('/', 'A.B/c', 'n')", "/providers/A.B/c/n"),
        ("managementGroupResourceId('other', 'A.B/c', 'n')",
         "/providers/Microsoft.Management/managementGroups/other/providers/A.B/c/n"),
    ],
)  # fmt: skip
def test_results(expression, expected):
    found = run(expression)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("int('1.5')", "argument-type"),
        ("int('9223372036854775808')", "overflow"),
        ("sub(json('-9223372036854775808'), 1)", "overflow"),
        ("add('a', 1)", "argument-type"),
        ("mod(1, 0)", "division-by-zero"),
        ("bool('yes')", "argument-value"),
        ("concat('a', createObject())", "argument-type"),
        ("max(1, 'a')", "argument-type"),
        ("range(0, 10001)", "argument-value"),
        ("substring('abc', -1)", "argument-value"),
        ("padLeft('a', 3, 'xy')", "argument-value"),
        ("replace('a', '', 'b')", "argument-value"),
        ("less('a', 1)", "argument-type"),
        ("json('{a')", "invalid-json"),
        ("json('NaN')", "limit"),
        ("json('[1e999]')", "limit"),
        (f"json('{'9' * 5000}')", "limit"),
        ("float('1e999')", "argument-type"),
        ("float('inf')", "argument-type"),
        ("base64ToString('a')", "invalid-base64"),
        ("uri('example.com', 'x')", "invalid-uri"),
        ("parseUri('x')", "invalid-uri"),
        ("buildUri(createObject('scheme', 'https'))", "invalid-uri"),
        ("parseCidr('10.0.0.0')", "invalid-cidr"),
        ("cidrSubnet('10.0.0.0/24', 23, 0)", "invalid-cidr"),
        ("cidrHost('10.0.0.0/24', -1)", "invalid-cidr"),
        ("dateTimeAdd('9999-12-31', 'P1D')", "overflow"),
        ("dateTimeFromEpoch(json('99999999999999'))", "overflow"),
        ("dateTimeAdd('2020-01-01', 'P1D', 'q')", "invalid-format"),
        ("createObject('a')", "argument-count"),
        ("map(createArray(1), lambda(1))", "argument-count"),
        ("coalesce(lambda('x', 1))", "argument-type"),
        ("if(true(), lambda('x', 1), 2)", "argument-type"),
        ("map(createArray(1), lambda('x', lambda('y', 1)))", "argument-type"),
        ("ns.f(lambda('x', 1))", "argument-type"),
        ("length(lambda('x', 1))", "argument-type"),
        ("createArray(1)[lambda('x', 1)]", "argument-type"),
        ("lambda('x', 1).a", "argument-type"),
        ("map(createArray(1), lambda(1, 2))", "syntax"),
        ("map(createArray(1), lambda('a', 'b', 'c', 1))", "argument-count"),
        ("filter(createArray(1), lambda('a', 1))", "argument-type"),
        ("resourceId('nothing', 'n')", "argument-value"),
        ("resourceId('A.B/c', 'n', 'm')", "argument-count"),
        ("references('x', 'half')", "argument-value"),
        ("lambdaVariables('x')", "undefined-lambda-variable"),
        ("copyIndex()", "undefined-copy"),
    ],
)
def test_refusals(expression, code):
    with pytest.raises(ExpressionError) as caught:
        run(expression)
    assert caught.value.code == code
    assert caught.value.span is not None
