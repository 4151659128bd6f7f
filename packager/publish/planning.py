"""What publishing would change, without changing it: plan by plan, then the listing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from packager.diff.model import Change, Step
from packager.diff.told import change_text
from packager.diff.values import differences
from packager.diff.version import next_version, numbers
from packager.offer.model import Offer
from packager.publish.ingestion import Item
from packager.publish.lock import lasting
from packager.publish.packages import Finished, Request
from packager.publish.technical import with_listing, with_package
from packager.source.reading import ABSENT
from packager.source.span import to_pointer

NEW_PACKAGE = "(this package)"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What would change in a plan; `refusal` is why it cannot be published, `proposed` the version that could."""

    plan: str
    there: str | None
    version: str
    changes: tuple[Change, ...]
    refusal: str | None
    proposed: str | None


@dataclass(frozen=True, slots=True)
class PartChange:
    """What would change in a part of the listing, or in its images."""

    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that would change."""

    plans: tuple[PlanChange, ...]
    parts: tuple[PartChange, ...]

    @property
    def refused(self) -> bool:
        """Whether a plan cannot be published as it is."""
        return any(one.refusal is not None for one in self.plans)


def plan_changes(
    request: Request, configuration: Callable[[Finished], Item], known: Callable[[str], Item], offer: Offer | None
) -> Iterator[PlanChange]:
    """The change of each plan; `configuration` is what the service has of it, `known` what the lock has."""
    for package in request.packages:
        there = lasting(configuration(package))
        wanted = with_listing(with_package(there, package.version, NEW_PACKAGE), offer, package.plan)
        version = there.get("version")
        refusal = _refusal(package, None if version is None else str(version), known(package.plan))
        proposed = next_version(str(version), Step.PATCH) if refusal else None
        found = tuple(differences(there, wanted))
        yield PlanChange(package.plan, version, package.version, found, refusal, proposed)


def _refusal(package: Finished, there: str | None, known: Item) -> str | None:
    before, after = numbers(there), numbers(package.version)
    if before is not None and after is not None and after <= before:
        return f"version {package.version} is no later one than {there}, which Partner Center has"
    if known.get("sha256") == package.sha256 and known.get("version") not in {None, package.version}:
        return f"the package has the same bytes as that of version {known['version']}: nothing changed"
    return None


def as_text(plan: Plan) -> str:
    """The plan for people."""
    lines: list[str] = []
    for one in plan.plans:
        lines.append(f"plan {one.plan}: {one.there or 'no version'} -> {one.version}")
        lines += [f"  {change_text(change)}" for change in one.changes]
        if one.refusal is not None:
            lines.append(f"  refused: {one.refusal}{f'; the next is {one.proposed}' if one.proposed else ''}")
    for part in plan.parts:
        lines.append(part.name)
        lines += [f"  {change_text(change)}" for change in part.changes]
    return "\n".join(lines) + "\n"


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan for programs."""
    return {
        "schema": 1,
        "plans": [
            {
                "plan": one.plan,
                "old": one.there,
                "new": one.version,
                "changes": [_change(change) for change in one.changes],
                "refusal": one.refusal,
                "proposed": one.proposed,
            }
            for one in plan.plans
        ],
        "listing": [
            {"part": part.name, "changes": [_change(change) for change in part.changes]} for part in plan.parts
        ],
    }


def _change(change: Change) -> dict[str, Any]:
    values = {"old": change.old, "new": change.new}
    shown = {name: value for name, value in values.items() if value is not ABSENT}
    return {"kind": change.kind, "pointer": to_pointer(change.path), **shown}
