"""What is wrong with the bodies of the resources that a template deploys: judged once, shared by the rules on it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from packager.arm.template import Template
from packager.checks.expansion import expansion
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit
from packager.source.span import Path
from packager.source.spot import Spot

if TYPE_CHECKING:
    from packager.arm.bodies.problem import Problem
    from packager.arm.expansion import ExpandedResource

# Of more findings of one kind in one resource only the number is told, and the first few names.
MOST = 20
_NAMED = 5
_WEIGHTS = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO, "style": Severity.INFO}


class _Found(NamedTuple):
    """A problem of a resource and the place where it is written."""

    problem: "Problem"
    spot: Spot
    resource: Spot

    @property
    def name(self) -> str:
        """The property that it is about."""
        return self.problem.name or str(
            next((step for step in reversed(self.problem.path) if isinstance(step, str)), "")
        )


def body_hits(template: Template, package: Package, kind: str) -> Iterator[Hit]:
    """The hits of the rule `kind` on a template file and on what it links and nests."""
    reported = template is package.main or package.bundle.is_reported(template.document.name)
    if template.parent is None and reported:
        yield from _hits(template, package).get(kind, ())


@lru_cache(maxsize=8)
def _hits(template: Template, package: Package) -> dict[str, list[Hit]]:
    """The hits by rule; a loop meets the same problem again and again, and it is told once."""
    found = {(one.problem.kind, one.problem.sub, one.name, one.spot): one for one in reversed(_all(template, package))}
    groups: dict[tuple[str, str, Spot], list[_Found]] = {}
    for one in reversed(found.values()):
        groups.setdefault((one.problem.kind, one.problem.weight, one.resource), []).append(one)
    hits: dict[str, list[Hit]] = {}
    for (kind, _, _), group in groups.items():
        hits.setdefault(kind, []).extend([_grouped(group)] if len(group) > MOST else map(_hit, group))
    return hits


def _all(template: Template, package: Package) -> list[_Found]:
    """Every problem of every resource, in the order of the expansion."""
    # Only templates that can be expanded pay for the tables and for walking over bodies.
    from packager.arm.bodies.judge import judge
    from packager.arm.bodies.places import Owners, spot_of
    from packager.data.resource_exceptions import shipped_exceptions
    from packager.data.resource_types import shipped_types

    types, exceptions = shipped_types(), shipped_exceptions()
    found: list[_Found] = []
    owners, spots = Owners(), dict[tuple[Spot, Path, bool], Spot]()
    for resource in expansion(template, package).resources:
        place = resource.spot
        for one in judge(resource, types, exceptions):
            key = (place, one.path, one.key)
            if key not in spots:
                around = owners.of(place.document, place.path)
                spots[key] = spot_of(around, place.path, one.path, key=one.key)
            found.append(_Found(one, spots[key], place))
    return found


def new_problems(spot: Spot, template: Template, package: Package, version: str) -> list[str]:
    """What would be wrong with the resource at `spot` in another version and is not in its own, errors and warnings."""
    from packager.arm.bodies.judge import judge  # as above
    from packager.data.resource_exceptions import shipped_exceptions
    from packager.data.resource_types import shipped_types

    while template.parent is not None:
        template = template.parent
    types, exceptions = shipped_types(), shipped_exceptions()
    found: dict[str, None] = {}
    for resource in _by_place(template, package).get(spot, ()):
        known = {(one.kind, one.path, one.name) for one in judge(resource, types, exceptions)}
        for one in judge(resource, types, exceptions, version):
            if one.weight in {"error", "warning"} and (one.kind, one.path, one.name) not in known:
                found[one.message] = None
    return list(found)


@lru_cache(maxsize=8)
def _by_place(template: Template, package: Package) -> "dict[Spot, list[ExpandedResource]]":
    found: dict[Spot, list[ExpandedResource]] = {}
    for resource in expansion(template, package).resources:
        found.setdefault(resource.spot, []).append(resource)
    return found


def _hit(one: _Found) -> Hit:
    problem, inside = one.problem, one.spot.path[: len(one.resource.path)] == one.resource.path
    return Hit(
        one.spot,
        problem.message,
        problem.sub,
        severity=_WEIGHTS[problem.weight],
        related=() if inside and one.spot.document is one.resource.document else (one.resource,),
        strict=problem.weight == "style",
    )


def _grouped(group: list[_Found]) -> Hit:
    """One hit at the resource for many problems of a kind."""
    first = group[0].problem
    names = ", ".join(f"'{one.name}'" for one in group[:_NAMED])
    message = f"{len(group):,} findings of this kind in one resource: {names} and more; the first is: {first.message}"
    severity, strict = _WEIGHTS[first.weight], first.weight == "style"
    return Hit(group[0].resource, message, severity=severity, strict=strict)
