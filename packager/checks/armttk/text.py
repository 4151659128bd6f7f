"""Raw text as arm-ttk's text checks get it: a document's text, or parts of it put together, with the way back."""

import bisect
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from packager.checks.armttk.caseless import CaselessText
from packager.checks.armttk.locate import Locator
from packager.checks.armttk.patterns import (
    LOWER_PARAMETER,
    LOWER_VARIABLE,
    parameter_name_pattern,
    variable_name_pattern,
)
from packager.checks.armttk.powershell import Pattern
from packager.source.armttk import arm_ttk_text_value
from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.span import Span
from packager.source.spot import Spot

_MARK = "\ufeff"
# As a pattern, such a name stands for nothing but itself.
_MOST_NAMES = 2000  # beyond that, names are taken as they are, to bound the time
_LITERAL_NAME = lazy_pattern(r"[A-Za-z0-9_\-/:@%&=~,;!<>]+")


class SourceText(CaselessText):
    """`value` is made of pieces of `document`'s text: piece n starts at `starts[n]` here, at `offsets[n]` there.

    Text that was put in has the offset of the place where it was put.
    """

    def __init__(
        self,
        document: Document,
        value: str,
        starts: tuple[int, ...] = (0,),
        offsets: tuple[int, ...] = (0,),
        inserted: frozenset[int] = frozenset(),
    ) -> None:
        self.document = document
        self.value = value
        self.starts = starts
        self.offsets = offsets
        self.inserted = inserted

    @classmethod
    def of(cls, document: Document) -> "SourceText":
        """The whole text, without its byte-order mark."""
        marked = document.text.startswith(_MARK)
        return cls(document, document.text[1:] if marked else document.text, (0,), (int(marked),))

    def offset(self, position: int) -> int:
        """Where the character at `position` stands in the document."""
        piece = bisect.bisect_right(self.starts, position) - 1
        return self.offsets[piece] + (0 if piece in self.inserted else position - self.starts[piece])

    def spot(self, start: int, end: int) -> Spot:
        """The place in the document of the text `[start, end)`."""
        first = self.offset(start)
        return Spot(self.document, span=Span(first, max(first, self.offset(end - 1) + 1 if end > start else first)))

    def replaced(self, start: int, end: int, text: str) -> "SourceText":
        """The text with `[start, end)` replaced by `text`."""
        before, after = self.cut(0, start), self.cut(end, len(self.value))
        shift = start + len(text)
        count = len(before.starts)
        inserted = before.inserted | {count} | {number + count + 1 for number in after.inserted}
        return SourceText(
            self.document,
            before.value + text + after.value,
            (*before.starts, start, *(one + shift for one in after.starts)),
            (*before.offsets, self.offset(start), *after.offsets),
            frozenset(inserted),
        )

    def without(self, spans: Sequence[Span], text: str) -> "SourceText":
        """The text with each of the spans, which are in order and apart, replaced by `text`: all in one pass."""
        values: list[str] = []
        starts: list[int] = []
        offsets: list[int] = []
        inserted: set[int] = set()
        length = position = 0
        for span in (*spans, None):
            kept = self.cut(position, len(self.value) if span is None else span.start)
            starts += [one + length for one in kept.starts]
            inserted.update(number + len(offsets) for number in kept.inserted)
            offsets += kept.offsets
            values.append(kept.value)
            length += len(kept.value)
            if span is not None:
                inserted.add(len(offsets))
                starts.append(length)
                offsets.append(self.offset(span.start))
                values.append(text)
                length, position = length + len(text), span.end
        return SourceText(self.document, "".join(values), tuple(starts), tuple(offsets), frozenset(inserted))

    def cut(self, start: int, end: int) -> "SourceText":
        """The part `[start, end)` as a text of its own."""
        first = bisect.bisect_right(self.starts, start) - 1
        last = max(bisect.bisect_left(self.starts, end), first + 1)
        starts = tuple(max(one - start, 0) for one in self.starts[first:last])
        offset = self.offsets[first] + (0 if first in self.inserted else start - self.starts[first])
        offsets = (offset, *self.offsets[first + 1 : last])
        inserted = frozenset(number - first for number in self.inserted if first <= number < last)
        return SourceText(self.document, self.value[start:end], starts, offsets, inserted)

    @cached_property
    def json(self) -> Any:
        """What arm-ttk reads from the text; None where it reads nothing."""
        return arm_ttk_text_value(self.value)

    @cached_property
    def locator(self) -> Locator:
        """Finds paths in the text."""
        return Locator(self.value)

    @cached_property
    def parameters(self) -> dict[str, list[Span]]:
        """References `parameters('x')` by name in lower case, as spans of this text."""
        return _references(LOWER_PARAMETER, self.lowered)

    @cached_property
    def variables(self) -> dict[str, list[Span]]:
        """References `variables('x')` by name in lower case, as spans of this text."""
        return _references(LOWER_VARIABLE, self.lowered)

    def references_to_parameter(self, name: str) -> list[Span]:
        """The references to one parameter in order. Raises BadPatternError for a name that is no valid pattern."""
        return _named(self.parameters, name, parameter_name_pattern)

    def references_to_variable(self, name: str) -> list[Span]:
        """The references to one variable in order. Raises BadPatternError for a name that is no valid pattern."""
        return _named(self.variables, name, variable_name_pattern)


def _named(found: dict[str, list[Span]], name: str, pattern_of: Callable[[str], Pattern]) -> list[Span]:
    if _LITERAL_NAME.fullmatch(name) or len(found) > _MOST_NAMES:
        return found.get(name.lower(), [])
    pattern = pattern_of(name)
    return sorted(
        (span for known, spans in found.items() if pattern.fullmatch(known) for span in spans),
        key=lambda span: span.start,
    )


def _references(pattern: Pattern, text: str) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for match in pattern.finditer(text):
        found.setdefault(match[1], []).append(Span(*match.span()))
    return found
