"""Plain values from the layout of a JSON text, and the deviations that only values show, such as repeated names."""

import math
from typing import Any

from packager.source.exact import LONG_INTEGER, exact_float, exact_integer
from packager.source.folding import folded
from packager.source.layout import Layout, name_value
from packager.source.reading import Notes
from packager.source.span import Span
from packager.source.tokens import PLAIN_NUMBER, has_lone_surrogate, lenient_number, string_value

_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None, "": None}


def build(layout: Layout, notes: Notes) -> Any:
    """The value of a complete layout; deviations found on the way go to `notes`."""
    return _Builder(layout, notes).run()


class _Builder:
    """State of one walk: `around` holds the open containers, the node where each ends, and its names by folded form."""

    __slots__ = ("around", "layout", "names", "notes")

    def __init__(self, layout: Layout, notes: Notes) -> None:
        self.layout = layout
        self.notes = notes
        self.around: list[tuple[Any, int, dict[str, str]]] = []
        # Names as written, with what they stand for and their folded form: the same few come again and again.
        self.names: dict[str, tuple[str, str]] = {}

    def run(self) -> Any:
        layout, around = self.layout, self.around
        root = self._value(0)
        if type(root) is dict or type(root) is list:
            around.append((root, layout.past[0], {}))
        for node in range(1, len(layout.starts)):
            while node >= around[-1][1]:
                around.pop()
            value = self._value(node)
            container = around[-1][0]
            if type(container) is list:
                container.append(value)
            else:
                container[self._name(node)] = value
            if type(value) is dict or type(value) is list:
                around.append((value, layout.past[node], {}))
        return root

    def _name(self, node: int) -> str:
        start, end = self.layout.name_starts[node], self.layout.name_ends[node]
        written = self.layout.text[start:end]
        known = self.names.get(written)
        if known is None:
            name = name_value(written)
            known = self.names[written] = name, folded(name)
        name, form = known
        names = self.around[-1][2]
        if form in names or not name or "\\" in written:
            self._look_at_name(name, written, Span(start, end), names.get(form))
        names.setdefault(form, name)
        return name

    def _look_at_name(self, name: str, written: str, span: Span, twin: str | None) -> None:
        if name in self.around[-1][0]:
            again = f"the property '{name[:80]}' is here for the second time; readers keep the last one"
            self.notes.add("duplicate-key", span.start, span.end, again)
        elif twin is not None:
            alike = f"the property '{name[:80]}' differs from '{twin[:80]}' only in case"
            self.notes.add("case-duplicate-key", span.start, span.end, alike)
        if not name:
            self.notes.add("empty-name", span.start, span.end, "a property has an empty name")
        self._look_for_surrogate(written, span.start)

    def _look_for_surrogate(self, written: str, start: int) -> None:
        if has_lone_surrogate(written):
            message = "an escape \\u stands for half a character; it is read as U+FFFD"
            self.notes.add("lone-surrogate", start, start + len(written), message)

    def _value(self, node: int) -> Any:
        start = self.layout.starts[node]
        written = self.layout.text[start : self.layout.ends[node]]
        first = written[:1]
        if first == '"' or first == "'":
            if "\\" not in written:
                return written[1:-1]
            self._look_for_surrogate(written, start)
            return string_value(written)
        if first == "{":
            return {}
        if first == "[":
            return []
        if written in _CONSTANTS:
            return _CONSTANTS[written]
        return self._number(written, start)

    def _number(self, written: str, start: int) -> int | float:
        if not PLAIN_NUMBER.fullmatch(written):
            value = math.nan if written == "NaN" else lenient_number(written)
            assert value is not None, "the scanner lets only numbers through"
            return value
        end = start + len(written)
        if written.removeprefix("-").isdigit():
            if len(written) > LONG_INTEGER:
                message = f"the integer has {len(written)} characters, more than Azure's readers take"
                self.notes.add("long-integer", start, end, message)
            return exact_integer(written)
        number = exact_float(written)
        if math.isinf(number):
            self.notes.add("number", start, end, f"the number {written[:80]} is larger than readers can hold")
        return number
