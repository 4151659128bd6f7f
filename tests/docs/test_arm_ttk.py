"""The page on arm-ttk tells of every test and names rules that exist."""

import re
from pathlib import Path

import pytest

from packager.checks.config import WARN_ONLY
from packager.checks.registry import all_rules

PAGE = (Path(__file__).parents[2] / "docs" / "arm-ttk.md").read_text(encoding="utf-8")
SECTIONS = {
    name: text for name, _, text in (one.partition("\n") for one in re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:])
}


def test_all_53_tests_have_a_section_each():
    known = {rule.arm_ttk for rule in all_rules() if rule.arm_ttk} | WARN_ONLY
    assert known <= SECTIONS.keys()
    assert len(SECTIONS) == 53


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_says_whether_the_test_blocks_and_which_rule_stands_for_it(name):
    words = SECTIONS[name].split(maxsplit=1)[0].rstrip(".,")
    assert words == ("Warns" if name in WARN_ONLY else "Blocks")
    tests = {rule.id: rule.arm_ttk for rule in all_rules()}
    named = re.findall(r"\b[Rr]ule `([a-z-]+)`", SECTIONS[name])
    assert {tests[rule] for rule in named} <= {name}


def test_the_sections_on_what_never_reports_say_so():
    for name in ("Resources-Should-Not-Be-Ambiguous", "VM-Images-Should-Use-Latest-Version"):
        assert "never reports" in SECTIONS[name]
