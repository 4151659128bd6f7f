"""Templates link to each other without end.

A deployment links to a file whose deployments lead back to it, so that Azure would deploy for ever; it stops with an
error. Expanding ends after 24 levels.

Break the circle: one of the files must not link to the others.
"""

from collections.abc import Iterator

from packager.arm.expansion import LINK
from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, LINK)
