"""A property has an empty value.

In a template an empty value means something: `null`, `""`, `{}` and `[]` are sent to Azure, which takes them for a
setting of their own, or refuses them. Certification asks for templates that leave out what they do not set.

Remove the property, or give it a value; `json('null')` in an expression leaves it out on a condition.

arm-ttk searches the raw text. It reports texts that contain `:[]` or `: null`, tags and data of the user's own, and is
silent about every name that also stands beside `properties`, `value` or another word of its list, such as `location`.
"""

import re
from collections.abc import Iterator
from typing import Any

from packager.arm.template import Template
from packager.checks.armttk.blanks import blanks, exempt_ranges, silenced_names
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.edits import RemoveMember
from packager.source.lazy import lazy_pattern
from packager.source.tree import ObjectNode

MAY_BE_EMPTY = (
    "resources",
    "outputs",
    "variables",
    "parameters",
    "functions",
    "properties",
    "template",
    "defaultValue",
    "accessPolicies",
    "value",
    "promotionCode",
    "inputs",
    "notEquals",
    "clientId",
    "allowedCallerIpAddresses",
    "workerPools",
    "AzureMonitor",
    "requiredDataConnectors",
    "UserTokenPrepend",
)
_MAY_BE_EMPTY = frozenset(name.lower() for name in MAY_BE_EMPTY)
# Nothing there is a setting of a resource: it is data that the template's author or its user makes up.
_OWN_DATA = frozenset(
    {"tags", "metadata", "policyrule", "variables", "parameters", "outputs", "functions", "appsettings"}
)
# An empty list says the same as none.
_HARMLESS = frozenset({"dependson", "zones", "copy"})
_OWN_DATA_TYPES = lazy_pattern(
    r"microsoft\.portal/dashboards|microsoft\.insights/workbooks|microsoft\.web/sites(?:/slots)?/config"
    r"|microsoft\.logic/workflows|microsoft\.authorization/policydefinitions",
    re.IGNORECASE,
)


@arm_ttk_rule(
    "Template-Should-Not-Contain-Blanks",
    on="template",
    needs=("object", "text"),
    severity=Severity.WARNING,
    fixable=True,
    false_alarm="it is text, or data that Azure does not take for a setting; give it a value, or write it otherwise",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Blanks in the text, but for exempt places and names."""
    names = run.settings.texts("PropertiesThatCanBeEmpty", MAY_BE_EMPTY)
    allowed = frozenset(name.lower() for name in names)
    silenced: frozenset[str] | None = None
    ranges = exempt_ranges(run.template, run.text)
    for blank in blanks(run.text.value):
        name = blank.name.lower()
        if any(start <= blank.start <= end for start, end in ranges) or _is_allowed(name, allowed):
            continue
        if silenced is None:
            silenced = silenced_names(run.template.search, names)
        if name not in silenced:
            yield Hit(run.text.spot(blank.value_start, blank.end), _message(blank.name))


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Empty settings of resources, whatever stands beside them."""
    out: set[int] = set()
    for node in template.tree.objects:
        if _is_own_data(node, out):
            out.add(id(node))
            continue
        for key, value in node.value.items() if node.parent is not None else ():
            name = key.lower()
            if _is_blank(value) and not (_is_allowed(name, _MAY_BE_EMPTY) or name in _OWN_DATA or name in _HARMLESS):
                spot = template.spot((*node.path, key))
                yield Hit(spot, _message(key), edits=(RemoveMember(spot.path),))


def _is_own_data(node: ObjectNode, out: set[int]) -> bool:
    if node.parent is None:
        return False
    if id(node.parent) in out or str(node.steps[0]).lower() in _OWN_DATA:
        return True
    type_ = node.value.get("type")
    return isinstance(type_, str) and _OWN_DATA_TYPES.fullmatch(type_) is not None


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ({}, [])


def _is_allowed(name: str, allowed: frozenset[str]) -> bool:
    return name in allowed or "[" in name or "/subscriptions/" in name


def _message(name: str) -> str:
    return f"'{name}' has an empty value; give it one or leave it out"
