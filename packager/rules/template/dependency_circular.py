"""Resources wait for each other.

Azure refuses a template whose resources depend on each other in a circle. `reference()` and `list*()` of a resource
by its name are dependencies too.

Remove one of the dependencies, or move what one resource needs of the other into a nested deployment.
"""

from collections.abc import Iterator

from packager.arm.expansion import CIRCULAR_DEPENDENCY
from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, CIRCULAR_DEPENDENCY)
