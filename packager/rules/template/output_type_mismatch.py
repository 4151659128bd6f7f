"""An output has another type than it declares.

Azure deploys everything, and then reports the deployment as failed because of the output.

Correct the `type`, or convert the value with `string()`, `int()`, `bool()` or `json()`.
"""

from collections.abc import Iterator

from packager.arm.expansion import OUTPUT_TYPE
from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, OUTPUT_TYPE)
