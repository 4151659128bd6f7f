"""A workload gets all rights on the cluster.

Who takes over such a workload has the cluster: every secret, every other workload, and the identities that they use.
The sub-id tells how it gets them:

- `[cluster-admin]`: a binding to the role `cluster-admin`;
- `[wildcard]`: a cluster role that allows everything (`*`) on everything.

Write a role with the resources and verbs that are needed. Where an operator really needs all, say why, in a comment on
the line: `# packager: ignore cluster-rights -- reason`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.objects import inside


@rule(on="payload", severity=Severity.WARNING)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Look at bindings and roles of the whole cluster."""
    for binding in payload.of_kind("ClusterRoleBinding"):
        if inside(binding.part.value, "roleRef", "name") == "cluster-admin":
            message = f"{binding.title} gives all rights on the cluster; write a role with what is needed"
            yield Hit(binding.part.spot("roleRef", "name"), message, "cluster-admin")
    for role in payload.of_kind("ClusterRole"):
        for one in role.part.parts("rules"):
            if all("*" in _texts(one.value.get(key)) for key in ("apiGroups", "resources", "verbs")):
                message = f"{role.title} allows everything on everything; name resources and verbs"
                yield Hit(one.spot(), message, "wildcard")


def _texts(value: object) -> list[object]:
    return value if isinstance(value, list) else []
