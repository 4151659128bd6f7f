"""A virtual machine is made from an image in a fixed subscription.

An image that is named by its id lies in somebody's subscription, which customers cannot read unless it is shared with
them. Whether and how certification accepts one is not documented.

Use a Marketplace image (`publisher`, `offer`, `sku`), publish the image as a virtual machine offer and link it to the
plan, or make sure that the gallery is shared with every customer.
"""

from collections.abc import Iterator

from packager.arm.machines import TYPES, storages
from packager.arm.template import Template
from packager.checks.deployed import deployed, once, place
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.lazy import lazy_pattern

_IN_SUBSCRIPTION = lazy_pattern(r"/subscriptions/[0-9a-fA-F-]{36}/")


@rule(on="template", severity=Severity.WARNING)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Report ids that are known and begin with a subscription; one that the deployment makes is not known."""
    yield from once(_hits(template, package))


def _hits(template: Template, package: Package) -> Iterator[Hit]:
    for one in storages(deployed(template, package, *TYPES)):
        id_ = one.part("imageReference", "id")
        if isinstance(id_, str) and _IN_SUBSCRIPTION.match(id_):
            message = (
                "the image lies in a fixed subscription, which customers cannot read unless it is shared with them"
            )
            yield Hit(place(one.resource, *one.steps, "imageReference", "id"), f"{message}; use a Marketplace image")
