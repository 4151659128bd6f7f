"""A value needs itself.

Variables, default values of parameters or functions of the template refer to each other in a circle, so Azure can
evaluate none of them and refuses the template.

Break the circle: one of them must not use the others.
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.errors import CIRCULAR


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, CIRCULAR)
