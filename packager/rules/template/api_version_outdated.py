"""A resource uses an api-version that is too old, or a preview that a stable version has overtaken.

Certification wants the newest version of a type, or one younger than 730 days; old versions are retired, and previews
may be withdrawn at any time.

Write the newest stable version that the message names, and check what changed in it.
"""

import datetime
import re
from collections.abc import Iterator

from packager.arm.template import Resource, Template, key_of, member
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule
from packager.data.api_versions import shipped

DAYS = 730
VERSION = re.compile(r"(\d{4}-\d\d-\d\d)(-[a-z]+)?", re.IGNORECASE)
SUPPRESSION = "disable-apiVersions-should-be-recent"


@rule(on="template", severity=Severity.WARNING, profiles=EVERY_PROFILE, arm_ttk="apiVersions-Should-Be-Recent")
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Judge every resource that names a known type and a literal version."""
    for resource in template.resources:
        version = member(resource.value, "apiVersion")
        metadata = resource.value.get("metadata")
        if version is None or (isinstance(metadata, list | str) and SUPPRESSION in metadata):
            continue
        problem = _problem(resource, version, package.today)
        if problem:
            sub, message = problem
            spot = template.spot((*resource.path, key_of(resource.value, "apiVersion")))
            yield Hit(spot, message, sub=sub)


def _problem(resource: Resource, version: object, today: datetime.date) -> tuple[str, str] | None:
    found = VERSION.fullmatch(version.strip()) if isinstance(version, str) else None
    if found is None:
        return "literal", f"the api-version of {resource.full_type} must be a literal date such as 2024-01-01"
    known = shipped().of(resource.full_type)
    used = found.group().lower()
    if used not in known:
        return None
    position = known.index(used)
    stable = next((one for one in known if "preview" not in one), None)
    if found.group(2):
        newer = any(one.count("-") < 3 for one in known[:position]) or used.rpartition("-")[0] in known
        return ("preview", f"{resource.full_type} {used} is a preview; use the stable {stable}") if newer else None
    if stable is None or position == 0 or used == stable:
        return None
    return _age(resource, used, stable, today)


def _age(resource: Resource, used: str, stable: str, today: datetime.date) -> tuple[str, str] | None:
    try:
        age = (today - datetime.date.fromisoformat(used)).days
    except ValueError:
        return "literal", f"the api-version {used} of {resource.full_type} is no date of the calendar"
    if age <= DAYS:
        return None
    return "age", f"{resource.full_type} {used} is {age} days old, more than {DAYS}; use {stable}"
