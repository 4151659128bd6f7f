"""A resource sets a property that Azure sets itself.

What the template says is ignored: harmless, but whoever reads the template believes that it does something. Most such
properties come from a resource that was exported (`provisioningState`, `etag`, `resourceGuid`).

Remove the property.
"""

from collections.abc import Iterator

from packager.arm.bodies.problem import PROPERTY_READ_ONLY
from packager.arm.template import Template
from packager.checks.bodies import body_hits
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.INFO)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What judging the resources meets of this kind."""
    yield from body_hits(template, package, PROPERTY_READ_ONLY)
