"""A resource is pinned to a region.

The customer chooses the region in the portal; a literal location deploys somewhere else, or fails where the
customer's policy or the service does not allow it.

Write `[parameters('location')]`, or `global` for a resource without a region.
"""

from collections.abc import Iterator

from packager.arm.template import Template, key_of, member
from packager.checks.finding import Basis, Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule


@rule(on="template", severity=Severity.ERROR, profiles=EVERY_PROFILE, arm_ttk="Resources-Should-Have-Location")
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Look at every resource; arm-ttk looks at the top-level list only."""
    for resource in template.resources:
        location = member(resource.value, "location")
        if not isinstance(location, str) or not location.strip():
            continue
        text = location.strip()
        if text.lower() == "global" or (text.startswith("[") and text.endswith("]")):
            continue
        seen = len(resource.path) == 2 and isinstance(resource.path[1], int)
        spot = template.spot((*resource.path, key_of(resource.value, "location")))
        message = f"location '{location}' is literal; use an expression such as [parameters('location')], or 'global'"
        yield Hit(spot, message, basis=Basis.BOTH if seen else Basis.PACKAGER)
