"""A chart with the charts that are vendored in it: what each is called in values, what values it has by itself.

Nothing here runs a template. A part that cannot be read is left out: what is wrong with it is said where it is packed.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from packager.errors import PackagerError
from packager.helm.archive import METADATA, MOST_BYTES, read_files
from packager.source.document import Document
from packager.source.lazy import lazy_pattern

MOST_DEPTH = 8  # of charts in charts
MOST_TEMPLATES = 20_000_000  # characters of the templates of one chart
VALUES = "values.yaml"
SCHEMA = "values.schema.json"
_TEMPLATES = lazy_pattern(r"templates/.*\.(?:ya?ml|tpl|txt|json)")

_OBJECTS = lazy_pattern(r"templates/(?:[^/]+/)*[^_/][^/]*\.(?:ya?ml|json)")


class ChartTree:
    """A chart as it lies in a release: `key` is what its parent's values call it, `title` all names on the way to it.

    `folder` is where it lies in the release's own chart, for which it is empty; else it ends in a slash.
    """

    def __init__(
        self,
        files: Mapping[str, bytes],
        key: str | None = None,
        folder: str = "",
        above: "ChartTree | None" = None,
    ) -> None:
        self.files = files
        self.folder = folder
        self.metadata = _mapping(files.get(METADATA, b""), METADATA)
        self.name = _text(self.metadata.get("name")) or key or ""
        self.key = key or self.name
        self.title: str = f"{above.title}/{self.key}" if above is not None else self.name
        self._depth: int = above._depth + 1 if above is not None else 0
        # How many bytes all archives in the release's chart may still unpack to.
        self._left: list[int] = above._left if above is not None else [MOST_BYTES]

    @cached_property
    def values(self) -> Document:
        """The chart's own values.yaml, named from the root of the release's chart."""
        return Document.from_bytes(self.folder + VALUES, self.files.get(VALUES, b""))

    @property
    def defaults(self) -> dict[str, Any]:
        """The chart's own values; none when they cannot be read."""
        value = self.values.value
        return value if isinstance(value, dict) else {}

    @cached_property
    def schema(self) -> dict[str, Any] | None:
        """The chart's values.schema.json; None when it has none, or none that can be read."""
        value = Document.from_bytes(SCHEMA, self.files.get(SCHEMA, b"")).value
        return value if isinstance(value, dict) else None

    @cached_property
    def dependencies(self) -> tuple[dict[str, Any], ...]:
        """What Chart.yaml (in charts of the first version, requirements.yaml) says the chart depends on."""
        listed = self.metadata.get("dependencies")
        if not isinstance(listed, list):
            listed = _mapping(self.files.get("requirements.yaml", b""), "requirements.yaml").get("dependencies")
        return tuple(one for one in listed if isinstance(one, dict)) if isinstance(listed, list) else ()

    @cached_property
    def charts(self) -> tuple["ChartTree", ...]:
        """The vendored charts under every name that they have in values, in order of names."""
        if self._depth >= MOST_DEPTH:
            return ()
        vendored = {tree.name: tree for tree in self._vendored()}
        found = []
        for dependency in self.dependencies:
            tree = vendored.get(_text(dependency.get("name")) or "")
            if tree is not None:
                found.append(self._below(tree.files, tree.folder, dependency_key(dependency)))
        named = {_text(one.get("name")) for one in self.dependencies}
        found += [tree for name, tree in vendored.items() if name not in named]
        return tuple(sorted(found, key=lambda tree: tree.key))

    @cached_property
    def templates(self) -> str:
        """The text of the chart's templates."""
        names = sorted(name for name in self.files if _TEMPLATES.fullmatch(name))
        return "\n".join(self.files[name].decode("utf-8", "replace") for name in names)[:MOST_TEMPLATES]

    @property
    def makes_objects(self) -> bool:
        """Whether it has templates of objects, not only parts of templates and notes."""
        return any(_OBJECTS.fullmatch(name) for name in self.files)

    def every(self) -> Iterator["ChartTree"]:
        """The chart and all that are vendored in it."""
        yield self
        for chart in self.charts:
            yield from chart.every()

    def _vendored(self) -> Iterator["ChartTree"]:
        for name in sorted({name.split("/")[1] for name in self.files if name.startswith("charts/")}):
            inside = f"charts/{name}"
            if inside in self.files:
                yield from self._unpacked(inside)
            elif f"{inside}/{METADATA}" in self.files:
                prefix = f"{inside}/"
                files = {one.removeprefix(prefix): data for one, data in self.files.items() if one.startswith(prefix)}
                yield self._below(files, self.folder + prefix, None)

    def _unpacked(self, archive: str) -> Iterator["ChartTree"]:
        if archive.endswith(".tgz"):
            try:
                files = read_files(self.files[archive], self._left[0])
            except PackagerError:
                return
            self._left[0] -= sum(map(len, files.values()))
            yield self._below(files, f"{self.folder}{archive}/", None)

    def _below(self, files: Mapping[str, bytes], folder: str, key: str | None) -> "ChartTree":
        return ChartTree(files, key, folder, above=self)


def dependency_key(dependency: Mapping[str, Any]) -> str:
    """What the values of its parent call a dependency: its alias, else its name."""
    return _text(dependency.get("alias")) or _text(dependency.get("name")) or ""


def conditions(dependency: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """The paths of values that switch a dependency on and off."""
    written = _text(dependency.get("condition")) or ""
    return tuple(tuple(path.strip().split(".")) for path in written.split(",") if path.strip())


def _mapping(data: bytes, name: str) -> dict[str, Any]:
    value = Document.from_bytes(name, data).value
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
