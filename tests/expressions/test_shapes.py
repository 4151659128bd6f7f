import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.expressions import binding
from packager.expressions.binding import compiled, evaluate
from packager.expressions.errors import ExpressionError
from packager.expressions.output import plain
from packager.expressions.scope import Facts, Scope, World
from packager.expressions.shapes import shaped

SCOPE = Scope(World(Facts()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[concat('a', 'b')]", ("[concat('', '')]", ("a", "b"))),
        ("[base64('x').a1[-12]]", ("[base64('').a1[0]]", ("x", -12))),
        ("[concat('it''s', '')]", ("[concat('', '')]", ("it's", ""))),
        ("[split('1,2', ',')[1]]", ("[split('', '')[0]]", ("1,2", ",", 1))),
        ("[deployment().name]", None),
        ("[concat('a]", None),
        ("[add(1, 12345678901)]", None),
        (f"[concat('{'x' * 3000}')]", None),
    ],
)
def test_a_text_is_its_shape_and_its_literals(text, expected):
    assert shaped(text) == expected


def outcome(evaluated):
    try:
        return plain(evaluated())
    except ExpressionError as error:
        return error.code, error.message, error.span, error.path


PARTS = st.sampled_from(
    ["concat(", "add(", "if(true(), ", "json(", ")", ", ", "'a'", "'it''s'", "''", "1", "-2", "x", "'", ".a", "[0]"]
)
PARTS |= st.sampled_from(
    ["map(createArray('a', 'b'), lambda('x', ", "lambdaVariables('x')", "resourceGroup().", "fail('x')"]
)


@given(st.lists(PARTS, max_size=12))
def test_sharing_code_changes_neither_values_nor_errors(parts):
    text = f"[{''.join(parts)}]"
    if not binding.is_expression(text):
        return
    compiled.cache_clear()
    assert outcome(lambda: evaluate(text, SCOPE)) == outcome(lambda: binding._exact(text)(SCOPE))


@pytest.mark.parametrize("name", ["resourceGroup", "subscription"])
def test_what_fails_in_shared_code_is_shown_where_it_stands(name):
    for number in (1, 22):
        text = f"[concat('{'a' * number}', {name}().id[{number}])]"
        exact = outcome(lambda text=text: binding._exact(text)(SCOPE))
        assert outcome(lambda text=text: evaluate(text, SCOPE)) == exact
    kept = "[if(equals(resourceGroup().name, 'a'), div(1, 0), 'x')]"
    assert outcome(lambda: evaluate(kept, SCOPE)) == {
        "$unknown": "[if(equals(resourceGroup().name, 'a'), div(1, 0), 'x')]"
    }
