"""A virtual machine is made from a preview image.

Certification refuses images whose version, SKU or offer ends in `preview`: they are withdrawn without notice, and then
the offer cannot be deployed any more.

Name an image that is generally available.

arm-ttk follows a variable for the whole storage profile, but not for the parts of an image reference; a variable that
it cannot resolve makes its test fail.
"""

from collections.abc import Iterator
from typing import Any

from packager.arm.follow import followed
from packager.arm.template import Template, key_of, member
from packager.checks.armttk.expand import ExpansionError, expanded
from packager.checks.armttk.failures import failure
from packager.checks.armttk.powershell import equal, get, like, spelling, text_of
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.armttk.search import Found
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.span import Path
from packager.source.spot import Spot
from packager.source.tree import ObjectNode

_MACHINES = ("microsoft.compute/virtualmachines", "microsoft.compute/virtualmachinescalesets")
_PARTS = ("version", "sku", "offer")


@arm_ttk_rule(
    "Virtual-Machines-Should-Not-Be-Preview",
    on="template",
    needs=("object",),
    false_alarm="it is not the image of a virtual machine that this template deploys",
    mentions=("storageprofile",),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Look at every storage profile inside a virtual machine or scale set."""
    for found in run.template.search.by_key("storageProfile"):
        if not any(equal(get(one, "type"), machine) for one in found.ancestors for machine in _MACHINES):
            continue
        profile = found.value
        if isinstance(profile, str) and profile.startswith("["):
            try:
                profile = expanded(profile, run.template.value)
            except ExpansionError as error:
                message = f"arm-ttk cannot resolve the storage profile ({error}), and its test fails for that"
                explanation = "Azure evaluates the whole expression; arm-ttk takes only variables with a value"
                yield failure(run.template.spot_of(found), message, explanation)
                continue
        reference = get(profile, "imageReference")
        if like(reference, "*preview"):
            yield _hit(_spot(run, found, ("imageReference",)), text_of(reference))
        for part in _PARTS:
            if like(get(reference, part), "*preview"):
                yield _hit(_spot(run, found, ("imageReference", part)), text_of(get(reference, part)))


def _spot(run: ArmTtkRun, found: Found, steps: tuple[str, ...]) -> Spot:
    path, value = found.true_path, found.value
    for step in steps:
        if not isinstance(value, dict):
            break
        path = (*path, spelling(value, step))
        value = get(value, step)
    return Spot(run.template.document, path)


def _hit(spot: Spot, text: str) -> Hit:
    return Hit(spot, f"'{text}' is a preview image; name one that is generally available")


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """The same with every variable followed, also those for the parts of an image reference."""
    for node, key in template.tree.properties("storageProfile"):
        if any(_is_machine(one) for one in node.ancestors()):
            yield from _judged(template, (*node.path, key), node.value[key])


def _is_machine(node: ObjectNode) -> bool:
    written = member(node.value, "type")
    return isinstance(written, str) and written.lower() in _MACHINES


def _judged(template: Template, path: Path, written: Any) -> Iterator[Hit]:
    """The hits in a profile; each stands at the last place before a variable takes over."""
    profile, path = _inside(template, path, written, "imageReference")
    for part in ("", *_PARTS):
        value, place = _inside(template, path, profile, part) if part else (followed(profile, template), path)
        text = followed(value, template)
        if isinstance(text, str) and text.lower().endswith("preview"):
            yield _hit(template.spot(place), text)


def _inside(template: Template, path: Path, written: Any, name: str) -> tuple[Any, Path]:
    """A member of a value that may be a reference, and where it is written."""
    value = followed(written, template)
    if not isinstance(value, dict):
        return None, path
    key = key_of(value, name)
    return value.get(key), (*path, key) if value is written else path
