"""Helm's hooks and the places that Helm gives to what it renders.

From Helm's documentation (helm.sh/docs/topics/charts_hooks) and, for `crd-install` and `test-success`, its migration
guide from version 2.
"""

import bisect
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from packager.helm.objects import KubernetesObject
from packager.source.document import Document
from packager.source.lazy import lazy_pattern

HOOK = "helm.sh/hook"
WEIGHT = "helm.sh/hook-weight"
DELETE_POLICY = "helm.sh/hook-delete-policy"
HOOKS = frozenset(
    {
        *("pre-install", "post-install", "pre-delete", "post-delete", "pre-upgrade", "post-upgrade"),
        *("pre-rollback", "post-rollback", "test", "test-success"),
    }
)
DELETE_POLICIES = frozenset({"before-hook-creation", "hook-succeeded", "hook-failed"})
TESTS = frozenset({"test", "test-success"})

_SOURCE = lazy_pattern(r"^# Source: ([^\r\n]{1,500})", re.MULTILINE)


class Hook(NamedTuple):
    """An object that Helm handles as a hook: the events that it runs at, and when it is removed."""

    one: KubernetesObject
    events: tuple[str, ...]
    delete_policies: tuple[str, ...]

    @property
    def is_test(self) -> bool:
        """Whether it only runs when somebody tests the release."""
        return TESTS.issuperset(self.events)


def hook_of(one: KubernetesObject) -> Hook | None:
    """The hook that an object is; None for any other object."""
    events = one.annotations.get(HOOK)
    if not isinstance(events, str):
        return None
    policies = one.annotations.get(DELETE_POLICY)
    return Hook(one, _names(events), _names(policies) if isinstance(policies, str) else ())


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


def template_names(document: Document) -> dict[int, str]:
    """For each offset at which Helm says so, the file of a chart that the text from there on was made from."""
    return {match.start(): match[1].strip() for match in _SOURCE.finditer(document.text)}


def template_of(one: KubernetesObject, named: dict[int, str]) -> str:
    """The file of the chart that an object comes from: as Helm says, else the file that it stands in."""
    offsets = sorted(named)
    found = bisect.bisect_right(offsets, one.part.spot().extent().start) - 1
    return named[offsets[found]] if found >= 0 else one.part.document.name


def hooks(objects: Iterable[KubernetesObject]) -> Iterator[Hook]:
    """The hooks among some objects."""
    return (found for one in objects if (found := hook_of(one)) is not None)
