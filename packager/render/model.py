"""What rendering a plan gives: the package's bundle, what went wrong, and which sources each entry was made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from packager.bundle.model import Bundle
from packager.source.sourcemap import Origin

RenderCode = Literal[
    "bicep-error", "chart-error", "lock-stale", "source-error", "template-error", "unused-set", "values-error"
]

# What a source may have and JSON may not, because it does not reach the package, and what rules say about the package
# itself. Everything else that a lenient reader lets pass is an error here.
TOLERATED = frozenset({"comment", "misplaced-comment", "trailing-comma", "byte-order-mark"})
LEFT_TO_RULES = frozenset({"empty-name", "case-duplicate-key", "long-integer"})


@dataclass(frozen=True, slots=True)
class RenderProblem:
    """One thing that keeps a source from becoming a part of the package; `file` is relative to the repository root.

    `template-error` is Jinja's; `source-error` says that what was rendered is no JSON or YAML, or that a file cannot be
    read. `related` leads from the file that was rendered to the one that failed, through includes and macros.
    """

    message: str
    file: str
    line: int
    column: int | None = None
    code: RenderCode = "template-error"
    severity: Literal["error", "warning"] = "error"
    related: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered plan. The bundle holds what could be rendered; `failed` says whether that is all of it."""

    bundle: Bundle
    problems: tuple[RenderProblem, ...]
    sources: Mapping[str, tuple[str, ...]]

    @property
    def failed(self) -> bool:
        """Whether any problem is an error."""
        return any(problem.severity == "error" for problem in self.problems)
