"""Values of Helm as they are written, before any chart reads them: what their names tell without a chart.

Charts name things alike: `image: {repository, tag}`, `image: repository:tag`, `imageTag`, `privileged`, `hostNetwork`.
What a name does in a particular chart only rendering shows.
"""

import posixpath
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from packager.helm.images import parse_image
from packager.helm.objects import KubernetesObject, Part
from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.span import Path
from packager.source.spot import Spot
from packager.source.tree import ObjectNode, Tree

_FILE = lazy_pattern(r"(?:values(?:[-_.][\w.-]+)?|[\w.-]+[-_.]values)\.ya?ml")
_FLUX = "helm.toolkit.fluxcd.io"
_LATEST = "latest"
# Beside a tag, these say that it is that of an image.
_BESIDE_TAG = frozenset({"repository", "registry", "pullpolicy", "digest", "image", "name"})


class Setting(NamedTuple):
    """A value under a name, at `steps` in the values."""

    name: str
    value: Any
    steps: Path


class Settings:
    """The values of a release, or some of them: the object at `part`."""

    def __init__(self, part: Part) -> None:
        self.part = part

    @cached_property
    def _tree(self) -> Tree:
        return Tree(self.part.value)

    def spot(self, one: Setting) -> Spot:
        """The place of a value."""
        return self.part.spot(*one.steps)

    def named(self, *names: str) -> Iterator[Setting]:
        """The values under some names, in any case."""
        for node, key in self._tree.properties(*names):
            yield Setting(key, node.value[key], (*node.path, key))

    def tags(self) -> Iterator[Setting]:
        """The tags of images."""
        for node in self._tree.objects:
            for key, value in node.value.items():
                if _is_tag(node, key):
                    yield Setting(key, value, (*node.path, key))

    def latest_images(self) -> Iterator[Setting]:
        """The tags and references of images that say `latest`."""
        for node in self._tree.objects:
            for key, value in node.value.items():
                if isinstance(value, str) and _LATEST in value and _is_latest(node, key, value):
                    yield Setting(key, value, (*node.path, key))

    def texts(self) -> Iterator[Setting]:
        """Every text and number under its name; that of a `value` is the `name` beside it."""
        for node in self._tree.objects:
            for key, value in node.value.items():
                if isinstance(value, (str, int)):
                    beside = node.value.get("name")
                    name = beside if key == "value" and isinstance(beside, str) else key
                    yield Setting(name, value, (*node.path, key))


def _is_tag(node: ObjectNode, key: str) -> bool:
    lowered = key.lower()
    if lowered != "tag":
        return lowered.endswith("imagetag")
    above = str(node.steps[0]).lower() if node.steps else ""
    return above.endswith("image") or any(name.lower() in _BESIDE_TAG for name in node.value)


def _is_latest(node: ObjectNode, key: str, value: str) -> bool:
    if _is_tag(node, key):
        return value == _LATEST
    image = parse_image(value) if key.lower().endswith("image") else None
    return image is not None and image.tag == _LATEST and image.digest is None


def is_values_file(name: str) -> bool:
    """Whether a file of that name holds values of Helm."""
    return _FILE.fullmatch(posixpath.basename(name).lower()) is not None


def settings_in(document: Document) -> Settings | None:
    """The values in a file; None when it holds no mapping."""
    return Settings(Part(document, (), document.value)) if isinstance(document.value, dict) else None


def settings_of(one: KubernetesObject) -> Settings | None:
    """The values that an object hands to Helm: Flux keeps them in its HelmRelease."""
    if one.group != _FLUX or one.kind != "HelmRelease":
        return None
    part = one.part.part("spec", "values")
    return Settings(part) if part is not None else None
