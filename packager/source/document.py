"""A document: a text, the value read from it on first use, and the places of that value's parts."""

from typing import TYPE_CHECKING, Any, Literal

from packager.source import jsonc
from packager.source.decoding import decode
from packager.source.limits import LIMITS, Limits
from packager.source.reading import ABSENT, Deviation, Reading, SyntaxProblem, refused
from packager.source.sourcemap import Origin, SourceMap
from packager.source.span import LineIndex, Path, Place, Span

if TYPE_CHECKING:
    from packager.source.plainpositions import PlainPositions
    from packager.source.positions import Positions

__all__ = ["ABSENT", "Document", "Kind", "kind_of"]

# A YAML stream is a file of several YAML documents; its value is their list. No name of a file tells it.
Kind = Literal["json", "yaml", "yaml-stream", "text"]

_KINDS: dict[str, Kind] = {".json": "json", ".jsonc": "json", ".yaml": "yaml", ".yml": "yaml"}


def kind_of(name: str) -> Kind:
    """How a file of that name is read; anything but JSON and YAML is text."""
    dot = name.rfind(".")
    return _KINDS.get(name[dot:].lower(), "text") if dot >= 0 else "text"


class Document:
    """`name` is as reported, with forward slashes. Nothing here raises on bad content: there is a problem instead."""

    __slots__ = ("_index", "_limits", "_positions", "_reading", "_unreadable", "kind", "name", "source_map", "text")

    def __init__(self, name: str, text: str, kind: Kind, source_map: SourceMap | None, limits: Limits = LIMITS) -> None:
        self.name = name
        self.text = text
        self.kind = kind
        self.source_map = source_map
        self._limits = limits
        self._unreadable: SyntaxProblem | None = None
        self._reading: Reading | None = None
        self._positions: Positions | PlainPositions | None = None
        self._index: LineIndex | None = None

    @classmethod
    def from_text(
        cls,
        name: str,
        text: str,
        *,
        source_map: SourceMap | None = None,
        kind: Kind | None = None,
        limits: Limits = LIMITS,
    ) -> "Document":
        """A document of a text that exists already; `kind` is that of the name unless given."""
        return cls(name, text, kind or kind_of(name), source_map, limits)

    @classmethod
    def from_bytes(cls, name: str, data: bytes, *, kind: Kind | None = None, limits: Limits = LIMITS) -> "Document":
        """A document of a file's bytes; what is not UTF-8 becomes its problem."""
        text, problem = decode(data, limits)
        document = cls(name, text, kind or kind_of(name), None, limits)
        document._unreadable = problem
        return document

    @classmethod
    def from_problem(cls, name: str, problem: SyntaxProblem) -> "Document":
        """A document of a file that exists and cannot be read at all."""
        document = cls(name, "", kind_of(name), None)
        document._unreadable = problem
        return document

    @property
    def reading(self) -> Reading:
        """Value, problem and deviations, read once."""
        if self._reading is None:
            self._reading = self._read()
        return self._reading

    def _read(self) -> Reading:
        if self._unreadable is not None:
            return refused(self._unreadable)
        if self.kind == "json":
            return jsonc.read(self.text, limits=self._limits)
        if self.kind == "text":
            return Reading(self.text, None, ())
        # PyYAML costs more start-up than reading JSON does; only YAML documents pay for it.
        from packager.source.yamldoc import read_yaml

        reading, self._positions = read_yaml(self.text, limits=self._limits, stream=self.kind == "yaml-stream")
        return reading

    @property
    def value(self) -> Any:
        """The value; ABSENT when there is a problem, the text itself for a text document."""
        return self.reading.value

    @property
    def problem(self) -> SyntaxProblem | None:
        """Why there is no value."""
        return self.reading.problem

    @property
    def deviations(self) -> tuple[Deviation, ...]:
        """What was tolerated in reading, in order of place."""
        return self.reading.deviations

    def at(self, path: Path) -> Any:
        """The value at `path`, names compared exactly; ABSENT when there is none."""
        value = self.value
        for step in path:
            inside = step in value if isinstance(value, dict) else _is_index(value, step)
            if not inside:
                return ABSENT
            value = value[step]
        return value

    def span(self, path: Path, *, key: bool = False) -> Span:
        """The span of the value at `path` or of its name; of what does not exist, that of the nearest ancestor."""
        if self.problem is not None:
            return self.problem.span
        if self.kind == "text":
            return Span(0, len(self.text))
        positions = self._located()
        exact = positions.span(path, key=key)
        while exact is None:
            exact = positions.span(path)
            if exact is None and not path:
                return Span(0, len(self.text))
            path = path[:-1]
        return exact

    def path_at(self, offset: int) -> Path:
        """The path of the innermost property or element around the character at `offset`; () where there is none."""
        return self._located().path_at(offset) if self.problem is None and self.kind != "text" else ()

    def _located(self) -> "Positions | PlainPositions":
        if self._positions is None:
            plain = self.reading.is_plain
            self._positions = (
                jsonc.plain_positions(self.text) if plain else jsonc.read_positions(self.text, self._limits)
            )
        return self._positions

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Line and column of `span(path)`."""
        return self.place_of(self.span(path, key=key))

    def place_of(self, span: Span) -> Place:
        """Line and column of a span of the text."""
        return self.lines.place(span.start, span.end)

    @property
    def lines(self) -> LineIndex:
        """The lines of the text."""
        if self._index is None:
            self._index = LineIndex(self.text)
        return self._index

    def origin(self, offset: int) -> Origin | None:
        """File and line of the source that the character at `offset` was rendered from; None without a source map."""
        return self.source_map.origin(offset) if self.source_map is not None else None


def _is_index(value: Any, step: str | int) -> bool:
    return isinstance(value, list) and type(step) is int and 0 <= step < len(value)
