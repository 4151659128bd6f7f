"""What a check says: plain values, in the words of the JSON report."""

import enum
from typing import NamedTuple

from packager.source.edits import Edit


class Severity(enum.IntEnum):
    """How bad a finding is; comparable, so that thresholds read as they are meant."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def of(cls, name: str) -> "Severity":
        """The severity called `name`, in any case."""
        return cls[name.upper()]


class Basis(enum.Enum):
    """Who says so: arm-ttk and rightly, arm-ttk and wrongly, or packager alone."""

    BOTH = "both"
    ARM_TTK = "arm-ttk"
    PACKAGER = "packager"

    def __str__(self) -> str:
        return self.value


class SourcePlace(NamedTuple):
    """The source line that a rendered place came from; `file` is relative to the repository root."""

    file: str
    line: int


class Related(NamedTuple):
    """Another place that belongs to a finding."""

    file: str
    line: int
    column: int
    message: str = ""


class Fix(NamedTuple):
    """The edits of the document `file` of the package that take a finding away."""

    file: str
    edits: tuple[Edit, ...]


class Finding(NamedTuple):
    """One statement about one place; lines and columns start at 1.

    `path` is the PATH as the user gave it, `file` is relative to it. `fingerprint` does not depend on lines, so a
    finding keeps it when text above moves.
    """

    rule: str
    severity: Severity
    message: str
    path: str
    plan: str | None
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    pointer: str
    basis: Basis
    arm_ttk: str | None
    fingerprint: str
    source: SourcePlace | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    excerpt: str = ""

    @property
    def fixable(self) -> bool:
        """Whether `--fix` may be able to take it away."""
        return self.fix is not None

    @property
    def rule_id(self) -> str:
        """The rule's id without a sub-id: `outputs-match` of `outputs-match[missing]`."""
        return self.rule.partition("[")[0]
