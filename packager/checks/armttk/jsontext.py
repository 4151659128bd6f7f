"""PowerShell's ConvertTo-Json (7.x): the text that some checks search, with the way back to the values in it.

What lies deeper than the depth it is called with is written as its string form, so that a nested object becomes
`"@{name=value}"` and what is in it in turn is lost. The line breaks and blanks between values are left out here: no
check can tell.
"""

import bisect
import json
import re
from functools import cached_property
from typing import Any

from packager.checks.armttk.caseless import CaselessText
from packager.checks.armttk.patterns import LOWER_PARAMETER, inside_expression, list_functions
from packager.checks.armttk.powershell import text_of
from packager.source.armttk import Date
from packager.source.lazy import lazy_pattern
from packager.source.span import Path, Span

DEFAULT_DEPTH = 2
WHOLE = 10_000  # more than any document has
_ESCAPED = lazy_pattern(r'[\\"\x00-\x1f\x85\u2028\u2029]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class JsonText(CaselessText):
    """The text of a value; from `starts[n]` on it stands for the value, or the key, at `paths[n]`.

    `extents` has the place of each object and list by its identity.
    """

    def __init__(self, value: str) -> None:
        self.value = value
        self.starts: list[int] = []
        self.paths: list[Path] = []
        self.extents: dict[int, Span] = {}

    @property
    def whole(self) -> Span:
        """The place of everything."""
        return Span(0, len(self.value))

    def path(self, position: int) -> Path:
        """The path, from the value's root, of what stands at a position; for a key that of its value."""
        number = bisect.bisect_right(self.starts, position) - 1
        return self.paths[number] if number >= 0 else ()

    def in_expression(self, position: int) -> bool:
        """Whether the nearest bracket or quote to the left is a bracket."""
        return inside_expression(self.value, position)

    @cached_property
    def list_calls(self) -> list[Span]:
        """Every `list...(` with the bracket, parenthesis or comma before it."""
        return list(list_functions(self))

    @cached_property
    def _references(self) -> list[tuple[str, Span]]:
        return [(found[1], Span(*found.span())) for found in LOWER_PARAMETER.finditer(self.lowered)]

    def first_references(self, within: Span) -> dict[str, Span]:
        """The first reference to each parameter in that part, by the name in lower case."""
        found: dict[str, Span] = {}
        references = self._references
        number = bisect.bisect_left(references, within.start, key=lambda one: one[1].start)
        while number < len(references) and references[number][1].end <= within.end:
            found.setdefault(*references[number])
            number += 1
        return found


def first_in(spans: list[Span], within: Span) -> Span | None:
    """The first of some sorted places that lies in `within`; None when there is none."""
    number = bisect.bisect_left(spans, within.start, key=lambda one: one.start)
    return spans[number] if number < len(spans) and spans[number].end <= within.end else None


def piped(value: Any, depth: int = DEFAULT_DEPTH) -> JsonText:
    """`$value | ConvertTo-Json -Depth depth`: a list is handed over element by element, one alone without its list."""
    if isinstance(value, list) and len(value) < 2:
        return _converted(value[0], (0,), depth) if value else JsonText("")
    return _converted(value, (), depth)


def _converted(value: Any, path: Path, depth: int) -> JsonText:
    writer = _Writer(depth)
    writer.write(value, path, 0)
    writer.text.value = "".join(writer.parts)
    return writer.text


class _Writer:
    """Puts the text together and notes where each value starts."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.parts: list[str] = []
        self.length = 0
        self.text = JsonText("")

    def put(self, text: str) -> None:
        """Append a text."""
        self.parts.append(text)
        self.length += len(text)

    def mark(self, path: Path) -> None:
        """What follows belongs to `path`."""
        self.text.starts.append(self.length)
        self.text.paths.append(path)

    def write(self, value: Any, path: Path, level: int) -> None:
        """Write a value that lies `level` containers deep. Reading bounds how deep that goes."""
        if not isinstance(value, dict | list) or level > self.depth:
            self.mark(path)
            self.put(_scalar(value))
            return
        start, (opening, closing) = self.length, "{}" if isinstance(value, dict) else "[]"
        self.put(opening)
        for count, (step, item) in enumerate(value.items() if isinstance(value, dict) else enumerate(value)):
            if count:
                self.put(",")
            if isinstance(step, str):
                self.mark((*path, step))
                self.put(f"{quoted(step)}:")
            self.write(item, (*path, step), level + 1)
        self.put(closing)
        self.text.extents[id(value)] = Span(start, self.length)


def _scalar(value: Any) -> str:
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    return quoted(value.text if isinstance(value, Date) else text_of(value))


def quoted(text: str) -> str:
    """A JSON string as Newtonsoft.Json writes it: other characters than these stay as they are."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    return _ESCAPES.get(char, f"\\u{ord(char):04x}")
