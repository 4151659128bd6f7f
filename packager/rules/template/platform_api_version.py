"""A resource or a call uses an api-version that the platform does not have.

Azure Stack Hub follows a profile of api-versions (2020-09-01-hybrid) that is years behind Azure: it refuses a newer
version of a type that it has. In `--profile azure-stack-hub` versions are judged by that profile instead of by their
age. A version that is older than the profile's and that the tool does not know of there is a warning (`[older]`):
stamps accept more old versions than are published. So is one of a resource whose condition is undecided.

Write the version that the message names; the body of the resource has to fit that version.
"""

from collections.abc import Iterator

from packager.arm.expansion import ExpandedResource
from packager.arm.recency import LITERAL
from packager.arm.template import Template
from packager.arm.typenames import provided_type
from packager.checks.deployed import deployed, once, place
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import PLATFORMS, Hit, rule
from packager.data.platforms import Platform
from packager.source.spot import Spot


@rule(on="template", severity=Severity.ERROR, profiles=PLATFORMS)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Look up the version of every resource that would be deployed, and of calls that name one."""
    platform = package.platform
    if platform is None or platform.profile is None:
        return
    yield from once(hit for one in deployed(template, package) for hit in _of_resource(one, platform, package))
    from packager.arm.versioned import versioned_calls  # no other platform needs it

    for name, version, spot in versioned_calls(template):
        yield from _judged(name, version, spot, platform)


def _of_resource(one: ExpandedResource, platform: Platform, package: Package) -> Iterator[Hit]:
    name, version = provided_type(one), one.api_version
    if name is None or not isinstance(version, str) or not LITERAL.fullmatch(version):
        return
    for hit in _judged(name, version, place(one, "apiVersion"), platform):
        yield hit if package.deployed.is_certain(one) else hit._replace(severity=Severity.WARNING)


def _judged(name: str, version: str, spot: Spot, platform: Platform) -> Iterator[Hit]:
    served = platform.served(name)
    if served is None or platform.instead(name) is not None or served.has(version):
        return
    use = f"use {' or '.join(served.versions)}, which its profile {platform.profile} has"
    if served.is_newer(version):
        yield Hit(spot, f"{platform.title} has no api-version {version} of {name}; {use}")
    else:
        message = f"{platform.title} is not known to take api-version {version} of {name}; {use}"
        yield Hit(spot, message, "older", severity=Severity.WARNING)
