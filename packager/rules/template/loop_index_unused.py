"""A copy loop makes the same thing again and again.

A loop of resources whose names do not depend on `copyIndex()` gives every resource the same name, and Azure refuses the
template as soon as the loop runs twice. A loop of a property, a variable or an output whose input does not depend on
the index makes equal items; that is allowed, and rarely meant.

Use `copyIndex()` in the name or in the input, or remove the loop.
"""

from collections.abc import Iterator
from typing import Any

from packager.arm.expansion import DUPLICATE_RESOURCE
from packager.arm.template import Template, key_of, member
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.span import Path

# Where resources of one name differ all the same.
_PLACES = ("name", "scope", "resourceGroup", "subscriptionId")


@rule(on="template", severity=Severity.WARNING)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Loops of resources, and lists of loops in objects, by what the expressions in them depend on."""
    root = template
    while root.parent is not None:
        root = root.parent
    twice = {hit.spot.path[:-1] for hit in troubles(root, package, DUPLICATE_RESOURCE)}
    for resource in template.resources:
        path = template.path + resource.path
        loop = member(resource.value, "copy")
        if isinstance(loop, dict) and resource.parent is None and path not in twice and _repeats(loop):
            written = [member(resource.value, place) for place in _PLACES]
            if not _uses_index(written, template):
                message = f"every resource of the loop '{_name(loop)}' has the same name; use copyIndex() in it"
                key = key_of(resource.value, "name")
                yield Hit(template.spot((*resource.path, key)), message)
    yield from _loops_of_values(template)


def _loops_of_values(template: Template) -> Iterator[Hit]:
    for node, key in template.tree.properties("copy"):
        loops = node.value[key]
        for index, loop in enumerate(loops if isinstance(loops, list) else ()):
            if isinstance(loop, dict) and _repeats(loop) and not _uses_index(member(loop, "input"), template):
                message = (
                    f"every item of the loop '{_name(loop)}' is the same; use copyIndex('{_name(loop)}') in its input"
                )
                path: Path = (*node.path, key, index, key_of(loop, "input"))
                yield Hit(template.spot(path, key=True), message, "item", severity=Severity.INFO)


def _repeats(loop: dict[str, Any]) -> bool:
    """Whether a loop may run more than once."""
    return member(loop, "count") not in (0, 1)


def _uses_index(value: Any, template: Template) -> bool:
    """Whether a value depends on an index, or may."""
    sources = template.flow.sources(value)
    return sources.open or "copyindex" in sources.functions or "newguid" in sources.functions


def _name(loop: dict[str, Any]) -> str:
    return str(member(loop, "name"))[:80]
