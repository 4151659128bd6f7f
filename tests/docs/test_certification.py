"""The page of what certification asks names rules that exist."""

import re
from pathlib import Path

from packager.checks.registry import all_rules

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "certification.md"


def test_every_rule_on_the_page_exists():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    named = {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)}
    assert len(named) > 50
    assert named - {rule.id for rule in all_rules()} == set()
