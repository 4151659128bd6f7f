"""A function does not exist.

Azure refuses the template before anything is deployed.

Correct the name; `packager evaluate --functions` lists those that exist. Functions of the template's own stand in its
`functions` section and are called with their namespace.
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.errors import UNDEFINED_USER_FUNCTION, UNKNOWN_FUNCTION


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, UNKNOWN_FUNCTION, UNDEFINED_USER_FUNCTION)
