"""The package as rules see it: entries by name, documents read on demand, and what went wrong in reading it."""

import posixpath
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from packager.errors import PackagerError
from packager.source.document import Document
from packager.source.limits import LIMITS
from packager.source.reading import SyntaxProblem
from packager.source.span import Span

BundleKind = Literal["folder", "zip", "file", "offer"]

NameProblem = Literal[
    "absolute",
    "backslash",
    "case-duplicate",
    "drive-letter",
    "duplicate",
    "empty-step",
    "file-and-folder",
    "traversal",
    "unnamed",
    "unprintable",
]
EntryProblem = Literal["bomb", "compression", "damaged", "encrypted", "link", "overlap", "special-file", "unreadable"]
WholeProblem = Literal["no-zip", "too-many", "unpacks-too-large", "wrapper"]
if TYPE_CHECKING:  # to put them together takes a millisecond
    ProblemCode = NameProblem | EntryProblem | WholeProblem | Literal["too-large"]


class Entry(NamedTuple):
    """One file of a package; `name` is relative to its root, with forward slashes, and never points outside.

    `read` gives the bytes anew at each call and raises PackagerError when it cannot. `document` is set where the
    text was made in this run and knows its sources.
    """

    name: str
    size: int
    read: Callable[[], bytes]
    document: Document | None = None


class BundleProblem(NamedTuple):
    """What is wrong with an entry before its content is looked at; an empty `name` stands for the whole package.

    `name` and `message` can be printed whatever the entry is called.
    """

    name: str
    message: str
    code: "ProblemCode"


class Bundle:
    """The entries of one package, sorted by name, and their documents, each made once.

    `root` is the PATH as the user gave it, `archive_size` the bytes of the zip that was read. Where `reported` is not
    None, only those entries are the user's question; the others are there to be looked up. An entry with a problem that
    keeps it from being read is not in `entries`. `notes` tell whoever had the package made what was asked for in vain.
    """

    __slots__ = (
        "_documents",
        "_folded",
        "archive_size",
        "entries",
        "kind",
        "notes",
        "plan",
        "problems",
        "reported",
        "root",
    )

    def __init__(
        self,
        root: str,
        kind: BundleKind,
        plan: str | None,
        entries: Mapping[str, Entry],
        problems: Iterable[BundleProblem] = (),
        reported: frozenset[str] | None = None,
        archive_size: int | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        self.root = root
        self.kind: BundleKind = kind
        self.plan = plan
        self.entries: Mapping[str, Entry] = dict(sorted(entries.items()))
        self.problems = tuple(problems)
        self.reported = reported
        self.archive_size = archive_size
        self.notes = notes
        self._documents: dict[str, Document] = {}
        self._folded: dict[str, str] | None = None

    def with_bytes(self, replaced: Mapping[str, bytes]) -> "Bundle":
        """The same package with other bytes in some of its entries."""
        entries = dict(self.entries)
        for name, data in replaced.items():
            entries[name] = Entry(name, len(data), lambda data=data: data)  # type: ignore[misc]
        return Bundle(self.root, self.kind, self.plan, entries, self.problems, self.reported, self.archive_size)

    def document(self, name: str) -> Document:
        """The entry `name` as a document: JSON and YAML by its ending, text else. KeyError when there is none."""
        document = self._documents.get(name)
        if document is None:
            document = self._documents[name] = _document(self.entries[name])
        return document

    def lookup(self, path: str) -> Document | None:
        """The document at `path` from the package's root, names compared exactly; None when there is none."""
        name = normalised(path)
        return self.document(name) if name is not None and name in self.entries else None

    def lookup_any_case(self, path: str) -> str | None:
        """The name of the entry at `path` however it is capitalised; the exact one when it exists."""
        name = normalised(path)
        if name is None or name in self.entries:
            return name
        if self._folded is None:
            self._folded = {entry.casefold(): entry for entry in sorted(self.entries, reverse=True)}
        return self._folded.get(name.casefold())

    def holds(self, name: str) -> bool:
        """Whether there is an entry of that name, be it readable or not."""
        return name in self.entries or any(problem.name == name for problem in self.problems)

    def is_reported(self, name: str) -> bool:
        """Whether findings in the entry answer the user's question."""
        return self.reported is None or name in self.reported


def normalised(path: str) -> str | None:
    """`path` without `.`, `..` and doubled slashes; None when it leaves the package or is its root."""
    if path.startswith("/"):
        return None
    name = posixpath.normpath(path)
    return None if name in {".", ".."} or name.startswith("../") else name


def _document(entry: Entry) -> Document:
    if entry.document is not None:
        return entry.document
    if entry.size > LIMITS.bytes:
        # Not even read: what is that large is no document, and its bytes would fill the memory.
        message = f"the file has {entry.size:,} bytes; a document has {LIMITS.bytes:,} at most"
        return _refused(entry.name, message, "keep generated or binary content out of the file")
    try:
        data = entry.read()
    except PackagerError as error:
        return _refused(entry.name, error.message, error.hint)
    return Document.from_bytes(entry.name, data)


def _refused(name: str, message: str, hint: str | None) -> Document:
    return Document.from_problem(name, SyntaxProblem(message, Span(0, 0), hint))
