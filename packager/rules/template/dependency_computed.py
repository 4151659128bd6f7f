"""A dependency is chosen by if() or put together by concat().

Certification wants an entry of `dependsOn` to be the id or the name of a resource. `if()` is not needed, because a
dependency on a resource whose condition is false is dropped by itself; `concat()` easily misses the id by a slash.

Write `[resourceId('Microsoft.Storage/storageAccounts', variables('accountName'))]`, or the plain name of the resource.

Beside an entry with `copyIndex()` arm-ttk accepts every concat() of the list.
"""

import re
from collections.abc import Iterator
from typing import Any

from packager.arm.template import Template, key_of, member
from packager.checks.armttk.failures import failure, without_resources
from packager.checks.armttk.patterns import calls
from packager.checks.armttk.powershell import text_of
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.armttk.search import Found
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.lazy import lazy_pattern
from packager.source.spot import Spot

_IF = lazy_pattern(r"\s*\[\s*if\s*\(", re.IGNORECASE)
_CONCAT = lazy_pattern(r"\s*\[\s*concat\s*\(", re.IGNORECASE)
_MESSAGES = {
    "conditional": "the dependency is chosen by if(); name the resource, one that is left out is dropped",
    "concat": "the dependency is put together by concat(); write resourceId(...) or the name of the resource",
}


@arm_ttk_rule(
    "DependsOn-Best-Practices",
    on="template",
    needs=("object",),
    severity=Severity.WARNING,
    false_alarm="it is no dependency of a resource of this template",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Judge each list of dependencies as a whole, and report the entries that give cause."""
    yield from without_resources(run)
    for found in run.template.resource_search.by_any_value("dependsOn"):
        entries = found.value if isinstance(found.value, list) else [found.value]
        for position, entry in enumerate(entries):
            if _IF.match(text_of(entry)):
                yield _hit(_spot(run, found, position), "conditional")
        joined = [position for position, entry in enumerate(entries) if _CONCAT.match(text_of(entry))]
        if not joined:
            continue
        yield from _empty_entries(run, found, entries)
        if not any(_calls_copy_index(entry) for entry in entries):
            for position in joined:
                yield _hit(_spot(run, found, position), "concat")


def _calls_copy_index(entry: Any) -> bool:
    return next(calls(text_of(entry), "copyIndex"), None) is not None


def _empty_entries(run: ArmTtkRun, found: Found, entries: list[Any]) -> Iterator[Hit]:
    for position, entry in enumerate(entries):
        if entry in (None, ""):
            message = "the dependency is empty, and arm-ttk's test fails for that beside one with concat()"
            yield failure(_spot(run, found, position), message, "remove the entry; Azure does not take it either")


def _spot(run: ArmTtkRun, found: Found, position: int) -> Spot:
    path = found.true_path
    return Spot(run.template.document, (*path, position) if isinstance(found.value, list) else path)


def _hit(spot: Spot, sub: str) -> Hit:
    return Hit(spot, _MESSAGES[sub], sub)


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Judge each entry by itself."""
    for part in template.scope():
        for resource in part.resources:
            entries = member(resource.value, "dependsOn")
            for position, entry in enumerate(entries if isinstance(entries, list) else ()):
                sub = _problem(entry)
                if sub:
                    yield _hit(part.spot((*resource.path, key_of(resource.value, "dependsOn"), position)), sub)


def _problem(entry: object) -> str | None:
    from packager.arm.follow import parsed  # profile arm-ttk does without it
    from packager.expressions.nodes import calls as calls_in  # as above
    from packager.expressions.nodes import is_call  # as above

    tree = parsed(entry) if isinstance(entry, str) else None
    if tree is None:
        return None
    if is_call(tree, "if"):
        return "conditional"
    return "concat" if is_call(tree, "concat") and not any(calls_in(tree, "copyIndex")) else None
