"""JSON as it is written into packages: strict, two-space indentation, key order kept, non-ASCII as it is."""

import math
from collections.abc import Iterator
from json.encoder import encode_basestring
from typing import Any

from packager.errors import RefusedError
from packager.source.exact import ExactFloat, ExactInteger

_Step = tuple[str, Any]


def to_json(value: Any) -> str:
    """`value` as strict JSON text that ends with a line break.

    Raises RefusedError for what JSON cannot say: NaN, infinities, keys that are no strings.
    """
    parts: list[str] = []
    opened: list[tuple[Iterator[_Step], str]] = []
    _put(value, parts, opened)
    while opened:
        steps, closer = opened[-1]
        step = next(steps, None)
        if step is None:
            opened.pop()
            parts.append(_line(len(opened)) + closer)
        else:
            parts.append(step[0])
            _put(step[1], parts, opened)
    parts.append("\n")
    return "".join(parts)


def _put(value: Any, parts: list[str], opened: list[tuple[Iterator[_Step], str]]) -> None:
    """Write a scalar or an opener; what is in a container is left to the caller."""
    line = _line(len(opened) + 1)
    if isinstance(value, str):
        parts.append(encode_basestring(value))
    elif isinstance(value, dict):
        parts.append("{" if value else "{}")
        if value:
            opened.append((_members(value, line), "}"))
    elif isinstance(value, (list, tuple)):
        parts.append("[" if value else "[]")
        if value:
            opened.append((_elements(value, line), "]"))
    else:
        parts.append(_scalar(value))


def _line(depth: int) -> str:
    return "\n" + "  " * depth


def _members(value: dict[Any, Any], line: str) -> Iterator[_Step]:
    before = line
    for key, item in value.items():
        if not isinstance(key, str):
            raise RefusedError(f"JSON has only text as property names, not {key!r}", hint="write the name in quotes")
        yield f"{before}{encode_basestring(key)}: ", item
        before = "," + line


def _elements(value: list[Any] | tuple[Any, ...], line: str) -> Iterator[_Step]:
    before = line
    for item in value:
        yield before, item
        before = "," + line


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (ExactInteger, ExactFloat)):
        return value.text
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float) and math.isfinite(value):
        return float.__repr__(value)
    raise RefusedError(f"JSON cannot hold {value!r}", hint="give a number, text, true, false or null instead")
