"""Files that are not what their names say."""

import pytest

RULE = "wrong-document"
SCHEMAS = "https://schema.management.azure.com/schemas"
TEMPLATE = f'{{"$schema": "{SCHEMAS}/2019-04-01/deploymentTemplate.json#"}}'
FORM = f'{{"$schema": "{SCHEMAS}/0.1.2-preview/CreateUIDefinition.MultiVm.json#"}}'


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("mainTemplate.json", FORM, "'mainTemplate.json' holds a portal form, not an ARM template"),
        ("createUiDefinition.json", TEMPLATE, "'createUiDefinition.json' holds an ARM template, not a portal form"),
        ("mainTemplate.json", "[]", "'mainTemplate.json' is not an ARM template: it holds no JSON object"),
        (
            "mainTemplate.json",
            "{}",
            "'mainTemplate.json' is not an ARM template: it has no `$schema` of a deployment template, nor `resources`",
        ),
        (
            "viewDefinition.json",
            '{"views": []}',
            "'viewDefinition.json' is not a view definition: it has no `$schema` of a view definition",
        ),
    ],
)
def test_what_is_there_instead_is_named(found, name, text, message):
    assert found(RULE, {name: text}, messages=True) == [message]


def test_documents_that_answer_to_their_names_are_left_alone(found):
    assert found(RULE, {"mainTemplate.json": TEMPLATE, "createUiDefinition.json": FORM, "other.json": "[]"}) == []
    assert found(RULE, {"mainTemplate.json": "{"}) == []
