"""A role for an identity of the same deployment lacks `delegatedManagedIdentityResourceId`.

The publisher deploys a managed application from its own tenant into the customer's. A role for an identity that the
deployment makes can then be assigned only when the assignment names the identity's resource; without it Azure looks for
the principal in the wrong tenant. It is a warning where the package is known to be a managed application (its plan says
so, or it has a `viewDefinition.json`), else information.

Add the resource id of the identity:

    "delegatedManagedIdentityResourceId": "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id')]"

Azure refuses the property when publisher and customer are the same tenant, as in a test of one's own: choose it with a
parameter, `[if(parameters('crossTenant'), resourceId(...), null())]`.
"""

from collections.abc import Iterator

from packager.arm.roles import is_assignment, is_made_here
from packager.arm.template import Template
from packager.checks.deployed import deployed, inside, once, place
from packager.checks.finding import Severity
from packager.checks.package import VIEW, Package
from packager.checks.rule import Hit, rule

_NAME = "delegatedManagedIdentityResourceId"


@rule(on="template", severity=Severity.WARNING)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Report assignments to identities of the same deployment."""
    if package.kind != "solution-template":
        yield from once(_hits(template, package))


def _hits(template: Template, package: Package) -> Iterator[Hit]:
    certain = package.kind == "managed-application" or package.bundle.lookup_any_case(VIEW) in package.bundle.entries
    for one in filter(is_assignment, deployed(template, package)):
        if is_made_here(inside(one.properties, "principalId")) and inside(one.properties, _NAME) is None:
            message = f"the assignment to an identity of this deployment has no '{_NAME}'"
            advice = "a managed application needs it when publisher and customer are in different tenants"
            yield Hit(place(one, "properties"), f"{message}; {advice}", severity=None if certain else Severity.INFO)
