"""A resource uses an api-version that its type does not have.

Azure refuses the deployment when it comes to this resource. It is a warning only, and information for a version that
is older than 730 days, because Azure goes on to accept some that are published nowhere any more. Of a version between
the date of the tool's table and today nothing is said.

Write the version that the message names. `packager rules --data` shows how old the table is; `--api-versions` names a
newer one.
"""

import datetime
from collections.abc import Iterator

from packager.arm.expansion import ExpandedResource
from packager.arm.recency import LITERAL, Recency
from packager.arm.template import Template
from packager.arm.typenames import has_version, provided_type
from packager.checks.deployed import deployed, once, place
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import PUBLIC_VERSIONS, Hit, rule
from packager.data.api_versions import shipped


@rule(on="template", severity=Severity.WARNING, profiles=PUBLIC_VERSIONS)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Look up the version of every resource that would be deployed, however it is computed."""
    yield from once(hit for one in deployed(template, package) for hit in _judged(one, package))


def _judged(one: ExpandedResource, package: Package) -> Iterator[Hit]:
    name, version = provided_type(one), one.api_version
    if name is None or not isinstance(version, str) or not LITERAL.fullmatch(version):
        return
    known = package.api_versions.of(name) or shipped().of(name)
    if not known or has_version(name, version, package.api_versions) or _is_newer(version, package.today):
        return
    recency = Recency(version, known, package.today)
    # That it is old is a finding of its own, and of the old ones Azure accepts some that are not listed.
    severity = Severity.INFO if recency.is_old else None
    message = f"{name} has no api-version {version} that is known; use {recency.advice}"
    yield Hit(place(one, "apiVersion"), message, severity=severity)


def _is_newer(version: str, today: datetime.date) -> bool:
    """Whether a version may have come out after the table was made."""
    return str(shipped().header["date"]) < version[:10] <= today.isoformat()
