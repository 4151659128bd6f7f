"""`dependsOn` names a resource that the template does not have.

Azure refuses the template: it can wait only for what the same template deploys.

Correct the name or id, or remove the entry: what exists already needs no waiting.
"""

from collections.abc import Iterator

from packager.arm.expansion import UNDEFINED_DEPENDENCY
from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, UNDEFINED_DEPENDENCY)
