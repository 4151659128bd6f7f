"""A nested or linked deployment cannot be deployed as it is written.

Its mode must be `Incremental`, every parameter of its template that has no default needs a value, values must be what
the template declares, and where it goes to a subscription, a management group or a tenant it needs a `location`. The
`$schema` of its template is to be the one for the place that it is deployed to; as Azure does not always look at that,
it is a warning.

Correct the deployment resource, or the template.
"""

from collections.abc import Iterator

from packager.arm.expansion import NESTED, UNDECLARED
from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, NESTED)
    for hit in troubles(template, package, UNDECLARED):
        if len(hit.spot.path) == 1:  # in a file of its own; those in this file are told by parameter-type-mismatch
            yield hit
