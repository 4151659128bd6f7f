"""A resource lacks a property that its type requires.

Azure refuses such a resource when it is deployed, after others have been made. Now and then a published type requires
what the service can do without, so this is a warning: [how far to believe the facts](../explanation/resource-facts.md).

Add the property. An object with an `id` refers to a resource that exists, and lacks nothing.
"""

from collections.abc import Iterator

from packager.arm.bodies.problem import PROPERTY_MISSING
from packager.arm.template import Template
from packager.checks.bodies import body_hits
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.WARNING)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What judging the resources meets of this kind."""
    yield from body_hits(template, package, PROPERTY_MISSING)
