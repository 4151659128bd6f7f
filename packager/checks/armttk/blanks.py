"""Empty values as arm-ttk's two checks for blanks find them in raw text, and what keeps them from being reported."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from packager.checks.armttk.powershell import Pattern
from packager.checks.armttk.run import TemplateInput
from packager.checks.armttk.search import Search
from packager.checks.armttk.text import SourceText
from packager.source.lazy import lazy_pattern

_TEMPLATE_BLANKS = lazy_pattern(r":(\s*+)(?:\{\s*+\}|\[\s*+\]|\"\s*+\"|null)")
# Below these, in resources of the type, values may be empty.
_EXEMPT = {"Microsoft.Web/sites/config": "properties", "Microsoft.Insights/workbooks": "properties.serializedData"}


class Blank(NamedTuple):
    """An empty value at `[start, end)`, white space before it included, and the name that stands before it."""

    start: int
    value_start: int
    end: int
    name: str


def blanks(text: str, pattern: Pattern = _TEMPLATE_BLANKS) -> Iterator[Blank]:
    """What looks like an empty value behind a colon, with the nearest name to the left; left out without one.

    The pattern starts with the colon; its group 1 is the white space behind it.
    """
    name, behind = None, 0
    for found in pattern.finditer(text):
        # What stands further to the left was looked at for the blank before.
        name, behind = _name_before(text, found.start(1), behind) or name, found.start(1)
        if name is not None:
            yield Blank(found.start(1), found.end(1), found.end(), name)


def _name_before(text: str, position: int, behind: int) -> str | None:
    """The nearest `"name":` that ends between `behind` and `position`; quotes are not understood."""
    colon = text.rfind(":", behind, position)
    while colon >= 0:
        quote = colon - 1
        while quote > behind and text[quote].isspace():
            quote -= 1
        opening = text.rfind('"', 0, quote) if quote >= behind and text[quote] == '"' else -1
        if 0 <= opening < quote - 1:
            return text[opening + 1 : quote]
        colon = text.rfind(":", behind, colon)
    return None


def exempt_ranges(template: TemplateInput, text: SourceText) -> list[tuple[int, int]]:
    """Where the resources stand whose values may be empty, as far as arm-ttk finds them in the text."""
    ranges = []
    for type_, below in _EXEMPT.items():
        for found in template.search.by_value_equal("type", type_):
            place = text.locator.locate(found.path)
            values = text.locator.locate(below, place.end) if place is not None else None
            if values is not None:
                ranges.append((values.start, values.end))
    return ranges


def silenced_names(search: Search, words: Sequence[str]) -> frozenset[str]:
    """Names, in lower case, that some object has beside a property whose name contains one of the words."""
    objects = search.objects_with(containing(search.names, words))
    return frozenset(key.lower() for node in objects for key in node.value)


def containing(names: Collection[str], words: Sequence[str]) -> set[str]:
    """The names, which are in lower case, that contain one of the words in any case."""
    if not words:
        return set(names)  # as a pattern of nothing matches everything
    text = "\n".join(names)
    if text.count("\n") >= len(names):
        return {name for name in names for word in words if word.lower() in name}
    # To look for one word after the other in all names at once is ten times faster.
    found: set[str] = set()
    for word in map(str.lower, words):
        place = text.find(word)
        while place >= 0:
            end = text.find("\n", place)
            end = len(text) if end < 0 else end
            found.add(text[text.rfind("\n", 0, place) + 1 : end])
            place = text.find(word, end)
    return found
