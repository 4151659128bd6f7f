"""An object has an API version that Kubernetes no longer serves.

Such an object is refused: with Helm, that ends the whole installation. Judged by the version of Kubernetes that
`--kubernetes-version` or the plan's variable `kubernetesVersion` names, else by 1.34; what a later version no longer
serves is a warning.

Write the API version that the message names. Fields can have other names there: the Deprecated API Migration Guide of
Kubernetes tells.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.data.kubernetes import removal


@rule(on="payload", severity=Severity.ERROR)
def check(payload: Payload, package: Package) -> Iterator[Hit]:
    """Look up kind and API version of every object."""
    for one in payload.objects:
        found = removal(one.api_version, one.kind)
        if found is None:
            continue
        late = found.version > package.kubernetes
        said = f"will be gone in Kubernetes {found.version}" if late else f"is gone since Kubernetes {found.version}"
        instead = f"; write {found.instead}" if found.instead else "; nothing replaces it"
        message = f"{one.api_version} of {one.title} {said}{instead}"
        yield Hit(one.part.spot("apiVersion"), message, severity=Severity.WARNING if late else None)
