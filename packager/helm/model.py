"""Charts and what is wrong with them: plain values."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ChartProblem:
    """One thing that is wrong in a file of a chart; `file` is relative to the repository root."""

    message: str
    file: str
    line: int = 1
    column: int = 1
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class ChartFile:
    """A file of a chart, named from the chart's own root."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that can be packed."""

    name: str
    version: str
    files: tuple[ChartFile, ...]

    @property
    def archive_name(self) -> str:
        """The file name that `helm package` would give it."""
        return f"{self.name}-{self.version}.tgz"


@dataclass(frozen=True, slots=True)
class PayloadRelease:
    """A line of releases.json: what the install script installs.

    A chart in the package has an `archive`, one of a chart repository has `repository`.
    """

    release: str
    namespace: str
    chart: str
    version: str
    archive: str | None
    repository: str | None
    digest: str | None
    values: str | None
