"""What rules on a payload look at: the Kubernetes objects in a package, or in what Helm renders, and Helm's values.

What Helm renders is checked by `payload_run`; a document is made of its text by `rendered_manifest`.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from packager.bundle.model import Bundle, Entry
from packager.checks.package import YAML, Package
from packager.checks.rule import Kind
from packager.helm.objects import Container, KubernetesObject, Manifest, Pod, manifest_document, read_manifest
from packager.source.document import Document
from packager.source.sourcemap import SourceMap


class Payload(NamedTuple):
    """The files with Kubernetes objects, in order of names."""

    manifests: tuple[Manifest, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at."""
        return not self.manifests

    def objects(self) -> Iterator[KubernetesObject]:
        """Every object."""
        return (one for manifest in self.manifests for one in manifest.objects)

    def pods(self) -> Iterator[Pod]:
        """The pods of every workload."""
        return (one for manifest in self.manifests for one in manifest.pods())

    def containers(self) -> Iterator[Container]:
        """Every container of every pod."""
        return (one for manifest in self.manifests for one in manifest.containers())


def payload_of(bundle: Bundle) -> Payload:
    """The payload in the YAML files of a package."""
    documents = (bundle.document(name) for name in bundle.entries if name.lower().endswith(YAML))
    found = (read_manifest(manifest_document(one)) for one in documents if _may_hold_objects(one))
    return Payload(tuple(one for one in found if one is not None))


def _may_hold_objects(document: Document) -> bool:
    """Whether it is worth to be read; most YAML files of a package are of another kind."""
    return "apiVersion" in document.text and "kind" in document.text


def rendered_manifest(name: str, text: str, source_map: SourceMap | None = None) -> Document:
    """The document of Kubernetes objects in a text, several YAML documents with `---` between them.

    `name` ends in `.yaml`. Findings get their `source` from the source map.
    """
    return Document.from_text(name, text, source_map=source_map, kind="yaml-stream")


class PayloadRun(Package):
    """A run of the rules on payloads alone: nothing else is asked of the files."""

    def has(self, kind: Kind) -> bool:
        """Whether there is a payload."""
        return kind == "payload" and super().has(kind)


def payload_run(
    path: str, documents: Iterable[Document], today: datetime.date, *, plan: str | None = None
) -> PayloadRun:
    """The run of `engine.run` over documents made by `rendered_manifest`, which are checked as PATH."""
    entries = {one.name: _entry(one) for one in documents}
    bundle = Bundle(path, "offer", plan, entries)
    return PayloadRun(bundle, today)


def _entry(document: Document) -> Entry:
    data = document.text.encode("utf-8", "surrogatepass")
    return Entry(document.name, len(data), lambda: data, document)
