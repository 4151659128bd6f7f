import importlib
import pathlib

from packager.expressions.function import Function
from packager.expressions.page import page
from packager.expressions.table import FAMILIES, described

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


def test_the_names_in_the_table_are_those_of_the_modules():
    for family, names in FAMILIES.items():
        module = importlib.import_module(f"packager.expressions.functions.{family}")
        found = [one.name for one in vars(module).values() if isinstance(one, Function) and one.name != "listAny"]
        assert names.split() == found
