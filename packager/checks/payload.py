"""What rules on a payload look at: the Kubernetes objects in a package, or in what Helm renders, and Helm's values.

What Helm renders is checked by `payload_run`; a document is made of its text by `rendered_manifest`.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from packager.bundle.model import Bundle, Entry
from packager.checks.package import YAML, Package
from packager.checks.rule import Kind
from packager.data.kubernetes import DEFAULT_VERSION, KubernetesVersion
from packager.helm.kustomize import NOTHING_KUSTOMIZED, Kustomized, is_kustomization, is_kustomization_file, kustomized
from packager.helm.objects import (
    Container,
    KubernetesObject,
    Manifest,
    Part,
    Pod,
    inside,
    manifest_document,
    parts_of,
    read_manifest,
)
from packager.helm.selectors import selects
from packager.helm.settings import Settings, is_values_file, settings_in, settings_of
from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.reading import SyntaxProblem
from packager.source.sourcemap import SourceMap

_MOST_BYTES = 32 * 1024 * 1024  # of YAML with objects in one package; what comes behind is not read
# A member of the root of some document, or one of a list of objects.
_MARKS = lazy_pattern(r"""^\ufeff?(?:[ -]*|\{[ \t]*)["']?apiVersion["']?[ \t]*:""", re.MULTILINE)
_MOST_COMPARED = 10_000  # pods that have the rarest label of a selector
# Marks of Helm, Jinja and scripts, which make a text YAML only when they are filled in.
_TEMPLATED = lazy_pattern(r"\{\{|\{%|<%|[@%][A-Za-z_]\w{0,60}[@%]")


class Unread(NamedTuple):
    """A file that was not looked into: because of the problem, or, without one, because there is too much before it."""

    document: Document
    problem: SyntaxProblem | None


@dataclass(frozen=True)
class Payload:
    """Files with Kubernetes objects, in order of names; `rendered` tells that Helm made them for one release.

    `settings` are the values that Helm is handed. `unread` are files that look like more of either and cannot be read,
    or are too much.
    """

    manifests: tuple[Manifest, ...]
    rendered: bool = False
    kustomized: Kustomized = NOTHING_KUSTOMIZED
    unread: tuple[Unread, ...] = ()
    settings: tuple[Settings, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at."""
        return not (self.manifests or self.unread or self.settings or self.kustomized.literals)

    @cached_property
    def objects(self) -> tuple[KubernetesObject, ...]:
        """Every object."""
        return tuple(one for manifest in self.manifests for one in manifest.objects)

    @cached_property
    def pods(self) -> tuple[Pod, ...]:
        """The pods of every workload."""
        return tuple(one for manifest in self.manifests for one in manifest.pods())

    @cached_property
    def containers(self) -> tuple[Container, ...]:
        """Every container of every pod."""
        return tuple(one for pod in self.pods for one in pod.containers())

    def selected(self, by: KubernetesObject, selector: Mapping[str, Any]) -> list[Pod]:
        """The pods that a selector of an object fits, in the namespaces that it reaches."""
        pairs = self._pods_by_label
        wanted = inside(selector, "matchLabels")
        labels = wanted.items() if isinstance(wanted, dict) else ()
        found: Iterator[Sequence[Pod]] = (pairs.get(_pair(*one), ()) for one in labels)
        few = min(found, key=len, default=self.pods)
        return [pod for pod in few[:_MOST_COMPARED] if by.may_reach(pod.owner) and selects(selector, pod.labels)]

    @cached_property
    def _pods_by_label(self) -> dict[tuple[str, str], list[Pod]]:
        found: dict[tuple[str, str], list[Pod]] = {}
        for pod in self.pods:
            for one in pod.labels.items():
                found.setdefault(_pair(*one), []).append(pod)
        return found

    def of_kind(self, *kinds: str) -> Iterator[KubernetesObject]:
        """The objects of some of the kinds of Kubernetes itself."""
        return (one for one in self.objects if one.kind in kinds and not one.is_custom)


def _pair(name: str, value: Any) -> tuple[str, str]:
    return name, value if isinstance(value, str) else repr(value)


def payload_of(bundle: Bundle, *, rendered: bool = False) -> Payload:
    """The payload in the YAML files of a package; nothing where only other files were asked for."""
    found, unread = _read(bundle, rendered=rendered)
    changed = kustomized(tuple(_kustomizations(bundle, found)))
    whole = (one for one in found if one.document.name not in changed.patches)
    manifests = tuple(one for one in map(_deployed, whole) if one.objects)
    values = () if rendered else tuple(_values(bundle))
    settings = [settings_in(one) for one in values]
    settings += [settings_of(one) for manifest in manifests for one in manifest.objects]
    broken = tuple(Unread(one, one.problem) for one in values if one.problem and not _is_template(one.text))
    return Payload(manifests, rendered, changed, (*unread, *broken), tuple(one for one in settings if one is not None))


def _values(bundle: Bundle) -> Iterator[Document]:
    """The files with values of Helm that the user asked about."""
    return (bundle.document(name) for name in bundle.entries if is_values_file(name) and bundle.is_reported(name))


def _is_template(text: str) -> bool:
    return _TEMPLATED.search(text) is not None


def _kustomizations(bundle: Bundle, found: tuple[Manifest, ...]) -> Iterator[Part]:
    """Those that say so, and those that are called so."""
    yield from (one.part for manifest in found for one in manifest.objects if is_kustomization(one))
    read = {manifest.document.name for manifest in found}
    for name in bundle.entries if found else ():
        if is_kustomization_file(name) and name not in read:
            yield from parts_of(manifest_document(bundle.document(name)))


def _read(bundle: Bundle, *, rendered: bool) -> tuple[tuple[Manifest, ...], tuple[Unread, ...]]:
    """The files with objects, and those that cannot be read; a template of Helm or Jinja is no file with objects."""
    names = [name for name in bundle.entries if name.lower().endswith(YAML)]
    found, unread, total = list[Manifest](), list[Unread](), 0
    for document in map(bundle.document, names if any(map(bundle.is_reported, names)) else ()):
        if not rendered and not _may_hold_objects(document.text):
            continue
        total += len(document.text)
        read = manifest_document(document)
        if total > _MOST_BYTES:
            unread.append(Unread(document, None))
        elif (manifest := read_manifest(read)) is not None:
            found.append(manifest)
        elif read.problem is not None and (rendered or not _is_template(read.text)):
            unread.append(Unread(read, read.problem))
    return tuple(found), tuple(unread)


def _deployed(manifest: Manifest) -> Manifest:
    """The manifest without what is only for kustomize."""
    if not any(map(is_kustomization, manifest.objects)):
        return manifest
    return Manifest(manifest.document, tuple(one for one in manifest.objects if not is_kustomization(one)))


def _may_hold_objects(text: str) -> bool:
    """Whether a text is worth to be read; most YAML files of a package are of another kind."""
    return "apiVersion" in text and "kind" in text and _MARKS.search(text) is not None


def rendered_manifest(name: str, text: str, source_map: SourceMap | None = None) -> Document:
    """The document of Kubernetes objects in a text, several YAML documents with `---` between them.

    `name` ends in `.yaml`. Findings get their `source` from the source map.
    """
    return Document.from_text(name, text, source_map=source_map, kind="yaml-stream")


class PayloadRun(Package):
    """A run of the rules on payloads alone: nothing else is asked of the files, which Helm made."""

    @cached_property
    def payload(self) -> Payload:
        """The objects that Helm made."""
        return payload_of(self.bundle, rendered=True)

    def has(self, kind: Kind) -> bool:
        """Whether there is a payload."""
        return kind == "payload" and super().has(kind)


def payload_run(
    path: str,
    documents: Iterable[Document],
    today: datetime.date,
    *,
    plan: str | None = None,
    kubernetes: KubernetesVersion = DEFAULT_VERSION,
) -> PayloadRun:
    """The run of `engine.run` over what Helm made for one release (`rendered_manifest`), which is checked as PATH."""
    entries = {one.name: _entry(one) for one in documents}
    return PayloadRun(Bundle(path, "offer", plan, entries), today, kubernetes=kubernetes)


def _entry(document: Document) -> Entry:
    data = document.text.encode("utf-8", "surrogatepass")
    return Entry(document.name, len(data), lambda: data, document)
