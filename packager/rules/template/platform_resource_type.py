"""A resource has a type that the platform does not have.

Azure Stack Hub (`--profile azure-stack-hub`) has few of Azure's resource types, and a deployment ends at the first one
that it lacks. What runs on Azure Local (`--profile azure-local`) are Kubernetes clusters and virtual machines of types
of its own; some services may stay in the cloud beside it.

The message says what to use instead. A resource whose condition is undecided is a warning (`[conditional]`): a template
for several platforms may leave it out on this one. So is a type that is in no list (`[unlisted]`): nothing is known of
it on this platform. `packager rules --data` shows where the lists come from.
"""

from collections.abc import Iterator

from packager.arm.expansion import ExpandedResource
from packager.arm.template import Template
from packager.arm.typenames import is_known, provided_type
from packager.checks.deployed import deployed, once, place
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import PLATFORMS, Hit, rule
from packager.data.platforms import Platform


@rule(on="template", severity=Severity.ERROR, profiles=PLATFORMS)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Look up the full type of every resource that would be deployed."""
    platform = package.platform
    if platform is None:
        return
    hits = [hit for one in deployed(template, package) for hit in _judged(one, platform, package)]
    # A loop, or a file that is linked twice, may deploy the same resource under conditions and without.
    errors = {hit.spot for hit in hits if hit.sub is None}
    yield from once(hit for hit in hits if hit.sub is None or hit.spot not in errors)


def _judged(one: ExpandedResource, platform: Platform, package: Package) -> Iterator[Hit]:
    # A template with an `apiProfile` leaves the versions of its resources out.
    name = provided_type(one) or provided_type(one._replace(api_version=""))
    # Of a type that Azure does not know at all another rule tells.
    if name is None or not is_known(name, package.api_versions):
        return
    absence = _absence(name, platform)
    if absence is not None and package.deployed.is_certain(one):
        yield Hit(place(one, "type"), absence)
    elif absence is not None:
        message = f"{absence}; whether it is deployed is not decided yet"
        yield Hit(place(one, "type"), message, "conditional", severity=Severity.WARNING)
    elif platform.served(name) is None and not platform.is_beside(name):
        message = f"{name} is not among the types that {platform.title} is known to have; try it there first"
        yield Hit(place(one, "type"), message, "unlisted", severity=Severity.WARNING)


def _absence(name: str, platform: Platform) -> str | None:
    """What to say of a type that is known not to be there."""
    instead, namespace = platform.instead(name), name.partition("/")[0]
    if instead is not None:
        return f"{platform.title} has no {name}; {instead}"
    if platform.is_closed and not platform.has_some_of(namespace):
        return f"{platform.title} has no {name}, nor anything else of {namespace}; deploy it elsewhere or do without it"
    return None
