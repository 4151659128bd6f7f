"""The size of a virtual machine is fixed in the template.

Certification wants the customer to choose the size: a size that is not offered in the chosen region, or for which the
subscription has no quota, makes the deployment fail, and no answer of the form can help.

Take the size from a parameter: `[parameters('vmSize')]`.

arm-ttk looks at everything called `vmSize` in the main template, and nowhere else: variables, outputs and what is
passed to nested deployments, too. It follows one variable of the main template, not a variable behind a variable, and
it repeats what it finds for every other template of the package.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from packager.arm.template import Template, member
from packager.checks.armttk.expand import ExpansionError, expanded
from packager.checks.armttk.patterns import (
    PARAMETER,
    VARIABLE,
    PatternInputError,
    pattern_texts,
)
from packager.checks.armttk.powershell import Pattern, equal, get, text_of
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.armttk.search import Found
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.lazy import lazy_pattern
from packager.source.span import Path
from packager.source.tree import ObjectNode

if TYPE_CHECKING:
    from packager.arm.flow import Sources

_DECLARED = lazy_pattern(r"^parameters|\.parameters\.", re.IGNORECASE)
_PASSED = lazy_pattern(r"resources\[\d+\]\.properties\.parameters", re.IGNORECASE)
_FROM_PARAMETER = lazy_pattern(r"\[.*?parameters\s*\(\s*'", re.IGNORECASE)


@arm_ttk_rule(
    "VM-Size-Should-Be-A-Parameter",
    on="template",
    needs=("object",),
    inner=False,
    severity=Severity.WARNING,
    false_alarm="it is not the size of a machine, or it depends on a parameter in a way that arm-ttk does not follow",
    mentions=("vmsize",),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Every `vmSize` of the main template, uncut, whatever file the test runs for."""
    main = run.turn.main
    if main is None:
        return
    for found in main.search.by_any_value("vmSize"):
        if _is_refused(found, main.value):
            yield Hit(main.spot_of(found), _message(found.value))


def _is_refused(found: Found, template: Any) -> bool:
    if _DECLARED.search(found.path):
        around = found.ancestors[0] if found.ancestors else None
        if equal(get(get(around, "expressionEvaluationOptions"), "scope"), "inner"):
            return not _holds(get(found.value, "value"), PARAMETER)
        if not _PASSED.search(found.path):
            return False
    if _holds(found.value, PARAMETER):
        return False
    if not _holds(found.value, VARIABLE):
        return True
    try:
        value = expanded(next(pattern_texts(found.value)), template)
    except ExpansionError:
        return True
    return not _FROM_PARAMETER.search(text_of(value))


def _holds(value: Any, pattern: Pattern) -> bool:
    """Whether a reference stands in a value; what a pattern cannot be applied to is an error, and so has none."""
    try:
        return any(pattern.search(text) for text in pattern_texts(value))
    except PatternInputError:
        return False


def _message(value: Any) -> str:
    inner = get(value, "value")
    shown = text_of(value if inner is None else inner)
    return f"the size '{shown}' is not a choice of the customer; take it from a parameter: [parameters('vmSize')]"


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Every `vmSize` of resources and variables, and what nested deployments are passed, all variables followed."""
    for node, key in template.tree.properties("vmSize"):
        path = node.path
        # A variable of that name is a size; what lies deeper in variables may be a table to choose from.
        is_variable = len(path) == 1 and _is_step(path, 0, "variables")
        if not is_variable and (not _is_step(path, 0, "resources") or _is_declaration(node)):
            continue
        value = node.value[key]
        passed = member(value, "value") if isinstance(value, dict) else value
        if isinstance(passed, str) and passed.strip() and not _is_chosen(template.flow.sources(passed)):
            yield Hit(template.spot((*path, key)), _message(passed))


def _is_chosen(size: "Sources") -> bool:
    """Whether the size may be a choice of the customer, or is only known when it is deployed."""
    looked_up = any(name in ("reference", "copyindex") or name.startswith("list") for name in size.functions)
    return bool(size.parameters) or size.open or looked_up


def _is_declaration(node: ObjectNode) -> bool:
    """Whether the object holds the parameters that a nested template declares."""
    around = node.parent
    return _is_step(node.steps, -1, "parameters") and around is not None and _is_step(around.steps, -1, "template")


def _is_step(path: Path, position: int, name: str) -> bool:
    return bool(path) and str(path[position]).lower() == name
