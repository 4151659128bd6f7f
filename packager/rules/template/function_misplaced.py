"""A function stands where Azure does not allow it.

`reference()` and `list*()` are answered during the deployment, so they work in properties of resources and in
outputs, but not in variables, default values, names, types, conditions or counts of loops. `newGuid()` and `utcNow()`
work in default values of parameters only, and default values cannot use variables.

Move the call, or pass its result through a parameter of a nested deployment.
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.errors import NOT_ALLOWED_HERE


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, NOT_ALLOWED_HERE)
