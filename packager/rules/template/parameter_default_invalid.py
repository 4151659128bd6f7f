"""A parameter's default value does not fit its declaration.

It has another type than the parameter, is none of the `allowedValues`, or breaks a bound of value or length. Azure
refuses the deployment whenever the default is used, and the portal shows it as a preset that cannot be kept.

Correct the default or the declaration; a parameter that must be given has no default at all.
"""

from collections.abc import Iterator

from packager.arm.expansion import PARAMETER_VALUE
from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, PARAMETER_VALUE)
