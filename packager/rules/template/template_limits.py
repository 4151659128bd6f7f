"""A template is larger than Azure takes.

Azure refuses templates with more than 256 parameters, 512 variables, 64 outputs, 32 asserts or 800 resources, resources
of more than 1 MB, and templates of more than 4 MB. Copies count one by one, so loops are run with the default values of
parameters before counting; loops whose count is open count once. Nested and linked templates have limits of their own.
A resource has 50 tags at most, and a template deploys to 10 locations at most outside of resource groups.

Put values that belong together into objects, and move resources into nested or linked deployments.
"""

import json
from collections.abc import Iterator

from packager.arm.expansion import ExpandedResource
from packager.arm.identity import text
from packager.arm.template import DEPLOYMENT_TYPE, Template
from packager.checks.expansion import expansion
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.output import unmeasured

_MOST = {"parameters": 256, "variables": 512, "outputs": 64, "asserts": 32}
_MOST_RESOURCES = 800
_MOST_TAGS = 50
_MOST_LOCATIONS = 10
_MEGABYTE = 1024 * 1024
_LARGEST_TEMPLATE, _LARGEST_RESOURCE = 4 * _MEGABYTE, _MEGABYTE


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Sections of every template, resources of those that a file holds."""
    for section, most in _MOST.items():
        count = len(template.section(section))
        if count > most:
            spot = template.spot(template.section_path(section), key=True)
            yield Hit(spot, f"the template has {count} {section}; Azure takes {most} at most")
    if template.parent is None:
        deployments: dict[str, list[ExpandedResource]] = {}
        for one in expansion(template, package).resources:
            if one.spot.document is template.document:
                deployments.setdefault(text(one.deployment), []).append(one)
        for resources in deployments.values():
            yield from _of_deployment(resources)


def _of_deployment(resources: list[ExpandedResource]) -> Iterator[Hit]:
    """The resources of one template, at its `resources`."""
    first = resources[0].spot
    where = first._replace(path=first.path[:-1], key=True)
    if len(resources) > _MOST_RESOURCES:
        message = f"the template deploys {len(resources)} resources, copies included"
        yield Hit(where, f"{message}; Azure takes {_MOST_RESOURCES} at most")
    locations = {
        one.location.lower()
        for one in resources
        if isinstance(one.location, str) and str(one.type).lower() == DEPLOYMENT_TYPE
    }
    if len(locations) > _MOST_LOCATIONS:
        message = f"the template deploys to {len(locations)} locations; Azure takes {_MOST_LOCATIONS} at most"
        yield Hit(where, message, "locations")
    total = 0
    for one in resources:
        tags = one.body.get("tags")
        if isinstance(tags, dict) and len(tags) > _MOST_TAGS:
            spot = one.spot._replace(path=(*one.spot.path, "tags"), key=True)
            yield Hit(spot, f"the resource has {len(tags)} tags; Azure takes {_MOST_TAGS} at most", "tags")
        size = _size(one)
        total += size
        if size > _LARGEST_RESOURCE:
            yield Hit(
                one.spot, f"the resource has {_shown(size)} when it is expanded; Azure takes 1 MB at most", "size"
            )
    if total > _LARGEST_TEMPLATE:
        yield Hit(where, f"the resources have {_shown(total)} when they are expanded; Azure takes 4 MB at most", "size")


def _size(one: ExpandedResource) -> int:
    """The length of a resource as JSON; what is not known yet counts as it is written."""
    return len(json.dumps(unmeasured(dict(one.body)), separators=(",", ":")))


def _shown(size: int) -> str:
    return f"{size / _MEGABYTE:.1f} MB"
