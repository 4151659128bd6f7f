"""A resource is defined twice.

Two resources of the template have the same id, compared without regard to case, and no condition tells them apart.
Azure refuses the template.

Give each one a name of its own; the name in a loop contains `copyIndex()`.
"""

from collections.abc import Iterator

from packager.arm.expansion import DUPLICATE_RESOURCE
from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, DUPLICATE_RESOURCE)
