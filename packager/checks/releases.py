"""What rules on a release look at: a line of releases.json, its values and, where it is at hand, its chart."""

import os
import posixpath
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from packager.bundle.model import Bundle
from packager.errors import PackagerError
from packager.helm.archive import digest_of, read_files
from packager.helm.coalesce import scopes
from packager.helm.names import FOLDER, RELEASES
from packager.helm.shelf import VARIABLE, chart_at_hand, pull_words
from packager.helm.tree import ChartTree
from packager.helm.valuesschema import Comparable, comparable
from packager.source.document import Document
from packager.source.schema import SchemaProblem, problems, schema_problem
from packager.source.span import Path
from packager.source.spot import Spot

MOST_RELEASES = 200
MOST_PROBLEMS = 100


class Refused(NamedTuple):
    """What the schema of a chart finds wrong; `path` leads to it from the values of the release."""

    path: Path
    chart: str
    problem: SchemaProblem


@dataclass(eq=False, repr=False)
class Release:
    """A release at `at` of releases.json; `fetched` is the archive of a chart that somebody went for."""

    bundle: Bundle
    document: Document
    at: Path
    name: str
    namespace: str
    chart: str
    version: str
    archive_name: str | None
    repository: str | None
    digest: str | None
    values: Document | None
    fetched: bytes | None = None

    @property
    def title(self) -> str:
        """The chart as messages name it."""
        return f"chart '{self.chart}' {self.version}"

    def spot(self, *steps: str | int) -> Spot:
        """A place in the release's line of releases.json."""
        return Spot(self.document, (*self.at, *steps))

    @cached_property
    def archive(self) -> bytes | None:
        """The chart's archive; None where it is not at hand, or not the one that its digest names."""
        found = self._packed() if self.archive_name else self.fetched
        if found is None and not self.archive_name:
            found = chart_at_hand(os.environ, self.chart, self.version)
        return found if found is not None and self.digest in {None, digest_of(found)} else None

    @property
    def absence(self) -> str:
        """Why the chart is not at hand, and what to do about it."""
        if self.archive_name:
            return f"{FOLDER}{self.archive_name} is not in the package, or is not the archive that its digest names"
        file, folder = f"{self.chart}-{self.version}.tgz", os.environ.get(VARIABLE)
        other = chart_at_hand(os.environ, self.chart, self.version)
        if other is not None:
            return f"the one in '{folder}' has another digest, {digest_of(other)}"
        way = f" (or have it fetched: {self._pull(folder or 'DIR')})" if self.repository else ""
        if folder:
            return f"put {file} into '{folder}', the folder that {VARIABLE} names{way}"
        return f"put {file} into a folder DIR, and name DIR in {VARIABLE}{way}"

    def _pull(self, folder: str) -> str:
        """The command that puts the chart's archive into a folder."""
        import shlex  # only where a chart is missing

        words = ("helm", *pull_words(self.repository or "", self.chart, self.version), "--destination", folder)
        return shlex.join(words)

    @cached_property
    def tree(self) -> ChartTree | None:
        """The chart with the charts in it; None where it is not at hand or cannot be read."""
        try:
            return ChartTree(read_files(self.archive)) if self.archive is not None else None
        except PackagerError:
            return None

    @cached_property
    def schemas(self) -> dict[ChartTree, Comparable]:
        """The schemas of the chart and of the charts in it, as far as they can be compared."""
        trees = self.tree.every() if self.tree is not None else ()
        return {one: comparable(one.schema, is_usable) for one in trees if one.schema}

    @cached_property
    def refused(self) -> tuple[Refused, ...]:
        """What the schemas of the chart, and of the charts in it that are switched on, refuse in the values."""
        values = self.values.value if self.values is not None else {}
        if self.tree is None or not isinstance(values, dict | None) or not self.schemas:
            return ()
        found = []
        for scope in scopes(self.tree, values or {}):
            if scope.chart in self.schemas and not schema_problem(self.schemas[scope.chart].schema):
                for one in problems(scope.values, self.schemas[scope.chart].schema, {})[:MOST_PROBLEMS]:
                    found.append(Refused((*scope.path, *one.path), scope.chart.title, one))  # noqa: PERF401
        return tuple(found)

    def _packed(self) -> bytes | None:
        entry = self.bundle.entries.get(FOLDER + (self.archive_name or ""))
        try:
            return entry.read() if entry is not None else None
        except PackagerError:
            return None


@lru_cache(maxsize=512)
def is_usable(pattern: str) -> bool:
    """Whether a pattern of a schema may be tried: one that Python takes, too, and that does not run for ever."""
    from packager.ui.patterns import MAX_LENGTH, is_catastrophic  # few charts have a schema with patterns

    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return len(pattern) <= MAX_LENGTH and not is_catastrophic(pattern)


def releases_of(bundle: Bundle) -> tuple[Release, ...]:
    """The releases of a package, in the order of installation; none where releases.json is not as it should be."""
    document = bundle.lookup(RELEASES)
    listed = document.at(("releases",)) if document is not None else None
    if document is None or not isinstance(listed, list):
        return ()
    lines = ((("releases", index), line) for index, line in enumerate(listed[:MOST_RELEASES]))
    return tuple(_release(bundle, document, at, line) for at, line in lines if _is_release(line))


def _is_release(line: Any) -> bool:
    chart = line.get("chart") if isinstance(line, dict) else None
    if not isinstance(chart, dict):
        return False
    needed = (line.get("release"), line.get("namespace"), chart.get("name"), chart.get("version"))
    optional = (line.get("values"), chart.get("archive"), chart.get("repository"), chart.get("digest"))
    return all(isinstance(one, str) for one in needed) and all(isinstance(one, str | None) for one in optional)


def _release(bundle: Bundle, document: Document, at: Path, line: dict[str, Any]) -> Release:
    chart, values = line["chart"], line.get("values")
    return Release(
        bundle=bundle,
        document=document,
        at=at,
        name=line["release"],
        namespace=line["namespace"],
        chart=chart["name"],
        version=chart["version"],
        archive_name=chart.get("archive"),
        repository=chart.get("repository"),
        digest=chart.get("digest"),
        values=bundle.lookup(posixpath.join(FOLDER, values)) if values else None,
    )
