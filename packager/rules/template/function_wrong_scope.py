"""A function has no meaning at the level of the deployment.

`resourceGroup()` works in deployments to a resource group, `subscription()` in those to a subscription too,
`managementGroup()` in those to a management group. The `$schema` of the template says where it goes.

Correct the `$schema`, or use another function.
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.errors import NOT_AT_THIS_SCOPE


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, NOT_AT_THIS_SCOPE)
