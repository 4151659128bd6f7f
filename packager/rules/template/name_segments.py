"""A resource's name does not fit its type.

The name of a resource has one part for each part of its type behind the namespace: `Microsoft.Sql/servers/databases`
needs a name like `server/database`. Azure refuses the template otherwise.

Add or remove parts, or nest the resource below its parent with type and name of its own part only.
"""

from collections.abc import Iterator

from packager.arm.expansion import SEGMENTS
from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, SEGMENTS)
