"""A chart with the charts that are vendored in it: what each is called in values, what values it has by itself.

Nothing here runs a template. A part that cannot be read is left out: what is wrong with it is said where it is packed.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from packager.errors import PackagerError
from packager.helm.archive import METADATA, read_files
from packager.source.document import Document
from packager.source.lazy import lazy_pattern

MOST_DEPTH = 8  # of charts in charts
VALUES = "values.yaml"
SCHEMA = "values.schema.json"
_REMOTE = ("http://", "https://")
_TEMPLATES = lazy_pattern(r"templates/.*\.(?:ya?ml|tpl|txt|json)")


class ChartTree:
    """A chart as it lies in a release: `key` is what its parent's values call it, `folder` where it lies in the root.

    `folder` is empty for the chart of the release itself, else it ends in a slash; `aliased` is the same with the names
    that Helm gives to templates.
    """

    def __init__(
        self, files: Mapping[str, bytes], key: str | None = None, folder: str = "", title: str = "", depth: int = 0
    ) -> None:
        self.files = files
        self.folder = folder
        self.metadata = _mapping(files.get(METADATA, b""), METADATA)
        self.name = _text(self.metadata.get("name")) or key or ""
        self.key = key or self.name
        self.title = title or self.name
        self._depth = depth

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
        """The chart's values.schema.json, without what it takes from elsewhere; None when it has none that is one."""
        found = self._schema[0]
        return found if isinstance(found, dict) else None

    @property
    def schemas_elsewhere(self) -> tuple[str, ...]:
        """The addresses of other hosts that the schema refers to; nothing is ever fetched from there."""
        return self._schema[1]

    @cached_property
    def _schema(self) -> tuple[Any, tuple[str, ...]]:
        value = Document.from_bytes(SCHEMA, self.files.get(SCHEMA, b"")).value
        elsewhere: dict[str, None] = {}
        own = _text(value.get("$id") or value.get("id")) if isinstance(value, dict) else None
        return _without_remote(value, own or "", elsewhere), tuple(elsewhere)

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
        return "\n".join(self.files[name].decode("utf-8", "replace") for name in names)

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
                yield self._below(read_files(self.files[archive]), f"{self.folder}{archive}/", None)
            except PackagerError:
                return

    def _below(self, files: Mapping[str, bytes], folder: str, key: str | None) -> "ChartTree":
        tree = ChartTree(files, key, folder, depth=self._depth + 1)
        tree.title = f"{self.title}/{tree.key}"
        return tree


def dependency_key(dependency: Mapping[str, Any]) -> str:
    """What the values of its parent call a dependency: its alias, else its name."""
    return _text(dependency.get("alias")) or _text(dependency.get("name")) or ""


def conditions(dependency: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """The paths of values that switch a dependency on and off."""
    written = _text(dependency.get("condition")) or ""
    return tuple(tuple(path.strip().split(".")) for path in written.split(",") if path.strip())


def _without_remote(schema: Any, own: str, elsewhere: dict[str, None]) -> Any:
    """A schema that allows anything where it refers to another host, whose addresses are put into `elsewhere`."""
    if isinstance(schema, list):
        return [_without_remote(one, own, elsewhere) for one in schema]
    if not isinstance(schema, dict):
        return schema
    reference = _text(schema.get("$ref")) or ""
    if reference.startswith(_REMOTE) and not (own and reference.startswith(own)):
        elsewhere[reference] = None
        return {}
    return {key: _without_remote(below, own, elsewhere) for key, below in schema.items()}


def _mapping(data: bytes, name: str) -> dict[str, Any]:
    value = Document.from_bytes(name, data).value
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
