"""A template has no `$schema`, or one that Azure does not know.

Without the schema neither Azure nor arm-ttk can tell what kind of deployment the file is. The schema of 2015-01-01
still works and is deprecated.

Write `https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#`, or the one of the scope that
the template is deployed to.
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule

SCHEMAS = "https://schema.management.azure.com/schemas/"
KNOWN = tuple(
    SCHEMAS + name
    for name in (
        "2019-04-01/deploymentTemplate.json#",
        "2018-05-01/subscriptionDeploymentTemplate.json#",
        "2019-08-01/tenantDeploymentTemplate.json#",
        "2019-08-01/managementGroupDeploymentTemplate.json#",
    )
)
DEPRECATED = SCHEMAS + "2015-01-01/deploymentTemplate.json#"


@rule(on="template", severity=Severity.ERROR, profiles=EVERY_PROFILE, arm_ttk="DeploymentTemplate-Schema-Is-Correct")
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Compare the schema with the five that are known, ignoring case."""
    schema = template.value.get("$schema")
    if not isinstance(schema, str) or not schema:
        yield Hit(template.spot(), f"the template has no '$schema'; add '{KNOWN[0]}'", sub="missing")
    elif schema.lower() == DEPRECATED.lower():
        message = f"'$schema' is the deprecated one of 2015-01-01; use '{KNOWN[0]}'"
        yield Hit(template.spot(("$schema",)), message, sub="deprecated", severity=Severity.WARNING)
    elif schema.lower() not in (known.lower() for known in KNOWN):
        yield Hit(template.spot(("$schema",)), f"'$schema' is none that Azure knows; use '{KNOWN[0]}'", sub="unknown")
