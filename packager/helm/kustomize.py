"""What a kustomization changes in the objects of other files, as far as rules on them need it."""

import posixpath
from collections.abc import Iterator
from typing import Any, NamedTuple

from packager.helm.objects import KubernetesObject, Part, text_at
from packager.source.spot import Spot

_GROUP = "kustomize.config.k8s.io"
_GENERATORS = ("configMapGenerator", "secretGenerator")


class Literal(NamedTuple):
    """A `name=value` of which a kustomization makes a member of a config map, or of a secret."""

    name: str
    value: str
    spot: Spot
    of_secret: bool


class Kustomized(NamedTuple):
    """What all kustomizations of a payload do together.

    `patches` are the files that hold parts of objects only; `images` the names whose version is set; `named` tells
    that objects get a namespace, `generates` that config maps or secrets are made, `literals` from which texts.
    """

    patches: frozenset[str] = frozenset()
    images: frozenset[str] = frozenset()
    named: bool = False
    generates: bool = False
    literals: tuple[Literal, ...] = ()


NOTHING_KUSTOMIZED = Kustomized()


def kustomized(parts: tuple[Part, ...]) -> Kustomized:
    """What some kustomizations do together."""
    values = [one.value for one in parts]
    return Kustomized(
        frozenset(name for one in parts for name in _patch_files(one)),
        frozenset(name for value in values for name in _images(value)),
        any(text_at(value, "namespace") for value in values),
        any(value.get(key) for value in values for key in _GENERATORS),
        tuple(one for part in parts for key in _GENERATORS for one in _literals(part, key)),
    )


def _literals(part: Part, key: str) -> Iterator[Literal]:
    for made in part.parts(key):
        for position, text in enumerate(_items(made.value.get("literals"))):
            name, equals, value = text.partition("=") if isinstance(text, str) else ("", "", "")
            if equals:
                yield Literal(name, value.strip("\"'"), made.spot("literals", position), key == "secretGenerator")


def is_kustomization_file(name: str) -> bool:
    """Whether kustomize takes a file of that name for a kustomization, whatever it says that it is."""
    return posixpath.basename(name).lower() in {"kustomization.yaml", "kustomization.yml"}


def is_kustomization(one: KubernetesObject) -> bool:
    """Whether an object says what kustomize does; it is not for a cluster."""
    return one.group == _GROUP and one.kind in {"Kustomization", "Component"}


def _patch_files(one: Part) -> Iterator[str]:
    """The names, from the package's root, of the files with patches."""
    folder, value = posixpath.dirname(one.document.name), one.value
    named = [text_at(item, "path") for key in ("patches", "patchesJson6902") for item in _items(value.get(key))]
    written = [item for item in _items(value.get("patchesStrategicMerge")) if isinstance(item, str)]
    for name in (*named, *written):
        if name and "\n" not in name:
            yield posixpath.normpath(posixpath.join(folder, name))


def _images(value: dict[str, Any]) -> Iterator[str]:
    for item in _items(value.get("images")):
        name = text_at(item, "name")
        if name and (text_at(item, "newTag") not in {None, "", "latest"} or text_at(item, "digest")):
            yield name


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
