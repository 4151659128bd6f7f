"""A secret comes from a key vault in a fixed subscription.

The vault is the publisher's. A managed application can read it when the publisher has access to the managed resource
group and the vault is enabled for template deployment; a solution template is deployed by the customer, who can not.

Let the deployment make its secrets (`newGuid()` as a default, a Key Vault of its own), or ask the customer for them.
"""

from collections.abc import Iterator, Mapping

from packager.arm.follow import followed
from packager.arm.template import DEPLOYMENT_TYPE, Resource, Template, reached
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule

_STEPS = ("reference", "keyVault", "id")


@rule(on="template", severity=Severity.INFO)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Look at the parameters of nested and linked deployments; an id that is computed is not the publisher's."""
    for part in template.scope():
        for resource in part.resources:
            if resource.type.lower() == DEPLOYMENT_TYPE:
                yield from _hits(resource, part, package)


def _hits(resource: Resource, template: Template, package: Package) -> Iterator[Hit]:
    who = "a solution template cannot read it"
    if package.kind != "solution-template":
        who = "only a managed application to which the publisher has access can read it"
    path, given = reached(resource.value, "properties", "parameters")
    for name, value in given.items() if isinstance(given, Mapping) else ():
        steps, id_ = reached(value, *_STEPS)
        id_ = followed(id_, template)
        if isinstance(id_, str) and id_.lower().startswith("/subscriptions/"):
            yield Hit(template.spot((*resource.path, *path, name, *steps)), f"the key vault is a fixed one; {who}")
