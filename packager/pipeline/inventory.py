"""What a rendered release holds: images, definitions of custom resources, hooks."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from packager.helm.hooks import Hook, hooks
from packager.helm.objects import images_of, read_manifest
from packager.pipeline.releases import Made, PlanPayload, every_made

DEFINITION = "CustomResourceDefinition"


class Inventory(NamedTuple):
    """What a release consists of; `images` as they are written, each once."""

    objects: int
    images: tuple[str, ...]
    definitions: tuple[str, ...]
    hooks: tuple[Hook, ...]


def inventory_of(made: Made) -> Inventory:
    """What is in what helm made of a release."""
    manifests = map(read_manifest, made.documents)
    objects = [one for manifest in manifests if manifest is not None for one in manifest.objects]
    definitions = {one.name for one in objects if one.kind == DEFINITION}
    found = sorted(hooks(objects), key=lambda hook: (hook.one.kind, hook.one.name, hook.events))
    return Inventory(len(objects), tuple(images_of(objects)), tuple(sorted(definitions)), tuple(found))


def every_image(payloads: Iterable[PlanPayload]) -> list[str]:
    """The images of all releases that could be rendered, each once."""
    return sorted({image for made in every_made(payloads) for image in inventory_of(made).images})


def payloads_as_json(payloads: Iterable[PlanPayload]) -> dict[str, Any]:
    """The part of a JSON report that tells what the releases are."""
    payloads = tuple(payloads)
    releases = [_as_json(made, str(payload.kubernetes)) for payload in payloads for made in payload.made]
    return {"images": every_image(payloads), "releases": releases}


def _as_json(made: Made, kubernetes: str) -> dict[str, Any]:
    release, found = made.release, inventory_of(made)
    return {
        "plan": made.plan,
        "release": release.name,
        "namespace": release.namespace,
        "chart": {"name": release.chart, "version": release.version, "digest": release.digest},
        "kubernetes": kubernetes,
        "status": made.status,
        "objects": found.objects,
        "images": list(found.images),
        "crds": list(found.definitions),
        "hooks": [{"kind": hook.one.kind, "name": hook.one.name, "events": list(hook.events)} for hook in found.hooks],
    }
