"""A chart shows a metric of a resource type that the package does not deploy.

The chart stays empty: the portal looks for resources of the type in the managed resource group. A type that Azure does
not know at all is told as `unknown`.

Correct the `resourceType`, or remove the metric. A type below one that is deployed
(`Microsoft.Storage/storageAccounts/blobServices`) is there by itself and counts as deployed.
"""

from collections.abc import Iterable, Iterator

from packager.arm.typenames import is_known, nearest_type
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.document import Document
from packager.source.nearest import suggester
from packager.source.spot import Spot
from packager.ui.views import parts


@rule(on="view", severity=Severity.WARNING)
def check(document: Document, package: Package) -> Iterator[Hit]:
    """Compare the types of metrics with those of everything that would be deployed, ignoring case."""
    metrics = [part for part in parts(document.value) if part.name == "metric"]
    types = _deployed_types(package) if metrics else None
    suggestion = suggester(types.values() if types is not None else ())
    for part in metrics:
        name, spot = part.value.get("resourceType"), Spot(document, (*part.path, "resourceType"))
        if not isinstance(name, str) or (types is not None and _is_below(name.lower(), types)):
            continue
        if "/" in name and not is_known(name, package.api_versions):
            near = nearest_type(name)
            advice = f"; did you mean '{near}'?" if near else ""
            yield Hit(spot, f"Azure has no resource type '{name}'{advice}", "unknown")
        elif types is not None:
            yield Hit(spot, f"the package deploys no '{name}'{suggestion(name)}")


def _deployed_types(package: Package) -> dict[str, str] | None:
    """The types that the package has resources of, whatever their conditions; None where not all are known."""
    if package.main is None or not package.deployed.is_whole:
        return None
    written = (one.full_type for template in package.templates for part in template.every() for one in part.resources)
    types = [*(str(one.type) for one in package.deployed.every), *written]
    return {name.lower(): name for name in types}


def _is_below(name: str, types: Iterable[str]) -> bool:
    return any(name == one or name.startswith(f"{one}/") for one in types)
