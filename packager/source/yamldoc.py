"""YAML as JSON-like values with positions, from PyYAML's events: known tags, bounded aliases.

A text is one document, or a stream of them, which is read as their list. Aliases become copies, so that values are
plain trees; an alias in a path leads to the place of its anchor. Nothing recurses on input but copying, which the depth
limit bounds.
"""

import math
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from packager.source.foreign import foreign
from packager.source.layout import NO_NAME
from packager.source.limits import LIMITS, Limits
from packager.source.positions import Positions
from packager.source.reading import Notes, Reading, SyntaxProblem, refused
from packager.source.span import LineIndex, Span
from packager.source.yamlscalars import UnknownTagError, scalar, shown

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COLLECTIONS = {"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "!"}
_MERGE = "<<"


def read_yaml(text: str, *, limits: Limits = LIMITS, stream: bool = False) -> tuple[Reading, Positions]:
    """The value of a YAML text with its deviations, or the problem; and the spans of everything in it.

    The value of a `stream` is the list of its documents, null for an empty one; else more than one is a problem.
    """
    composer = _Composer(text, limits, stream=stream)
    positions = Positions(composer)
    try:
        composer.run()
    except _Refusal as refusal:
        return refused(refusal.problem, composer.notes.in_order()), positions
    except yaml.YAMLError as error:
        return refused(_explained(error, text, composer.shift), composer.notes.in_order()), positions
    return Reading(composer.root, None, composer.notes.in_order()), positions


class _Refusal(Exception):
    """Ends the reading; never leaves this module."""

    def __init__(self, problem: SyntaxProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(slots=True)
class _Open:
    """A collection being read; `made` is how many values there were before it, `height` the levels below it."""

    node: int
    value: dict[str, Any] | list[Any]
    anchor: str | None
    made: int
    block: bool
    height: int = 0
    name: str | None = None
    name_span: Span | None = None
    merging: bool = False
    merges: list[tuple[int, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Anchored:
    node: int
    value: Any
    size: int
    height: int
    written: str | None


class _Composer:
    """Turns events into values and is the `Shape` of the text; `made` counts values, copies included."""

    def __init__(self, text: str, limits: Limits, *, stream: bool) -> None:
        self.text = text
        self.limits = limits
        self.stream = stream
        self.shift = 1 if text.startswith("\ufeff") else 0
        self.root: Any = None
        self.notes = Notes(limits.deviations)
        self.starts, self.ends = array("i"), array("i")
        self.name_starts, self.name_ends = array("i"), array("i")
        self.below: dict[int, dict[str | int, int]] = {}
        self.around: list[_Open] = []
        self.anchors: dict[str, _Anchored | None] = {}
        self.made = 0
        self.copied = 0
        self.documents = 0

    def steps(self, node: int) -> Mapping[str | int, int]:
        """The nodes in a collection; those that came through a merge stand where they were written."""
        return self.below.get(node, {})

    def run(self) -> None:
        """Read the whole text."""
        self._look_at_text()
        if self.shift:
            self._note("byte-order-mark", Span(0, 1), "the file starts with a byte-order mark")
        if self.stream:
            self._open_stream()
        for event in yaml.parse(self.text[self.shift :], Loader=_LOADER):
            self._event(event)
        if not self.starts:
            self._node(Span(len(self.text), len(self.text)))

    def _open_stream(self) -> None:
        """Put a list around the documents, as long as the text."""
        documents: list[Any] = []
        self.below[self._node(Span(0, len(self.text)))] = {}
        self.root = documents
        self.around.append(_Open(0, documents, None, 0, block=True))

    def _look_at_text(self) -> None:
        if len(self.text) > self.limits.bytes:
            self._refuse(f"the file has more than {self.limits.bytes:,} bytes, which is the limit", Span(0, 0))
        if bad := yaml.reader.Reader.NON_PRINTABLE.search(self.text):
            self._refuse(f"the character U+{ord(bad[0]):04X} cannot stand in YAML", Span(bad.start(), bad.end()))

    def _event(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._enter(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._leave(self._span(event))
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.DocumentStartEvent():
                self.documents += 1
                self.anchors.clear()
                if self.documents > 1 and not self.stream:
                    self._refuse(
                        "the file has more than one YAML document", self._span(event), "keep one, without '---'"
                    )

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark.index + self.shift, event.end_mark.index + self.shift
        # Block scalars and collections end where the next token starts.
        return Span(start, start + len(self.text[start:end].rstrip()))

    def _scalar(self, event: Any) -> None:
        span = self._span(event)
        if self._wants_name():
            self._take_name(event.value, span, merging=event.value == _MERGE and not event.style)
            return
        plain = not event.style and event.implicit[0]
        try:
            value = scalar(event.value, event.tag, plain=plain)
        except UnknownTagError as error:
            self._refuse(str(error), span, "YAML here has the types of JSON only")
        except ValueError as error:
            self._refuse(str(error), span)
        if isinstance(value, float) and not math.isfinite(value):
            self._note("literal", span, f"JSON has no {event.value[:80]}")
        node = self._node(span)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(node, value, 1, 0, event.value)
        self._attach(node, value, 0)

    def _enter(self, event: Any) -> None:
        start = self._span(event).start
        mapping = isinstance(event, yaml.MappingStartEvent)
        if self._wants_name():
            self._refuse(
                "a list or mapping cannot be a property name",
                self._span(event),
                "write the name as text; braces of a template may be left in the file",
            )
        if event.tag is not None and event.tag not in _COLLECTIONS:
            self._refuse(f"the tag {shown(event.tag)} is not known here", self._span(event))
        node = self._node(Span(start, start))
        self.below[node] = {}
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        value: dict[str, Any] | list[Any] = {} if mapping else []
        self.around.append(_Open(node, value, event.anchor, self.made - 1, not event.flow_style))
        self._limit_depth(len(self.around), start)

    def _leave(self, end: Span) -> None:
        closed = self.around.pop()
        self.ends[closed.node] = self._last_end(closed.node) if closed.block else end.end
        value = self._merged(closed) if closed.merges else closed.value
        if closed.anchor is not None:
            size = self.made - closed.made
            self.anchors[closed.anchor] = _Anchored(closed.node, value, size, closed.height + 1, None)
        self._attach(closed.node, value, closed.height + 1)

    def _last_end(self, node: int) -> int:
        # The last node made is the last one in the text that belongs to a block collection.
        return max(self.starts[node], self.ends[-1])

    def _alias(self, event: Any) -> None:
        span = self._span(event)
        anchored = self.anchors.get(event.anchor)
        if anchored is None:
            known = event.anchor in self.anchors
            self._refuse(
                f"the alias *{event.anchor} {'stands inside its own anchor' if known else 'has no anchor'}", span
            )
        if self._wants_name():
            if anchored.written is None:
                self._refuse("a list or mapping cannot be a property name", span)
            self._take_name(anchored.written, span, merging=False)
            return
        self.copied += anchored.size
        if self.copied > self.limits.yaml_copies:
            self._refuse(
                f"the aliases stand for more than {self.limits.yaml_copies:,} values, which is the limit", span
            )
        self._limit_depth(len(self.around) + anchored.height, span.start)
        node = self._node(span)
        self.made += anchored.size - 1
        self.below[node] = self.below.get(anchored.node, {})
        self._attach(node, _copy(anchored.value), anchored.height)

    def _node(self, span: Span) -> int:
        name = self.around[-1].name_span if self.around else None
        self.starts.append(span.start)
        self.ends.append(span.end)
        self.name_starts.append(name.start if name else NO_NAME)
        self.name_ends.append(name.end if name else NO_NAME)
        self.made += 1
        return len(self.starts) - 1

    def _wants_name(self) -> bool:
        return bool(self.around) and isinstance(self.around[-1].value, dict) and self.around[-1].name is None

    def _take_name(self, name: str, span: Span, *, merging: bool) -> None:
        inside = self.around[-1]
        inside.name, inside.name_span, inside.merging = name, span, merging
        if not merging and name in inside.value:
            self._note(
                "duplicate-key", span, f"the property '{name[:80]}' is here for the second time; the last one counts"
            )

    def _attach(self, node: int, value: Any, height: int) -> None:
        if not self.around:
            self.root = value
            return
        inside = self.around[-1]
        inside.height = max(inside.height, height)
        if isinstance(inside.value, list):
            self.below[inside.node][len(inside.value)] = node
            inside.value.append(value)
        elif inside.merging:
            inside.merges.append((node, value))
        elif inside.name is not None:
            self.below[inside.node][inside.name] = node
            inside.value[inside.name] = value
        inside.name, inside.name_span, inside.merging = None, None, False

    def _merged(self, closed: _Open) -> dict[str, Any]:
        """The mapping with what `<<` brings in: own properties win, then what was named first."""
        assert isinstance(closed.value, dict), "only mappings have names"
        own, steps = closed.value, self.below[closed.node]
        merged: dict[str, Any] = {}
        for node, value in self._sources(closed):
            for name, item in value.items():
                if name not in own and name not in merged:
                    merged[name] = item
                    steps[name] = self.below[node][name]
        return {**merged, **own}

    def _sources(self, closed: _Open) -> Iterator[tuple[int, dict[str, Any]]]:
        """Node and value of every mapping that is merged in."""
        for node, value in closed.merges:
            listed = (
                [(self.below[node][step], item) for step, item in enumerate(value)] if isinstance(value, list) else []
            )
            for source, item in listed or [(node, value)]:
                if not isinstance(item, dict):
                    span = Span(self.starts[node], self.ends[node])
                    self._refuse("'<<' takes a mapping or a list of mappings", span, "quote it when it is a plain name")
                yield source, item

    def _limit_depth(self, depth: int, start: int) -> None:
        if depth > self.limits.depth:
            message = f"lists and mappings are nested more than {self.limits.depth} levels deep"
            self._refuse(message, Span(start, start + 1))

    def _note(self, kind: str, span: Span, message: str) -> None:
        self.notes.add(kind, span.start, span.end, message)

    def _refuse(self, message: str, span: Span, hint: str | None = None) -> NoReturn:
        raise _Refusal(SyntaxProblem(message, span, foreign(self.text, span.start) or hint))


def _copy(value: Any) -> Any:
    # Plain loops, because in Python 3.11 a comprehension takes a second stack frame at every level.
    if isinstance(value, dict):
        members: dict[str, Any] = {}
        for name, item in value.items():
            members[name] = _copy(item)
        return members
    if isinstance(value, list):
        items: list[Any] = []
        for item in value:
            items.append(_copy(item))  # noqa: PERF401
        return items
    return value


def _explained(error: yaml.YAMLError, text: str, shift: int) -> SyntaxProblem:
    if not isinstance(error, yaml.MarkedYAMLError):
        return SyntaxProblem(f"the file is not YAML: {error}", Span(0, 0))
    mark = error.problem_mark or error.context_mark
    start = _in_text(mark.index + shift, text) if mark is not None else 0
    message = error.problem or error.context or "the file is not YAML"
    if error.context and error.context_mark is not None:
        begun = _in_text(error.context_mark.index + shift, text)
        message += f", {error.context} that starts at line {LineIndex(text).place(begun, begun).line}"
    return SyntaxProblem(
        message, Span(start, min(start + 1, len(text))), foreign(text, start) or _hint(message, text, start)
    )


def _in_text(index: int, text: str) -> int:
    """An index; for one behind all that is written, where an editor may have no line, the last character's."""
    last = len(text.rstrip()) - 1
    return index if index <= last else max(last, 0)


def _hint(message: str, text: str, start: int) -> str | None:
    if "\t" in text[start : start + 1] or "\t" in text[text.rfind("\n", 0, start) + 1 : start]:
        return "YAML is indented with spaces, not with tabs"
    if "mapping values are not allowed" in message:
        return "a text with ': ' in it needs quotes; or the line above is indented differently"
    if "expected key" in message or "expected <block end>" in message or "block collection" in message:
        return "look at the indentation of this line and the one above"
    if "cannot start any token" in message:
        return "a text that starts with this character needs quotes"
    return None
