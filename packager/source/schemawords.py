"""What a value that breaks a JSON Schema keyword is told, in plain words."""

from collections.abc import Callable, Iterable
from typing import Any

from packager.source.nearest import did_you_mean

_TYPE_WORDS = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
_LONGEST = 60


def complaint(keyword: str, wanted: Any, value: Any) -> str | None:
    """How `value` fails `keyword: wanted`, to put behind its name; None for a keyword without words of its own."""
    explain = _COMPLAINTS.get(keyword)
    return explain(wanted, value) if explain is not None else None


def shown(value: Any) -> str:
    """A value as a message shows it: short, texts in quotes, objects and lists only named."""
    if value is None or isinstance(value, bool):
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return f"'{clipped(value)}'" if isinstance(value, str) else clipped(value)


def clipped(value: Any) -> str:
    """The text of a value on one line, cut to what a message can hold."""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def _type(wanted: Any, value: Any) -> str:
    words = [wanted] if isinstance(wanted, str) else wanted
    # YAML takes a version such as 1.5 for a number.
    hint = "; put it in quotes" if words == ["string"] and isinstance(value, int | float) else ""
    return f"must be {_any_of(_TYPE_WORDS.get(word, word) for word in words)}, not {shown(value)}{hint}"


def _enum(wanted: Any, value: Any) -> str:
    texts = [item for item in wanted if isinstance(item, str)]
    hint = did_you_mean(value, texts) if isinstance(value, str) else ""
    return f"must be {_any_of(shown(item) for item in wanted)}, not {shown(value)}{hint}"


def _const(wanted: Any, value: Any) -> str:
    return f"must be {shown(wanted)}, not {shown(value)}"


def _pattern(wanted: Any, value: Any) -> str:
    return f"must match the pattern {wanted}, which {shown(value)} does not"


def _at_least(wanted: Any, value: Any) -> str:
    return f"must be at least {wanted}, not {shown(value)}"


def _at_most(wanted: Any, value: Any) -> str:
    return f"must be at most {wanted}, not {shown(value)}"


def _too_few(wanted: Any, value: Any) -> str:
    return "must not be empty" if not value else f"must have at least {wanted} {_unit(value)}, not {len(value)}"


def _too_many(wanted: Any, value: Any) -> str:
    return f"must have at most {wanted} {_unit(value)}, not {len(value)}"


def _twice(_wanted: Any, _value: Any) -> str:
    return "must not have the same item twice"


_COMPLAINTS: dict[str, Callable[[Any, Any], str]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "minimum": _at_least,
    "maximum": _at_most,
    "minLength": _too_few,
    "minItems": _too_few,
    "minProperties": _too_few,
    "maxLength": _too_many,
    "maxItems": _too_many,
    "maxProperties": _too_many,
    "uniqueItems": _twice,
}


def _unit(value: Any) -> str:
    if isinstance(value, str):
        return "characters"
    return "items" if isinstance(value, list) else "properties"


def _any_of(words: Iterable[str]) -> str:
    *first, last = list(words) or ["nothing"]
    return f"{', '.join(first)} or {last}" if first else last
