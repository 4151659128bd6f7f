"""An offer and its parts: frozen values, each of which knows where in offer.yaml it stands (`at`)."""

import pathlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from packager.offer.store import Amendment, Audience, Metering, Selling
from packager.source.document import Document
from packager.source.span import Path

if TYPE_CHECKING:
    from packager.offer.lock import Lock

Kind = Literal["managed-application", "solution-template"]


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The strings that Jinja reads as the start and end of its blocks, variables and comments."""

    block: tuple[str, str] = ("{%", "%}")
    variable: tuple[str, str] = ("{{", "}}")
    comment: tuple[str, str] = ("{#", "#}")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that a document of the package is made from; `path` is relative to the repository root."""

    path: str
    delimiters: Delimiters
    at: Path


@dataclass(frozen=True, slots=True)
class ArtifactFile:
    """One further file of the package: where it comes from and its name in the zip."""

    source: str
    name: str


@dataclass(frozen=True, slots=True)
class Artifact:
    """A line of `artifacts:` and the files that it stands for, sorted by name."""

    source: str
    to: str
    delimiters: Delimiters
    files: tuple[ArtifactFile, ...]
    at: Path


@dataclass(frozen=True, slots=True)
class ChartReference:
    """Where a release's chart comes from: a folder or an archive of the repository, or a chart repository.

    `location` is the path of the folder or archive, or the URL of the chart repository, which alone needs `name` and
    `version`. `digest` is `sha256:` and 64 hexadecimal digits.
    """

    kind: Literal["folder", "archive", "repository"]
    location: str
    name: str | None
    version: str | None
    digest: str | None
    at: Path


@dataclass(frozen=True, slots=True)
class HelmRelease:
    """A Helm release that the package's install script makes; later values files win over earlier ones."""

    release: str
    namespace: str
    chart: ChartReference
    values: tuple[SourceFile, ...]
    at: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of the offer, which becomes one package."""

    id: str
    kind: Kind
    version: str
    ui: SourceFile
    template: SourceFile
    view: SourceFile | None
    variables: Mapping[str, Any]
    artifacts: tuple[Artifact, ...]
    helm: tuple[HelmRelease, ...]
    at: Path


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom customers or the store reach."""

    name: str
    email: str
    phone: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A titled address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image or a document of the listing and the words that stand beside it."""

    path: str
    caption: str
    at: Path


@dataclass(frozen=True, slots=True)
class Video:
    """A video of the listing; `thumbnail` is a path."""

    name: str
    url: str
    thumbnail: str | None
    at: Path


@dataclass(frozen=True, slots=True)
class PlanListing:
    """The texts of one plan in the store."""

    plan: str
    name: str | None
    summary: str | None
    description: str | None
    at: Path
    selling: Selling


@dataclass(frozen=True, slots=True)
class Listing:
    """The offer's page in the store; absent texts are None, so that rules can tell absent from empty.

    `at` of its parts leads into `document`, not into offer.yaml. `logos` maps large, medium, small, wide and hero to
    paths.
    """

    file: pathlib.Path
    document: Document = field(repr=False, compare=False)
    name: str | None
    summary: str | None
    short_description: str | None
    description: str | None
    language: str | None
    keywords: tuple[str, ...]
    categories: Mapping[str, tuple[str, ...]]
    privacy_policy: str | None
    terms: str | None
    links: tuple[Link, ...]
    support: Contact | None
    engineering: Contact | None
    channel: Contact | None
    amendment: str | None
    amendments: tuple[Amendment, ...]
    preview_audience: tuple[Audience, ...] | None
    metering: Metering | None
    logos: Mapping[str, str]
    screenshots: tuple[Picture, ...]
    videos: tuple[Video, ...]
    documents: tuple[Picture, ...]
    plans: tuple[PlanListing, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A whole offer; `root` is the repository root, which every path of the offer is relative to."""

    id: str
    publisher: str
    kind: Kind
    version: str
    plans: tuple[Plan, ...]
    listing: Listing | None
    variables: Mapping[str, Any]
    file: pathlib.Path
    root: pathlib.Path
    document: Document = field(repr=False, compare=False)
    lock: "Lock | None" = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The offer file's path from the repository root, with forward slashes."""
        return self.file.relative_to(self.root).as_posix()
