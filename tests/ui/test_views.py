"""The parts of a view definition."""

import datetime
import json

from hypothesis import given
from hypothesis import strategies as st

from packager.bundle.model import Bundle, Entry
from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.package import Package
from packager.checks.registry import all_rules
from packager.ui.views import KINDS, PARTS, forms, parts

SCHEMA = "https://schema.management.azure.com/schemas/viewdefinition/0.0.1-preview/ViewDefinition.json#"
RULES = tuple(rule for rule in all_rules() if rule.on == "view")
NAMES = sorted({name for members in PARTS.values() for name in members} - {"$schema"})
SCALARS = st.none() | st.booleans() | st.integers() | st.sampled_from(["", "x", "[x", "[x()]", "1.0.0", *KINDS])
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
)


def test_parts_know_what_they_are_and_where():
    column = {"key": "k", "displayName": "d"}
    form = {"parameters": {}}
    views = [
        {"kind": "Overview", "properties": {"commands": [{"path": "p", "createUIDefinition": form}]}},
        {"kind": "CustomResources", "properties": {"columns": [column, 3], "editUIDefinition": form}},
        {"kind": "Other", "properties": {"commands": [{}]}},
        None,
    ]
    found = list(parts({"views": views}))
    assert [(part.name, part.path) for part in found] == [
        ("definition", ()),
        ("view", ("views", 0)),
        ("Overview", ("views", 0, "properties")),
        ("command", ("views", 0, "properties", "commands", 0)),
        ("view", ("views", 1)),
        ("CustomResources", ("views", 1, "properties")),
        ("column", ("views", 1, "properties", "columns", 0)),
        ("view", ("views", 2)),
    ]
    assert [path for part in found for path in forms(part)] == [
        ("views", 0, "properties", "commands", 0, "createUIDefinition"),
        ("views", 1, "properties", "editUIDefinition"),
    ]


@given(views=st.lists(st.fixed_dictionaries({"kind": st.sampled_from(KINDS), "properties": JSON}) | JSON, max_size=4))
def test_no_definition_makes_a_rule_fail(views):
    data = json.dumps({"$schema": SCHEMA, "contentVersion": "1.0.0.0", "views": views}).encode()
    entries = {"viewDefinition.json": Entry("viewDefinition.json", len(data), lambda: data)}
    report = run(Package(Bundle("p", "folder", None, entries), datetime.date(2026, 11, 24)), RULES, Config())
    assert not report.crashed
