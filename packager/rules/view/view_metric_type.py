"""A chart shows a metric of a resource type that the package does not deploy.

The chart stays empty: the portal looks for resources of the type in the managed resource group.

Correct the `resourceType`, or remove the metric. A type below one that is deployed
(`Microsoft.Storage/storageAccounts/blobServices`) is there by itself and counts as deployed.
"""

from collections.abc import Iterable, Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.document import Document
from packager.source.nearest import did_you_mean
from packager.source.spot import Spot
from packager.ui.views import parts


@rule(on="view", severity=Severity.WARNING)
def check(document: Document, package: Package) -> Iterator[Hit]:
    """Compare the types of metrics with those of everything that would be deployed, ignoring case."""
    metrics = [part for part in parts(document.value) if part.name == "metric"]
    types = _deployed_types(package) if metrics else None
    if types is None:
        return
    for part in metrics:
        name = part.value.get("resourceType")
        if isinstance(name, str) and not _is_below(name.lower(), types):
            message = f"the package deploys no '{name}'{did_you_mean(name, types.values())}"
            yield Hit(Spot(document, (*part.path, "resourceType")), message)


def _deployed_types(package: Package) -> dict[str, str] | None:
    """The types that the package has resources of, whatever their conditions; None where not all are known."""
    if package.main is None or not package.deployed.is_whole:
        return None
    written = (one.full_type for template in package.templates for part in template.every() for one in part.resources)
    types = [*(str(one.type) for one in package.deployed.every), *written]
    return {name.lower(): name for name in types}


def _is_below(name: str, types: Iterable[str]) -> bool:
    return any(name == one or name.startswith(f"{one}/") for one in types)
