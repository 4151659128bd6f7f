"""What texts can be before anything is deployed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.arm.reduction import MOST_ANSWERS, UNKNOWN, Base, Budget, Scope, answers_of

ROOT = Base(("",))
PARAMETERS = {
    "_artifactsLocation": {"type": "string", "defaultValue": "[deployment().properties.templateLink.uri]"},
    "_artifactsLocationSasToken": {"type": "securestring", "defaultValue": ""},
    "size": {"type": "string", "allowedValues": ["small", "large"]},
    "script": {"type": "string", "defaultValue": "run.sh"},
    "asked": {"type": "string"},
    "choices": {"type": "object", "defaultValue": {"file": "chosen.json"}},
}
VARIABLES = {
    "folder": "scripts/",
    "base": "[concat(parameters('_artifactsLocation'), '/nested')]",
    "files": {"Install": "install.sh", "sizes": {"small": "s.json", "large": "l.json"}},
    "list": ["a.sh", "b.sh"],
    "alias": "[variables('files')]",
    "loop": "[variables('loop')]",
    "ping": "[concat('x', variables('pong'))]",
    "pong": "[variables('ping')]",
}
OWN = "deployment().properties.templateLink.uri"
LOCATION = "parameters('_artifactsLocation')"


def answers(text, **given):
    return answers_of(text, Scope("nested", PARAMETERS, VARIABLES, Budget(), given))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", [("plain",)]),
        ("[[escaped]", [("[escaped]",)]),
        ("", [("",)]),
        ("['a']", [("a",)]),
        ("[concat('a', 'b', string(3))]", [("ab3",)]),
        ("[format('{0}/{1}.json', 'a', 'b')]", [("a/b.json",)]),
        ("[format('{{0}}', 'a')]", [(None,)]),
        ("[format('{1}', 'a')]", [(None,)]),
        ("[format('{0:X}', 'a')]", [(None,)]),
        ("[toLower('A.SH')]", [("a.sh",)]),
        ("[variables('folder')]", [("scripts/",)]),
        ("[variables('FOLDER')]", [("scripts/",)]),
        ("[variables('files').install]", [("install.sh",)]),
        ("[variables('alias').install]", [("install.sh",)]),
        ("[variables('files')['sizes'][parameters('size')]]", [("s.json",), ("l.json",)]),
        ("[variables('list')[1]]", [("b.sh",)]),
        ("[variables('list')[copyIndex()]]", [("a.sh",), ("b.sh",)]),
        ("[parameters('size')]", [("small",), ("large",)]),
        ("[parameters('script')]", [("run.sh",), (None,)]),
        ("[parameters('choices').file]", [("chosen.json",)]),
        ("[parameters('asked')]", [(None,)]),
        ("[concat('vm-', parameters('asked'), uniqueString('x'), '.json')]", [("vm-", None, ".json")]),
        ("[if(equals(1, 2), 'a', 'b')]", [("a",), ("b",)]),
        (f"[{OWN}]", [(Base(("nested",)),)]),
        (f"[{LOCATION}]", [(ROOT,)]),
        (f"[concat({LOCATION}, '/a.sh', parameters('_artifactsLocationSasToken'))]", [(ROOT, "/a.sh")]),
        (f"[uri({LOCATION}, 'a.sh')]", [(ROOT, "a.sh")]),
        (f"[uri(concat({LOCATION}, 'x/y'), 'a.sh')]", [(Base(("x",)), "a.sh")]),
        (f"[uri({OWN}, '../a.sh')]", [(Base(("nested",)), "../a.sh")]),
        (f"[uri(if(true(), {LOCATION}, {OWN}), 'a')]", [(Base(("", "nested")), "a")]),
        ("[concat(variables('base'), '/a.json')]", [(ROOT, "/nested/a.json")]),
        (f"[replace({OWN}, 'mainTemplate.json', 'a.json')]", [(Base(("nested",)), "a.json")]),
        (f"[concat(substring({LOCATION}, 0, lastIndexOf({LOCATION}, '/')), '/a')]", [(ROOT, "/a")]),
        ("[uri('https://example.com/', 'a.sh')]", [(None,)]),
        ("[variables('loop')]", [(None,)]),
        ("[variables('ping')]", [("x", None)]),
        ("[variables('absent')]", [(None,)]),
        ("[unknown('a')]", [(None,)]),
        ("[broken(]", [(None,)]),
        ("[]", [(None,)]),
    ],
)
def test_the_texts_that_an_expression_can_be(text, expected):
    assert list(answers(text)) == expected


def test_what_a_deployment_hands_over_comes_before_the_default():
    assert answers("[parameters('script')]", script=(("given.sh",),)) == (("given.sh",),)
    assert answers("[parameters('script')]", script=UNKNOWN) == UNKNOWN
    assert answers("[parameters('_artifactsLocation')]", _artifactslocation=UNKNOWN) == ((ROOT,),)


def test_many_choices_become_unknown():
    variables = {"many": [str(number) for number in range(MOST_ANSWERS + 1)]}
    element = "variables('many')[copyIndex()]"
    assert answers_of(f"[{element}]", Scope("", {}, variables, Budget())) == UNKNOWN
    variables["many"].pop()
    assert len(answers_of(f"[{element}]", Scope("", {}, variables, Budget()))) == MOST_ANSWERS
    assert answers_of(f"[concat({element}, {element})]", Scope("", {}, variables, Budget())) == UNKNOWN


def test_texts_that_double_with_each_variable_end():
    variables = {f"v{n}": f"[concat(variables('v{n + 1}'), variables('v{n + 1}'))]" for n in range(50)} | {"v50": "x"}
    assert answers_of("[variables('v0')]", Scope("", {}, variables, Budget())) == UNKNOWN


def test_lists_of_expressions_that_lead_to_each_other_end():
    row = ["[variables('grid')[copyIndex()][copyIndex()]]"] * 60
    scope = Scope("", {}, {"grid": [row] * 60}, Budget(20_000))
    assert answers_of("[variables('grid')[copyIndex()][copyIndex()][copyIndex()]]", scope) == UNKNOWN


def calls(inner):
    return st.one_of(
        st.builds("concat({0}, {1})".format, inner, inner),
        st.builds("uri({0}, {1})".format, inner, inner),
        st.builds("if(true(), {0}, {1})".format, inner, inner),
        st.builds("{0}.x".format, inner),
        st.builds("variables('files')[{0}]".format, inner),
    )


@given(st.recursive(st.sampled_from(["'a'", "1", LOCATION, OWN, "variables('files')"]), calls, max_leaves=12))
def test_any_expression_has_an_answer(text):
    assert answers(f"[{text}]")
