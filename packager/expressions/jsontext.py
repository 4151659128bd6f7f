"""Values as the text that string() and format() make of them: compact JSON as Newtonsoft writes it."""

import math
import re

from packager.expressions.kinds import ARRAY, BOOLEAN, FLOAT, INTEGER, NULL, OBJECT, STRING
from packager.expressions.limits import MAX_NESTING, MAX_TEXT, refuse_items, refuse_text
from packager.expressions.values import Number, Value, kind_of

_ESCAPED = {
    '"': re.compile(r'["\\\x00-\x1f\x85\u2028\u2029]'),
    "'": re.compile(r"['\\\x00-\x1f\x85\u2028\u2029]"),
}
_ENDLESS = {math.inf: "Infinity", -math.inf: "-Infinity"}
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\\": "\\\\", '"': '\\"', "'": "\\'"}


def plain_text(value: Value, quote: str = '"') -> str:
    """The text of any value: texts as they are, True and False, null as nothing, lists and objects as JSON."""
    match kind_of(value):
        case kind if kind == STRING:
            return str(value)
        case kind if kind == NULL:
            return ""
        case kind if kind == BOOLEAN:
            return "True" if value else "False"
        case kind if kind in (ARRAY, OBJECT):
            return json_text(value, quote)
    return plain_number(value)


def plain_number(value: Number) -> str:
    """A number as .NET prints it: a whole double has no fraction, unlike in JSON."""
    text = number_text(value)
    return text.removesuffix(".0") if isinstance(value, float) else text


def json_text(value: Value, quote: str = '"') -> str:
    """Compact JSON with this quote. Raises Undecided for unknowns inside, ExpressionError for far too much."""
    parts: list[str] = []
    _write(value, quote, parts, 0)
    refuse_text(sum(map(len, parts)))
    return "".join(parts)


def number_text(value: Number) -> str:
    """A number as JSON: whole floats keep their `.0`, exponents are written E+16."""
    if not isinstance(value, float):
        return str(value)
    text = _ENDLESS.get(value) or ("NaN" if value != value else float.__repr__(value))
    if "e" not in text:
        return text
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}E{exponent[0]}{exponent[1:].zfill(2)}"


def _write(value: Value, quote: str, parts: list[str], depth: int) -> None:
    kind = kind_of(value)
    if kind == STRING:
        parts.append(_quoted(value, quote))
    elif kind in (OBJECT, ARRAY):
        if depth >= MAX_NESTING or len(parts) > MAX_TEXT:
            refuse_items(MAX_TEXT)
        _write_items(value, quote, parts, depth + 1)
    elif kind == BOOLEAN:
        parts.append("true" if value else "false")
    elif kind == NULL:
        parts.append("null")
    else:
        assert kind in (INTEGER, FLOAT), "lambdas are no values"
        parts.append(number_text(value))


def _write_items(value: Value, quote: str, parts: list[str], depth: int) -> None:
    separator = ""
    parts.append("{" if type(value) is dict else "[")
    for item in value:
        parts.append(separator)
        separator = ","
        if type(value) is dict:
            parts.append(f"{_quoted(item, quote)}:")
            item = value[item]
        _write(item, quote, parts, depth)
    parts.append("}" if type(value) is dict else "]")


def _quoted(text: str, quote: str) -> str:
    return quote + _ESCAPED[quote].sub(_escape, text) + quote


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}"
