"""A copy loop stands where Azure knows none.

A resource inside another one cannot be copied, and a nested template of outer scope has no loops of resources.

Move the resource to the top level of the template and write its type and name in full, or set
`expressionEvaluationOptions.scope` of the nested deployment to `inner`.
"""

from collections.abc import Iterator

from packager.arm.expansion import MISPLACED_LOOP
from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, MISPLACED_LOOP)
