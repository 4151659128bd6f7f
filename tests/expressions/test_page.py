import pathlib

from packager.expressions.page import page
from packager.expressions.table import described

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "reference" / "functions.md"


def test_the_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "run python -m packager.expressions.page > docs/reference/functions.md"
    )


def test_every_function_has_words_and_named_parameters():
    for one in described():
        assert one.summary.endswith("."), one.name
        assert len({parameter.name for parameter in one.parameters}) == len(one.parameters), one.name
        assert 0 <= one.required <= len(one.parameters), one.name
