"""Texts as JavaScript has them: counted in UTF-16, and what `String` and `JSON.stringify` make of values."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from packager.expressions.errors import TOO_DEEP, ExpressionError
from packager.expressions.limits import MAX_NESTING, refuse_text
from packager.source.lazy import lazy_pattern
from packager.ui.numbers import number_text
from packager.ui.values import UNDEFINED, Value, is_number, members_of

_BEYOND = lazy_pattern("[\U00010000-\U0010ffff]")
_HALVES = lazy_pattern("[\ud800-\udfff]")


def units(text: str) -> str:
    """The text with each character beyond U+FFFF as its two halves, so that positions are those of JavaScript."""
    return _BEYOND.sub(_halves, text)


def joined(text: str) -> str:
    """The text with halves that stand together made whole again; lonely ones stay."""
    if not _HALVES.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _halves(match: re.Match[str]) -> str:
    code = ord(match[0]) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def text_of(value: Value) -> str:
    """`String(value)` of a text, number, boolean or null."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if is_number(value) else "null"


def json_text(value: Value) -> str:
    """`JSON.stringify(value)`: endless numbers are null. Raises ExpressionError when it would be too long."""
    parts: list[str] = []
    _write(value, parts, 0)
    refuse_text(sum(map(len, parts)))
    return "".join(parts)


def _write(value: Value, parts: list[str], depth: int) -> None:
    if depth > MAX_NESTING:
        raise ExpressionError(TOO_DEEP, f"the value is nested more than {MAX_NESTING} levels deep")
    if isinstance(value, str):
        parts.append(_quoted(value))
    elif isinstance(value, Mapping):
        _write_members(value, parts, depth + 1)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            parts.append("," if number else "[")
            _write(item, parts, depth + 1)
        parts.append("]" if value else "[]")
    elif isinstance(value, float) and not math.isfinite(value):
        parts.append("null")
    else:
        parts.append("null" if value is UNDEFINED else text_of(value))


def _write_members(value: Mapping[str, Any], parts: list[str], depth: int) -> None:
    separator = "{"
    for name, item in members_of(value):
        if item is not UNDEFINED:
            parts.append(f"{separator}{_quoted(name)}:")
            _write(item, parts, depth)
            separator = ","
    parts.append("}" if separator == "," else "{}")


def _quoted(text: str) -> str:
    written = json.dumps(joined(text), ensure_ascii=False)
    return _HALVES.sub(lambda match: f"\\u{ord(match[0]):04x}", written)
