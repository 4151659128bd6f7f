"""A resource is deployed at a scope that its type does not support.

A resource group belongs to a subscription, most resources to a resource group; a policy definition can be deployed to a
subscription but not to a resource group. `read-only` marks types that can be read with `existing` or `reference()` and
not deployed at all. What only the schema of the main template says is a warning: the portal deploys offers to a
resource group.

Put the resource into a nested deployment with `subscriptionId`, `resourceGroup` or `scope`, or use the template schema
of the scope that is meant.
"""

from collections.abc import Iterator

from packager.arm.bodies.problem import SCOPE
from packager.arm.template import Template
from packager.checks.bodies import body_hits
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What judging the resources meets of this kind."""
    yield from body_hits(template, package, SCOPE)
