"""JSON as it is written into packages: strict, two-space indentation, key order kept, non-ASCII as it is."""

import math
from collections.abc import Callable
from json.encoder import encode_basestring
from typing import Any

from packager.errors import RefusedError
from packager.source.exact import ExactFloat, ExactInteger


def to_json(value: Any) -> str:
    """`value` as strict JSON text that ends with a line break.

    Raises RefusedError for what JSON cannot say: NaN, infinities, keys that are no strings.
    """
    parts: list[str] = []
    _write(value, "\n", parts.append)
    parts.append("\n")
    return "".join(parts)


def _write(value: Any, line: str, put: Callable[[str], object]) -> None:
    if isinstance(value, str):
        put(encode_basestring(value))
    elif isinstance(value, dict):
        _write_object(value, line, put)
    elif isinstance(value, (list, tuple)):
        _write_list(value, line, put)
    else:
        put(_scalar(value))


def _write_object(value: dict[Any, Any], line: str, put: Callable[[str], object]) -> None:
    inner = line + "  "
    before = "{" + inner
    for key, item in value.items():
        if not isinstance(key, str):
            raise RefusedError(f"JSON has only text as property names, not {key!r}", hint="write the name in quotes")
        put(before + encode_basestring(key) + ": ")
        _write(item, inner, put)
        before = "," + inner
    put(line + "}" if value else "{}")


def _write_list(value: list[Any] | tuple[Any, ...], line: str, put: Callable[[str], object]) -> None:
    inner = line + "  "
    before = "[" + inner
    for item in value:
        put(before)
        _write(item, inner, put)
        before = "," + inner
    put(line + "]" if value else "[]")


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
