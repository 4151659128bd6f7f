"""A virtual machine from a Marketplace image has no `plan`, or one that is not that of its image.

Azure refuses to create a machine from an image that is sold in the Marketplace unless its `plan` names the very image,
and certification refuses a template without it (policy 300.4.8). The sub-id tells the case:

- `[mismatch]`: plan and image are known, and differ;
- `[missing]`: there is no plan. It is an error where another machine of the package has a plan for the same image,
  else information: which publishers are those of the platform, whose images need no plan, is known only for the most
  common ones;
- `[no-image]` (a warning): there is a plan and no image that it could be for.

Good:

    "plan": {"name": "byol", "product": "firewall", "publisher": "contoso"},
    "properties": {
      "storageProfile": {
        "imageReference": {"publisher": "contoso", "offer": "firewall", "sku": "byol", "version": "latest"}
      }
    }
"""

from collections.abc import Iterator
from typing import Any

from packager.arm.machines import TYPES, Storage, storages
from packager.arm.template import Template
from packager.checks.deployed import deployed, inside, once, place
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.data.images import is_platform
from packager.expressions.values import Unknown, Value

# The members of a plan, and those of the image that they repeat.
_SAME = {"name": "sku", "product": "offer", "publisher": "publisher"}


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Compare the image of every machine with its plan, as far as both are known."""
    sold = _sold(package)
    yield from once(hit for one in storages(deployed(template, package, *TYPES)) for hit in _judged(one, sold))


def _judged(one: Storage, sold: frozenset[tuple[str, str]]) -> Iterator[Hit]:
    plan = inside(one.resource.body, "plan")
    if isinstance(plan, dict) and plan:
        yield from _against_plan(one, plan)
    elif plan is None or plan == {}:
        yield from _without_plan(one, sold)


def _against_plan(one: Storage, plan: dict[str, Any]) -> Iterator[Hit]:
    for name, of_image in _SAME.items():
        given, wanted = inside(plan, name), one.part("imageReference", of_image)
        if isinstance(given, str) and isinstance(wanted, str) and given.lower() != wanted.lower():
            message = (
                f"the plan's {name} is '{given}', and the {of_image} of the image is '{wanted}'; Azure wants the same"
            )
            yield Hit(place(one.resource, "plan", name), message, "mismatch")
    if one.image is None and not _is_made_of_a_disk(one):
        message = (
            "the machine has a plan and no image that it could be for; add the 'imageReference' or remove the plan"
        )
        yield Hit(place(one.resource, "plan"), message, "no-image", severity=Severity.WARNING)


def _is_made_of_a_disk(one: Storage) -> bool:
    """Whether the machine is, or may be, made of a disk, which keeps the plan of its image."""
    made = one.part("osDisk", "createOption")
    return type(made) is Unknown or str(made).lower() in {"attach", "restore", "copy"} or one.part("osDisk") is None


def _without_plan(one: Storage, sold: frozenset[tuple[str, str]]) -> Iterator[Hit]:
    publisher, offer = one.part("imageReference", "publisher"), one.part("imageReference", "offer")
    if not isinstance(publisher, str) or not publisher or is_platform(publisher):
        return
    spot = place(one.resource, *one.steps, "imageReference")
    message = f"the image of '{publisher}' is used without a plan"
    if _key(publisher, offer) in sold:
        yield Hit(spot, f"{message}, and another machine has one for it; add the 'plan'", "missing")
    else:
        message = f"{message}; unless it is one of the platform's, add a 'plan' with its name, product and publisher"
        yield Hit(spot, message, "missing", severity=Severity.INFO)


def _sold(package: Package) -> frozenset[tuple[str, str]]:
    """Publisher and offer of the images for which the package has plans."""
    machines = (one for one in package.deployed.every if str(one.type).lower() in TYPES)
    plans = (inside(one.body, "plan") for one in machines)
    pairs = ((inside(plan, "publisher"), inside(plan, "product")) for plan in plans if isinstance(plan, dict))
    return frozenset(_key(*pair) for pair in pairs if all(isinstance(part, str) for part in pair))


def _key(publisher: Value, offer: Value) -> tuple[str, str]:
    return str(publisher).lower(), str(offer).lower()
