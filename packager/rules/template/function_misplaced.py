"""A function stands where Azure does not allow it.

`reference()` and `list*()` are answered during the deployment, so they work in properties of resources and in
outputs, but not in variables, default values, user-defined functions, counts of loops, lambdas, `dependsOn`, and not in
what a resource is called, where it goes and whether. In a nested template of outer scope they are answered before its
resources are deployed, so they cannot ask for one of these. `references()` does not work in a loop of resources.
`newGuid()` and `utcNow()` work in default values of parameters only, and default values cannot use variables.

Move the call, or pass its result through a parameter of a nested deployment of inner scope.
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
