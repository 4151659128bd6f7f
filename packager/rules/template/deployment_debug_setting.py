"""A nested deployment logs its requests or responses.

`debugSetting` writes what is sent to the resource providers, secrets included, into the deployment's history.

Remove `debugSetting`, or set `detailLevel` to `none`.
"""

from collections.abc import Iterator

from packager.arm.template import DEPLOYMENT_TYPE, Template, member
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule


@rule(on="template", severity=Severity.ERROR, profiles=EVERY_PROFILE, arm_ttk="Deployment-Resources-Must-Not-Be-Debug")
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Look at the detail level of every deployment resource."""
    for resource in template.resources:
        properties = member(resource.value, "properties")
        setting = member(properties, "debugSetting") if isinstance(properties, dict) else None
        level = member(setting, "detailLevel") if isinstance(setting, dict) else None
        if resource.type.lower() != DEPLOYMENT_TYPE or not isinstance(level, str) or level.lower() in {"", "none"}:
            continue
        spot = template.spot((*resource.path, "properties", "debugSetting"))
        yield Hit(spot, f"the deployment logs '{level}', secrets included; remove 'debugSetting'")
