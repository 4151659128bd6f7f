"""The location of a resource is literal text.

The customer chooses the region in the portal; a literal location deploys somewhere else, or fails where the
customer's policy or the service does not allow it.

Write `[parameters('location')]`, or `global` for a resource without a region.

arm-ttk looks at the template's own list of resources only; `location-hardcoded` finds literal locations everywhere.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.armttk.powershell import get, spelling, text_of, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.lazy import lazy_pattern
from packager.source.span import Path
from packager.source.spot import Spot

_BRACKETED = lazy_pattern(r"\[[^\n]*\]")


@arm_ttk_rule("Resources-Should-Have-Location", on="template", needs=("object",))
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Look at the resources of the list, and at what a member `parentResources` of them holds."""
    template = run.template
    resources, path = get(template.value, "resources"), (*template.base, *template.section_path("resources"))
    entries = enumerate(resources) if isinstance(resources, list) else [(None, resources)]
    for position, resource in entries:
        own = path if position is None else (*path, position)
        for place, one in _with_parents(resource, own):
            location = get(one, "location")
            text = text_of(location).strip()
            if truthy(location) and not _BRACKETED.fullmatch(text) and text.lower() != "global":
                message = (
                    f"location '{text}' is literal; use an expression such as [parameters('location')], or 'global'"
                )
                yield Hit(Spot(template.document, place), message)


def _with_parents(resource: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(resource, dict):
        yield (*path, spelling(resource, "location")), resource
        parents = get(resource, "parentResources")
        for one in parents if isinstance(parents, list) else [parents]:
            yield (*path, spelling(resource, "parentResources")), one
