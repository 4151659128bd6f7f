"""Empty values as arm-ttk's two checks for blanks find them in raw text, and what keeps them from being reported."""

import bisect
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from packager.checks.armttk.locate import Locator
from packager.checks.armttk.powershell import Pattern
from packager.checks.armttk.run import TemplateInput
from packager.checks.armttk.search import Search
from packager.source.lazy import lazy_pattern

_TEMPLATE_BLANKS = lazy_pattern(r":(\s*+)(?:\{\s*+\}|\[\s*+\]|\"\s*+\"|null)")
_NAME_END = lazy_pattern(r'"\s*+:')
# Below these, in resources of the type, values may be empty.
_EXEMPT = {"Microsoft.Web/sites/config": "properties", "Microsoft.Insights/workbooks": "properties.serializedData"}


class Blank(NamedTuple):
    """An empty value at `[start, end)`, white space before it included, and the name that stands before it."""

    start: int
    value_start: int
    end: int
    name: str


def blanks(text: str, pattern: Pattern = _TEMPLATE_BLANKS) -> Iterator[Blank]:
    """What looks like an empty value behind a colon, with the nearest name to the left; left out without one."""
    names: _Names | None = None
    for found in pattern.finditer(text):
        names = names or _Names(text)
        name = names.before(found.start(1))
        if name is not None:
            yield Blank(found.start(1), found.end(1), found.end(), name)


class _Names:
    """Every `"name":` of a text by the place of its colon; quotes are not understood."""

    __slots__ = ("_ends", "_spans")

    def __init__(self, text: str) -> None:
        self._ends: list[int] = []
        self._spans: list[str] = []
        for found in _NAME_END.finditer(text):
            opening = text.rfind('"', 0, found.start())
            if opening >= 0 and found.start() - opening > 1:
                self._ends.append(found.end())
                self._spans.append(text[opening + 1 : found.start()])

    def before(self, position: int) -> str | None:
        """The nearest name whose colon stands before `position`."""
        number = bisect.bisect_right(self._ends, position) - 1
        return self._spans[number] if number >= 0 else None


def exempt_ranges(template: TemplateInput, text: str) -> list[tuple[int, int]]:
    """Where the resources stand whose values may be empty, as far as arm-ttk finds them in the text."""
    ranges = []
    locator = Locator(text)
    for type_, below in _EXEMPT.items():
        for found in template.search.by_value_equal("type", type_):
            place = locator.locate(found.path)
            values = locator.locate(below, place.end) if place is not None else None
            if values is not None:
                ranges.append((values.start, values.end))
    return ranges


def silenced_names(search: Search, words: Sequence[str]) -> frozenset[str]:
    """Names, in lower case, that some object has beside a property whose name contains one of the words."""
    contains = _contains(tuple(words))
    matching = {name for name in search.named if contains.search(name)}
    return frozenset(
        key.lower() for node in search.nodes if any(key.lower() in matching for key in node.value) for key in node.value
    )


@lru_cache(maxsize=16)
def _contains(words: tuple[str, ...]) -> Pattern:
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
