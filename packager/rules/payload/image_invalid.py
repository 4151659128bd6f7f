"""A container has no image, or one whose reference nothing can read.

Kubernetes refuses a container without an image, and a pod with an image like `Acme/Web` or `https://acme.io/web` stays
in `InvalidImageName`: a reference is `registry/repository:tag`, the repository in lower case, without a scheme.

Variables that something else fills in (`${REGISTRY}/web`) are left alone, and so are the files of a kustomization's
patches.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.images import parse_image
from packager.helm.literals import is_placeholder


@rule(on="payload", severity=Severity.ERROR)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Look at the image of every container."""
    for container in payload.containers:
        written = container.part.value.get("image")
        if written is None or written == "":
            yield Hit(container.part.spot("image"), f"{container.title} has no image; Kubernetes refuses it")
        elif isinstance(written, str) and parse_image(written) is None and not is_placeholder(written):
            shown = written if len(written) <= 100 else written[:97] + "..."
            message = f"'{shown}' of {container.title} is no reference to an image; write registry/repository:tag"
            yield Hit(container.part.spot("image"), message)
