"""Values of a release: several files merged as `helm install -f a -f b` merges them, and written as YAML again."""

import json
import math
from collections.abc import Iterator
from typing import Any

from packager.source.lazy import lazy_pattern

_PLAIN_KEY = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_./-]*")
_NO_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_UNPRINTABLE = lazy_pattern("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def merged(values: list[dict[str, Any]]) -> dict[str, Any]:
    """Mappings merge key by key, everything else (lists too) is replaced; null stays, to unset a chart's default."""
    result: dict[str, Any] = {}
    for value in values:
        result = _merge(result, value)
    return result


def to_yaml(value: dict[str, Any]) -> str:
    """The values as block YAML with JSON scalars, which every YAML reader takes alike."""
    return "\n".join(_lines(value)) + "\n" if value else "{}\n"


def _merge(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    result = dict(under)
    for key, value in over.items():
        below = result.get(key)
        result[key] = _merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _entry(f"{_key(key)}:", inner, indent="  ")
    elif isinstance(value, list) and value:
        for inner in value:
            lines = list(_lines(inner))
            yield f"- {lines[0]}"
            yield from (f"  {line}" for line in lines[1:])
    else:
        yield _scalar(value)


def _entry(head: str, value: Any, *, indent: str) -> Iterator[str]:
    if isinstance(value, (dict, list)) and value:
        yield head
        yield from (indent + line for line in _lines(value))
    else:
        yield f"{head} {_scalar(value)}"


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) and key.lower() not in _NO_TEXT else _scalar(key)


def _scalar(value: Any) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    if isinstance(value, float) and hasattr(value, "text"):
        return str(value.text)
    text = json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and "e" in text and "." not in text:
        return text.replace("e", ".0e")  # YAML 1.1 takes 1e-7 for a text
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
