"""A view shows custom resources of a type that no custom provider of the package has.

The page of the view stays empty.

Declare the type in `mainTemplate.json`, in a `Microsoft.CustomProviders/resourceProviders` resource called `public`,
under `properties.resourceTypes`, or correct `resourceType`: it is the short name that stands there, such as `users`.
The `targetResourceType` of an association is a type of Azure; one that Azure does not know is reported as well
(`[target]`, a warning).
"""

from collections.abc import Iterator

from packager.arm.typenames import is_known, nearest_type
from packager.checks.custom import provided
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.document import Document
from packager.source.nearest import suggester
from packager.source.spot import Spot
from packager.ui.views import Part, parts


@rule(on="view", severity=Severity.ERROR)
def check(document: Document, package: Package) -> Iterator[Hit]:
    """Compare the types of custom resources with those of the package, ignoring case."""
    every = list(parts(document.value))
    for part in (one for one in every if one.name == "Associations"):
        yield from _target(document, part, package)
    custom = [one for one in every if one.name == "CustomResources"]
    known = provided(package) if custom else None
    if known is None or known.open:
        return
    names, suggestion = {name.lower() for name in known.types}, suggester(known.types)
    for part in custom:
        name = part.value.get("resourceType")
        if isinstance(name, str) and name.lower() not in names:
            message = f"no custom provider of the package has the resource type '{name}'"
            spot = Spot(document, (*part.path, "resourceType"))
            yield Hit(spot, f"{message}{suggestion(name)}")


def _target(document: Document, part: Part, package: Package) -> Iterator[Hit]:
    name = part.value.get("targetResourceType")
    if isinstance(name, str) and not is_known(name, package.api_versions):
        suggested = nearest_type(name)
        advice = f"; did you mean '{suggested}'?" if suggested else ""
        spot = Spot(document, (*part.path, "targetResourceType"))
        yield Hit(spot, f"Azure has no resource type '{name}'{advice}", "target", severity=Severity.WARNING)
