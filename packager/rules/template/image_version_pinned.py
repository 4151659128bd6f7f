"""A virtual machine is made from a fixed version of a platform image.

Publishers of platform images take old versions away, for the faults that they have; then the offer cannot be deployed
any more. This informs only: which images are those of the platform is known for the most common publishers, and a
Marketplace image of one's own may well be pinned.

Write `"version": "latest"`.
"""

from collections.abc import Iterator

from packager.arm.machines import TYPES, storages
from packager.arm.template import Template
from packager.checks.deployed import deployed, inside, once, place
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.data.images import is_platform


@rule(on="template", severity=Severity.INFO)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Report known versions other than `latest` of known platform images without a plan."""
    yield from once(_hits(template, package))


def _hits(template: Template, package: Package) -> Iterator[Hit]:
    for one in storages(deployed(template, package, *TYPES)):
        publisher, version = one.part("imageReference", "publisher"), one.part("imageReference", "version")
        known = isinstance(publisher, str) and isinstance(version, str)
        if (
            known
            and is_platform(publisher)
            and version.lower() != "latest"
            and inside(one.resource.body, "plan") is None
        ):
            message = f"version {version} of an image of {publisher} will be taken away one day; write 'latest'"
            yield Hit(place(one.resource, *one.steps, "imageReference", "version"), message)
