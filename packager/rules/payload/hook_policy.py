"""A hook of Helm has an event or a policy that Helm does not know, or is never removed.

The sub-id tells what it is:

- `[unknown]`: Helm takes an object whose `helm.sh/hook` it does not know for no hook at all, and leaves it out
  (`crd-install` of Helm 2 is one of these); a delete policy or a weight that it does not know has no effect;
- `[delete-policy]`: hooks are no part of the release. Without `helm.sh/hook-delete-policy` a job stays in the cluster,
  also when the release is uninstalled, until the next run of the same hook replaces it.

    annotations:
      helm.sh/hook: pre-install,pre-upgrade
      helm.sh/hook-weight: "5"
      helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.hooks import DELETE_POLICIES, DELETE_POLICY, HOOK, HOOKS, WEIGHT, Hook, hooks
from packager.source.lazy import lazy_pattern
from packager.source.nearest import did_you_mean

_WEIGHT = lazy_pattern(r"[+-]?[0-9]{1,9}")


@rule(on="payload", severity=Severity.WARNING)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Look at every object with the annotation of hooks."""
    for hook in hooks(payload.objects):
        yield from _unknown(hook)
        if hook.one.kind in {"Job", "Pod"} and not hook.is_test and DELETE_POLICY not in hook.one.annotations:
            message = f"hook {hook.one.title} stays when the release is uninstalled; annotate it with '{DELETE_POLICY}'"
            yield Hit(hook.one.part.spot("metadata", "annotations", HOOK), message, "delete-policy")


def _unknown(hook: Hook) -> Iterator[Hit]:
    title = hook.one.title
    for key, names, known in ((HOOK, hook.events, HOOKS), (DELETE_POLICY, hook.delete_policies, DELETE_POLICIES)):
        for name in names:
            if name not in known:
                message = f"'{name}' of {title} is no '{key}' that Helm knows{did_you_mean(name, known)}"
                yield Hit(hook.one.part.spot("metadata", "annotations", key), message, "unknown")
    weight = hook.one.annotations.get(WEIGHT)
    if weight is not None and not (isinstance(weight, str) and _WEIGHT.fullmatch(weight)):
        message = f"'{WEIGHT}' of {title} must be an integer in quotes; Helm takes what it cannot read for 0"
        yield Hit(hook.one.part.spot("metadata", "annotations", WEIGHT), message, "unknown")
