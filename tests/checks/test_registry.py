"""The generated index of rules is fresh, and rules are loaded only when they are needed."""

import subprocess
import sys
from pathlib import Path
from typing import get_args

from packager.checks.problems import UNCHECKED
from packager.checks.registry import all_rules, index_text
from packager.offer.reading import OfferCode
from packager.render.model import RenderCode
from packager.rules import index


def test_the_index_is_fresh():
    assert Path(index.__file__).read_text(encoding="utf-8") == index_text(), "run python -m packager.checks.registry"


def test_listed_rules_are_what_their_modules_define():
    for rule in all_rules():
        assert rule.page.strip(), rule.id
        assert rule.summary == rule.page.strip().partition("\n")[0].rstrip(".")


def test_listing_the_rules_loads_none_of_them():
    code = (
        "import sys; from packager.checks.registry import all_rules; all_rules();"
        "print([name for name in sys.modules if name.startswith('packager.rules.') and name.count('.') > 2])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_problems_have_pages_like_rules():
    known = {rule.id for rule in all_rules()}
    assert known >= UNCHECKED
    assert known >= {*get_args(OfferCode), *get_args(RenderCode)}
