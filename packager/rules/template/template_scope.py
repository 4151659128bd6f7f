"""The main template is not one for a resource group.

The portal deploys an offer's main template to the resource group that the customer chooses, or to the managed one. That
it refuses a template for a subscription or another scope is likely and not documented, so this is a warning.

Use `https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#`, and a nested deployment with
`subscriptionId` and `location` for what has to be made at another scope.
"""

from collections.abc import Iterator

from packager.arm.targets import level_of
from packager.arm.template import Template, member
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule

_SCOPES = {"subscription": "a subscription", "managementGroup": "a management group", "tenant": "a tenant"}


@rule(on="template", severity=Severity.WARNING)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Look at the schema of the main template."""
    scope = _SCOPES.get(level_of(member(template.value, "$schema")) or "") if template is package.main else None
    if scope is not None:
        message = f"the main template is one for {scope}; the portal deploys offers to a resource group"
        yield Hit(template.spot(template.section_path("$schema")), message)
