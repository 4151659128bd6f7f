"""Plain values from the layout of a JSON text, and the deviations that only values show, such as repeated names."""

import math
from typing import Any

from packager.source.exact import exact_float, exact_integer
from packager.source.layout import Layout, name_value
from packager.source.reading import Deviation
from packager.source.span import Span
from packager.source.tokens import PLAIN_NUMBER, has_lone_surrogate, lenient_number, string_value

# Newtonsoft.Json (JsonTextReader) refuses integers with more characters than this.
LONG_INTEGER = 380

_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None, "": None}


def build(layout: Layout) -> tuple[Any, list[Deviation]]:
    """The value of a complete layout, and the deviations found on the way."""
    return _Builder(layout).run()


def folded(name: str) -> str:
    """The form in which names are compared without regard to case: letter by letter, ASCII among itself only."""
    if name.isascii():
        return name.upper()
    return "".join(_folded_letter(letter) for letter in name)


def _folded_letter(letter: str) -> str:
    upper = letter.upper()
    return upper if len(upper) == 1 and upper.isascii() == letter.isascii() else letter


class _Builder:
    """State of one walk: `around` holds the open containers with the node where each ends and its folded names."""

    __slots__ = ("around", "deviations", "layout")

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.deviations: list[Deviation] = []
        self.around: list[tuple[Any, int, dict[str, str]]] = []

    def run(self) -> tuple[Any, list[Deviation]]:
        root: Any = None
        for node in range(len(self.layout.starts)):
            while self.around and node >= self.around[-1][1]:
                self.around.pop()
            value = self._value(node)
            if node == 0:
                root = value
            else:
                self._attach(node, value)
            if type(value) is dict or type(value) is list:
                self.around.append((value, self.layout.past[node], {}))
        return root, self.deviations

    def _attach(self, node: int, value: Any) -> None:
        container, _, names = self.around[-1]
        if type(container) is list:
            container.append(value)
            return
        start, end = self.layout.name_starts[node], self.layout.name_ends[node]
        written = self.layout.text[start:end]
        name = name_value(written)
        self._look_at_name(name, written, Span(start, end), container, names)
        container[name] = value

    def _look_at_name(self, name: str, written: str, span: Span, container: Any, names: dict[str, str]) -> None:
        twin = names.setdefault(folded(name), name)
        if name in container:
            self._note(
                "duplicate-key",
                span,
                f"the property '{name[:80]}' is here for the second time; readers keep the last one",
            )
        elif twin != name:
            self._note(
                "case-duplicate-key", span, f"the property '{name[:80]}' differs from '{twin[:80]}' only in case"
            )
        elif not name:
            self._note("empty-name", span, "a property has an empty name")
        if has_lone_surrogate(written):
            self._note_surrogate(span)

    def _value(self, node: int) -> Any:
        span = Span(self.layout.starts[node], self.layout.ends[node])
        written = self.layout.text[span.start : span.end]
        match written[:1]:
            case "{":
                return {}
            case "[":
                return []
            case '"' | "'":
                if has_lone_surrogate(written):
                    self._note_surrogate(span)
                return string_value(written)
        if written in _CONSTANTS:
            return _CONSTANTS[written]
        return math.nan if written == "NaN" else self._number(written, span)

    def _number(self, written: str, span: Span) -> int | float:
        if not PLAIN_NUMBER.fullmatch(written):
            value = lenient_number(written)
            assert value is not None, "the scanner lets only numbers through"
            return value
        if written.removeprefix("-").isdigit():
            if len(written) > LONG_INTEGER:
                self._note(
                    "long-integer", span, f"the integer has {len(written)} characters, more than Azure's readers take"
                )
            return exact_integer(written)
        number = exact_float(written)
        if math.isinf(number):
            self._note("number", span, f"the number {written[:80]} is larger than readers can hold")
        return number

    def _note_surrogate(self, span: Span) -> None:
        self._note("lone-surrogate", span, "an escape \\u stands for half a character; it is read as U+FFFD")

    def _note(self, kind: str, span: Span, message: str) -> None:
        self.deviations.append(Deviation(kind, span, message))
