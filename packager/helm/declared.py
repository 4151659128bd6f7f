"""What the schema of a chart (values.schema.json) declares: the keys that it names at a place of the values."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from packager.helm.valuesschema import own_address
from packager.source.span import from_pointer

MOST_PARTS = 1_000  # of schemas that hold at one place
# The words behind which schemas stand that hold at the same place, each or under a condition.
_LISTS = ("allOf", "anyOf", "oneOf")
_SINGLE = ("if", "then", "else")


class Part(NamedTuple):
    """A schema, and the `whole` that it stands in, into which its references lead."""

    whole: Mapping[str, Any]
    schema: Mapping[str, Any]


class Declared:
    """The keys that are declared at a place; `parts` are the schemas that hold there.

    Where a part cannot be followed, such as a reference to another host or more parts than anybody writes, every key
    counts as declared. `is_usable` tells whether a pattern may be tried; one that may not declares every key, too.
    """

    __slots__ = ("_is_open", "_is_usable", "_parts")

    def __init__(self, parts: Iterable[Part], is_usable: Callable[[str], bool]) -> None:
        self._is_usable = is_usable
        self._parts: list[Part] = []
        self._is_open = not self._take(list(parts))

    @property
    def names(self) -> set[str]:
        """The keys that are declared by their names."""
        return {name for part in self._parts for name in _mapping(part, "properties")}

    def knows(self, key: str) -> bool:
        """Whether a key is declared, by its name, by a pattern or by a schema for all others."""
        return self._is_open or any(True for _ in self._of_key(key))

    def below(self, key: str, *more: Part) -> "Declared":
        """What is declared below a key, and by `more` schemas that hold there."""
        if self._is_open:
            return self
        return Declared((*self._of_key(key), *more), self._is_usable)

    def _of_key(self, key: str) -> Iterator[Part]:
        """The schemas of a key."""
        for part in self._parts:
            named = _mapping(part, "properties")
            found = [named[key]] if key in named else []
            found += [one for pattern, one in _mapping(part, "patternProperties").items() if self._fits(pattern, key)]
            others = part.schema.get("additionalProperties")
            if not found and isinstance(others, dict) and others:
                found.append(others)
            for one in found:
                yield Part(part.whole, one if isinstance(one, dict) else {})

    def _fits(self, pattern: str, key: str) -> bool:
        return not self._is_usable(pattern) or re.search(pattern, key) is not None

    def _take(self, waiting: list[Part]) -> bool:
        """Take in parts and what they consist of; whether all of that could be followed."""
        seen: set[int] = set()
        while waiting:
            part = waiting.pop()
            if id(part.schema) in seen:
                continue
            seen.add(id(part.schema))
            if len(seen) > MOST_PARTS:
                return False
            self._parts.append(part)
            inner = list(_inner(part))
            if None in inner:
                return False
            waiting += [one for one in inner if one is not None]
        return True


def _inner(part: Part) -> Iterator[Part | None]:
    """The schemas that hold where a part does; None for one that cannot be followed."""
    reference = part.schema.get("$ref")
    if isinstance(reference, str):
        found = _referred(part.whole, reference)
        yield Part(part.whole, found) if found is not None else None
    listed = [part.schema.get(word) for word in _LISTS]
    written = [one for several in listed if isinstance(several, list) for one in several]
    written += [part.schema.get(word) for word in _SINGLE]
    written += _mapping(part, "dependentSchemas").values()
    yield from (Part(part.whole, one) for one in written if isinstance(one, dict))


def _referred(whole: Mapping[str, Any], reference: str) -> Mapping[str, Any] | None:
    """The schema that a reference leads to, an empty one where nothing is; None when it is not in the same file."""
    pointer = reference.removeprefix(own_address(whole).rstrip("#"))
    if pointer.rstrip("#") == "":
        return whole
    if not pointer.startswith("#/"):
        return None
    found: Any = whole
    for step in from_pointer(unquote(pointer[1:])):
        if isinstance(found, list):
            found = found[step] if isinstance(step, int) and step < len(found) else None
        else:
            found = found.get(str(step)) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _mapping(part: Part, word: str) -> Mapping[str, Any]:
    found = part.schema.get(word)
    return found if isinstance(found, dict) else {}
