"""PowerShell's ideas of truth, text, equality and wildcards, as far as arm-ttk's verdicts depend on them.

Values are those of `packager.source.armttk`: plain JSON values, and `Date` for a string that its reader turns into a
date.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from packager.source.armttk import Date

Pattern = re.Pattern[str]


def truthy(value: Any) -> bool:
    """Whether `if ($value)` holds: a list of one element is judged by that element, a longer one is true.

    A list that is that one element is true unless it is empty.
    """
    if isinstance(value, list):
        if len(value) != 1:
            return bool(value)
        value = value[0]
        if isinstance(value, list):
            return bool(value)
    return value is not None and (isinstance(value, dict | Date) or bool(value))


def text_of(value: Any) -> str:
    """The string form: `True`, list elements joined by a blank, `@{name=value}` for an object, "" for an empty one."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(text_of(item) for item in value)
    if isinstance(value, dict):
        shown = "; ".join(f"{key}={_flat(item)}" for key, item in value.items())
        return f"@{{{shown}}}" if value else ""
    return value.shown if isinstance(value, Date) else str(value)


def _flat(value: Any) -> str:
    # Nested containers show as nothing: their own string form is that of their type.
    return "" if isinstance(value, dict) else "System.Object[]" if isinstance(value, list) else text_of(value)


def get(value: Any, name: str) -> Any:
    """`$value.name`, ignoring case; None when there is none.

    Of a list, the members of its elements: one alone is unwrapped, several stay a list.
    """
    if isinstance(value, dict):
        if name in value:
            return value[name]
        length, lowered = len(name), name.lower()
        for key, item in value.items():
            if len(key) == length and key.lower() == lowered:
                return item
        return None
    if isinstance(value, list):
        found = list(_enumerated(value, name))
        return found[0] if len(found) == 1 else found or None
    return None


def _enumerated(values: list[Any], name: str) -> Iterator[Any]:
    for item in values:
        if has(item, name) or isinstance(item, list):
            found = get(item, name)
            if isinstance(found, list):
                yield from found
            elif found is not None or has(item, name):
                yield found


def has(value: Any, name: str) -> bool:
    """Whether an object has a member of that name, ignoring case, whatever its value."""
    if not isinstance(value, dict):
        return False
    length = len(name)
    return name in value or any(len(key) == length and key.lower() == name.lower() for key in value)


def spelling(value: Any, name: str) -> str:
    """How `value` spells the member `name`; `name` itself when there is none, or `value` is no object."""
    if not isinstance(value, dict) or name in value:
        return name
    length, lowered = len(name), name.lower()
    return next((key for key in value if len(key) == length and key.lower() == lowered), name)


def members(value: Any) -> list[tuple[str, Any]]:
    """`$value.psobject.properties`: of an object its members; of anything else nothing that a check looks for."""
    return list(value.items()) if isinstance(value, dict) else []


def members_of_any(value: Any) -> list[tuple[str, Any]]:
    """The same for a check that looks into the values: a list has itself as its member `SyncRoot`."""
    return [("SyncRoot", value)] if isinstance(value, list) else members(value)


def equal(left: Any, right: Any) -> bool:
    """`$left -eq $right` as a condition: the left side's type decides; of a list, whether an element is equal."""
    if isinstance(left, str):
        return right is not None and left.lower() == text_of(right).lower()
    if isinstance(left, list):
        return truthy([item for item in left if equal(item, right)])
    if isinstance(left, bool):
        return left == truthy(right)
    if isinstance(left, int | float):
        return _number(right) == left
    return left is right if left is None else left == right


def unequal(left: Any, right: Any) -> bool:
    """`$left -ne $right` as a condition; of a list, whether the elements that differ are truthy together."""
    if isinstance(left, list):
        return truthy([item for item in left if not equal(item, right)])
    return not equal(left, right)


def contains(values: Any, wanted: Any) -> bool:
    """`$values -contains $wanted`; a single value is a list of one."""
    return any(equal(item, wanted) for item in (values if isinstance(values, list) else [values]))


def matches(value: Any, pattern: Pattern) -> bool:
    """`$value -match pattern` as a condition; of a list, whether the matching elements are truthy together."""
    if isinstance(value, list):
        return truthy([item for item in value if matches(item, pattern)])
    return pattern.search(text_of(value)) is not None


