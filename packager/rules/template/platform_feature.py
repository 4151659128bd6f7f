"""A resource asks for something that its type has in the public cloud and not on Azure Stack Hub.

There are no managed identities (`[identity]`) and no availability zones (`[zones]`) on a stamp: the deployment fails.
It is a warning where a parameter or the cloud decides whether there is any, or whether the resource is deployed. Load
balancers and public addresses of SKU Standard (`[sku]`) are a warning as well: they came with an update, and not every
stamp has it.

Use a service principal instead of an identity, an availability set instead of zones, and SKU Basic.
"""

from collections.abc import Iterator

from packager.arm.expansion import ExpandedResource
from packager.arm.template import Template
from packager.checks.deployed import deployed, inside, once, place
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.values import Unknown, Value

_WITH_SKU = frozenset({"microsoft.network/loadbalancers", "microsoft.network/publicipaddresses"})


@rule(on="template", severity=Severity.ERROR, profiles=("azure-stack-hub",))
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Look at what every resource says beside its properties."""
    yield from once(hit for one in deployed(template, package) for hit in _judged(one, package))


def _judged(one: ExpandedResource, package: Package) -> Iterator[Hit]:
    kind = inside(one.body, "identity", "type")
    if kind is not None and not (isinstance(kind, str) and kind.lower() == "none"):
        message = "Azure Stack Hub has no managed identities; leave 'identity' out and use a service principal"
        yield Hit(place(one, "identity"), message, "identity", severity=_weight(kind, one, package))
    zones = inside(one.body, "zones")
    if zones not in (None, []):
        message = "Azure Stack Hub has no availability zones; leave 'zones' out and use an availability set"
        yield Hit(place(one, "zones"), message, "zones", severity=_weight(zones, one, package))
    sku = inside(one.body, "sku", "name")
    if str(one.type).lower() in _WITH_SKU and isinstance(sku, str) and sku.lower() == "standard":
        message = f"not every Azure Stack Hub has {one.type} of SKU Standard; Basic is there on all of them"
        yield Hit(place(one, "sku", "name"), message, "sku", severity=Severity.WARNING)


def _weight(value: Value, one: ExpandedResource, package: Package) -> Severity | None:
    """What is not decided yet may turn out to be nothing."""
    return Severity.WARNING if type(value) is Unknown or not package.deployed.is_certain(one) else None
