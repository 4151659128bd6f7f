"""What the readers of offer.yaml and listing.yaml share: a document, its repository, and the problems found so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from packager.errors import PackagerError
from packager.offer.repository import Repository, root_relative
from packager.source import schema
from packager.source.document import Document
from packager.source.span import Path, Place, Span

Answer = TypeVar("Answer")
OfferCode = Literal[
    "chart-digest-missing",
    "delimiters-unused",
    "lock-stale",
    "offer-chart",
    "offer-name",
    "offer-path",
    "offer-schema",
    "offer-syntax",
    "offer-variable",
]


@dataclass(frozen=True, slots=True)
class OfferProblem:
    """One thing that is wrong in an offer or listing file, at `path` of `document`.

    With `key` the name at `path` is meant, not its value. `span` is set where the place is no value: a syntax error.
    """

    path: Path
    message: str
    document: Document
    code: OfferCode
    severity: Literal["error", "warning"] = "error"
    key: bool = False
    span: Span | None = None

    @property
    def place(self) -> Place:
        """Line and column in the document."""
        span = self.span if self.span is not None else self.document.span(self.path, key=self.key)
        return self.document.place_of(span)


class Reading:
    """A document that is being read, in the folder its `./` paths are relative to."""

    __slots__ = ("document", "folder", "problems", "repository")

    def __init__(self, document: Document, repository: Repository) -> None:
        self.document = document
        self.repository = repository
        self.folder = document.name.rpartition("/")[0]
        self.problems: list[OfferProblem] = []

    @property
    def failed(self) -> bool:
        """Whether any problem so far is an error."""
        return any(problem.severity == "error" for problem in self.problems)

    def report(self, at: Path, message: str, code: OfferCode, severity: Literal["error", "warning"] = "error") -> None:
        """Remember a problem."""
        self.problems.append(OfferProblem(at, message, self.document, code, severity))

    def attempt(self, at: Path, action: Callable[[], Answer], otherwise: Answer) -> Answer:
        """The answer of `action`; when it refuses, that is reported at `at` and `otherwise` stands in."""
        try:
            return action()
        except PackagerError as error:
            self.report(at, f"{error.message}; {error.hint}" if error.hint else error.message, "offer-path")
            return otherwise

    def file(self, written: str, at: Path) -> str:
        """The name from the repository root of the file that `written` means; what is wrong with it is reported."""

        def find() -> str:
            name = root_relative(written, self.folder)
            self.repository.file(name)
            return name

        return self.attempt(at, find, written)

    def accepts(self, definition: Mapping[str, Any]) -> bool:
        """Whether the document is readable and has the shape that the JSON Schema `definition` asks for."""
        if (syntax := self.document.problem) is not None:
            message = f"{syntax.message}; {syntax.hint}" if syntax.hint else syntax.message
            self.problems.append(OfferProblem((), message, self.document, "offer-syntax", span=syntax.span))
            return False
        for deviation in self.document.deviations:
            if deviation.kind == "duplicate-key":
                problem = OfferProblem((), deviation.message, self.document, "offer-syntax", span=deviation.span)
                self.problems.append(problem)
        for found in schema.problems(self.document.value, definition, {}):
            self.problems.append(
                OfferProblem(found.path, found.message, self.document, "offer-schema", key=found.on_key)
            )
        return not self.failed
