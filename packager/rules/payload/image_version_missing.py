"""A container image has no version, or the tag `latest`.

Without a tag an image is `latest`, and `latest` is whatever its publisher pushed last: customers run what nobody
tested, two nodes of one cluster can run two versions, and nothing tells which one it was when it fails.

    image: docker.io/library/nginx        # bad
    image: docker.io/library/nginx:latest # bad
    image: docker.io/library/nginx:1.29.3 # good
    image: docker.io/library/nginx@sha256:0123...

Write the version that was tested, or its digest. In values of Helm (`*-values.yaml`, `values*.yaml`, `spec.values` of
Flux) only the tag `latest` is reported, as `[values]`: a chart adds the tag that a name lacks.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.images import Image


@rule(on="payload", severity=Severity.WARNING)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Look at the image of every container, and at the images in values."""
    for container in payload.containers:
        image = container.image
        if image is not None and not image.is_fixed and not _is_set_elsewhere(image, payload):
            said = f"has the tag '{image.tag}'" if image.tag else "has no tag, which means 'latest'"
            message = f"image '{image}' of {container.title} {said}; write the version that was tested"
            yield Hit(container.part.spot("image"), message)
    for settings in payload.settings:
        for one in settings.latest_images():
            message = f"'{one.name}: {one.value}' runs whatever was pushed last; write the version that was tested"
            yield Hit(settings.spot(one), message, "values")


def _is_set_elsewhere(image: Image, payload: Payload) -> bool:
    """Whether a kustomization gives it a version."""
    return str(image._replace(tag=None)) in payload.kustomized.images
