"""Two objects of one file, or of one release, have the same kind, name and namespace.

`kubectl apply` silently keeps the last of them, and Helm ends with "already exists": in either case one of the two is
not what somebody meant.

Give them different names, or leave one out.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.hooks import hook_of
from packager.helm.objects import KubernetesObject


@rule(on="payload", severity=Severity.WARNING)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Compare the objects of every file, and of a release all of them."""
    groups = [payload.objects] if payload.rendered else [one.objects for one in payload.manifests]
    for objects in groups:
        seen: dict[tuple[str, str, str, str], KubernetesObject] = {}
        for one in objects:
            if hook_of(one) is not None:
                continue  # hooks of different events may take turns under one name
            first = seen.setdefault((one.group, one.kind, one.namespace or "", one.name), one) if one.name else one
            if first is not one:
                line = first.part.spot().place().line
                message = f"{one.title} is there twice, the first time at line {line}; rename one, or leave it out"
                severity = Severity.ERROR if payload.rendered else None
                related = (first.part.spot("metadata", "name"),)
                yield Hit(one.part.spot("metadata", "name"), message, severity=severity, related=related)
