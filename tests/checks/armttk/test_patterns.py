"""Text patterns: what arm-ttk takes for references, calls and expressions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.checks.armttk.expand import ExpansionError, expanded
from packager.checks.armttk.patterns import (
    BadPatternError,
    calls,
    find_expression,
    inside_expression,
    parameter_name_pattern,
    variable_name_pattern,
)
from packager.checks.armttk.text import SourceText
from packager.source.document import Document


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a", "[Parameters ( 'A' )]", True),
        ("a", "[parameters('ab')]", False),
        ("a.b", "[parameters('axb')]", True),
        ("a b", "[parameters('a b')]", True),
        ("a b", "[parameters('ab')]", False),
        ("a+b", "[parameters('aab')]", True),
        ("(x*)*y+", "[parameters('(x*)*y+')]", True),
    ],
)
def test_parameter_names_are_patterns(name, text, found):
    text = SourceText.of(Document.from_text("a.json", text))
    assert bool(text.references_to_parameter(name)) is found


def test_names_that_are_no_patterns():
    with pytest.raises(BadPatternError):
        parameter_name_pattern("a(b")
    assert variable_name_pattern("a$#b").fullmatch("a$#b")
    assert not SourceText.of(Document.from_text("a.json", "variables  ('a')")).references_to_variable("a")


def test_calls_are_found_after_an_opening_only_and_balanced():
    text = "[concat(list('x'), ns.listKeys(1), listKeys( resourceId('t)', 'n')), concat('('"
    assert [(call.name, call.arguments) for call in calls(text, r"list\w*")] == [
        ("list", "('x')"),
        ("listKeys", "( resourceId('t)', 'n')"),
    ]


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("[parameters('x')]", "[parameters('x')]"),
        ("a [f(1)[0].b.c[2]] z", "[f(1)[0].b.c[2]]"),
        ("[ f(1)]", None),
        ("[f (1)]", None),
        ("[f(1]", None),
        ("[[f(1)]", "[[f(1)]"),
        ("[concat(a(1),b(2))]", "[concat(a(1),b(2))]"),
        ("[(1)]", None),
    ],
)
def test_expressions(text, expression):
    found = find_expression(text)
    assert (text[found.start : found.end] if found else None) == expression


def test_the_left_test():
    text = r'{"a": "[x(parameters(\"y\"", "b": "parameters'
    assert inside_expression(text, text.index("parameters"))
    assert not inside_expression(text, text.rindex("parameters"))
    assert not inside_expression("parameters", 0)
    assert inside_expression("[parameters", 1)


def test_one_step_is_expanded():
    template = {"variables": {"a": {"b": ["", "[variables('c')]"]}, "empty": "", "it''s": "y"}}
    assert expanded("[variables('a').b[1]]", template) == "[variables('c')]"
    assert expanded("[concat('a')]", template) == "[concat('a')]"
    assert expanded("[variables(concat('a'))]", template) == "[variables(concat('a'))]"
    assert expanded("plain", template) == "plain"
    for text in ("[variables('empty')]", "[variables('a').b[0]]", "[variables('a').x]", "[variables('it''s')]"):
        with pytest.raises(ExpansionError):
            expanded(text, template)


@given(st.text(alphabet="[](){}'\", .ab0\\", max_size=200))
def test_no_text_breaks_a_pattern(text):
    find_expression(text)
    list(calls(text, r"\w+"))
    inside_expression(text, len(text))
    expanded(text, {"ab": {"a": "b"}})


def test_hostile_text_takes_no_time():
    find_expression("[" + "a(" * 20_000)
    list(calls("[concat(" * 3_000, "concat"))


@pytest.mark.parametrize("name", ["(a|aa)+", "(a*)*", "a?" * 30 + "a" * 30])
def test_a_name_that_repeats_alternatives_cannot_run_away(name):
    assert not parameter_name_pattern(name).fullmatch("a" * 200 + "!")