def mismatches(value: Any, pattern: Pattern) -> bool:
    """`$value -notmatch pattern` as a condition; of a list, whether the other elements are truthy together."""
    if isinstance(value, list):
        return truthy([item for item in value if mismatches(item, pattern)])
    return pattern.search(text_of(value)) is None


def _number(value: Any) -> int | float | None:
    if isinstance(value, int | float):
        return value
    try:
        return float(value) if isinstance(value, str) and value.strip() else 0 if value in ("", None) else None
    except ValueError:
        return None


def like(value: Any, pattern: str) -> bool:
    """`$value -like pattern` as a condition; of a list, whether the matching elements, as text, are truthy together."""
    if isinstance(value, list):
        matches = wildcard(pattern).matches
        return truthy([text for text in map(text_of, value) if matches(text)])
    return wildcard(pattern).matches(text_of(value))


# The order of the Unicode collation for the characters that names are made of; letters and digits come after them.
_PUNCTUATION = {char: number for number, char in enumerate(" _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$")}


def collation_key(text: str) -> tuple[list[tuple[int, str]], list[bool]]:
    """A key that sorts texts as PowerShell does in the invariant culture: without case first, lower case before upper.

    Exact for ASCII; other characters follow by their code.
    """
    primary = [(_PUNCTUATION[char], "") if char in _PUNCTUATION else (len(_PUNCTUATION), char.lower()) for char in text]
    return primary, [char.isupper() for char in text]


class WildcardError(ValueError):
    """A wildcard pattern with an unclosed bracket, which PowerShell refuses with an exception."""


class Wildcard:
    """A wildcard pattern, ignoring case: the parts between its stars, looked for one after the other in linear time."""

    def matches(self, text: str) -> bool:
        """Whether the whole text fits."""
        raise NotImplementedError


class _Words(Wildcard):
    """One whose parts are plain text: what nearly all are."""

    def __init__(self, parts: list[str]) -> None:
        self.first, *self.middle = (part.lower() for part in parts)
        self.last = self.middle.pop() if self.middle else None

    def matches(self, text: str) -> bool:
        lower = text.lower()
        if self.last is None:
            return lower == self.first
        end = len(self.first)
        if not lower.startswith(self.first):
            return False
        for part in self.middle:
            start = lower.find(part, end)
            if start < 0:
                return False
            end = start + len(part)
        return len(lower) - len(self.last) >= end and lower.endswith(self.last)


class _Patterns(Wildcard):
    """One with `?` or brackets; each part has its width."""

    def __init__(self, parts: list[list[str]]) -> None:
        self.parts = [(re.compile("".join(part), re.IGNORECASE | re.DOTALL), len(part)) for part in parts]

    def matches(self, text: str) -> bool:
        first, width = self.parts[0]
        if first.match(text) is None or len(self.parts) == 1:
            return len(self.parts) == 1 and first.fullmatch(text) is not None
        end = width
        for part, _ in self.parts[1:-1]:
            found = part.search(text, end)
            if found is None:
                return False
            end = found.end()
        last, width = self.parts[-1]
        return len(text) - width >= end and last.match(text, len(text) - width) is not None


@lru_cache(maxsize=1024)
def wildcard(pattern: str) -> Wildcard:
    """A wildcard pattern; raises WildcardError for an unclosed bracket."""
    if not any(char in pattern for char in "`[?"):
        return _Words(pattern.split("*"))
    parts: list[list[str]] = [[]]
    position = 0
    while position < len(pattern):
        char = pattern[position]
        if char == "`" and position + 1 < len(pattern):
            position += 1
            parts[-1].append(re.escape(pattern[position]))
        elif char == "*":
            parts.append([])
        elif char == "[":
            end = pattern.find("]", position + 1)
            if end < 0:
                raise WildcardError(pattern)
            parts[-1].append(f"[{_bracket(pattern[position + 1 : end])}]" if end > position + 1 else "(?!)")
            position = end
        else:
            parts[-1].append("." if char == "?" else re.escape(char))
        position += 1
    return _Patterns(parts)


def _bracket(text: str) -> str:
    return re.sub(r"[\\\]^\[&~|]", lambda found: "\\" + found.group(), text)
