"""The page of the portal's functions says what the table has."""

import pathlib

from packager.ui.function import ANY, names_of
from packager.ui.page import page, signature
from packager.ui.table import find, functions

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "reference" / "portal-functions.md"


def test_the_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python docs/generate.py"


def test_every_function_has_words_and_named_parameters():
    for one in functions():
        assert one.summary.endswith("."), one.name
        assert len({parameter.name for parameter in one.parameters}) == len(one.parameters), one.name
        assert 0 <= one.required <= len(one.parameters), one.name
        assert names_of(one.gives), one.name


def test_signatures():
    shown = [signature(one) for name in ("guid", "substring", "and", "min", "createArray") if (one := find(name))]
    assert shown == [
        "guid()",
        "substring(text, start, length)",
        "and(first, more, ...)",
        "min(first, more, ...)",
        "createArray([items], ...)",
    ]
    assert names_of(ANY) == "any"
