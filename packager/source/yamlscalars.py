"""Which JSON value a YAML scalar stands for: the types of YAML 1.1 that JSON has; dates stay texts."""

import math
import re
from typing import Any

from packager.source.exact import exact_float, exact_integer
from packager.source.lazy import lazy_pattern
from packager.source.tokens import PLAIN_NUMBER

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"}
_FALSE = {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"}
_DECIMAL = lazy_pattern(r"[-+]?(?:0|[1-9][0-9_]*+)")
_BASED = lazy_pattern(r"([-+]?)0(?:x([0-9a-fA-F_]+)|o?([0-7_]+)|b([01_]+))")
_REAL = lazy_pattern(
    r"[-+]?(?:[0-9][0-9_]*+\.[0-9_]*+(?:[eE][-+]?[0-9]+)?|\.[0-9][0-9_]*+(?:[eE][-+]?[0-9]+)?|[0-9]++[eE][-+]?[0-9]+)"
)
_INFINITE = lazy_pattern(r"[-+]?\.(?:inf|Inf|INF)")
_NAN = {".nan", ".NaN", ".NAN"}

_PREFIX = "tag:yaml.org,2002:"
_TEXT_TAGS = {"!", _PREFIX + "str", _PREFIX + "timestamp"}
_TYPES: dict[str, tuple[type, ...]] = {
    _PREFIX + "null": (type(None),),
    _PREFIX + "bool": (bool,),
    _PREFIX + "int": (int,),
    _PREFIX + "float": (float, int),
}


class UnknownTagError(ValueError):
    """A tag that stands for nothing JSON has."""


def scalar(text: str, tag: str | None, *, plain: bool) -> Any:
    """The value of a scalar; `plain` when it has no quotes.

    Raises UnknownTagError for a tag that JSON has no type for, ValueError for text that is not what its tag says.
    """
    if tag is None:
        return _plain(text) if plain else text
    if tag in _TEXT_TAGS:
        return text
    types = _TYPES.get(tag)
    if types is None:
        raise UnknownTagError(f"the tag {shown(tag)} is not known here")
    value = _plain(text)
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise ValueError(f"the tag {shown(tag)} does not fit its value")
    return value


def shown(tag: str) -> str:
    """A tag as people write it, cut to what a message can hold."""
    return ("!!" + tag.removeprefix(_PREFIX) if tag.startswith(_PREFIX) else tag)[:80]


def _plain(text: str) -> Any:
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if text[0] not in "+-.0123456789":
        return text
    return _number(text)


def _number(text: str) -> int | float | str:
    if _DECIMAL.fullmatch(text):
        return exact_integer(text.replace("_", "").removeprefix("+"))
    if based := _BASED.fullmatch(text):
        return _based(based) if any(group.strip("_") for group in based.groups()[1:] if group) else text
    if PLAIN_NUMBER.fullmatch(text):
        return exact_float(text)
    if _REAL.fullmatch(text):
        return float(text.replace("_", ""))
    if _INFINITE.fullmatch(text):
        return -math.inf if text[0] == "-" else math.inf
    return math.nan if text in _NAN else text


def _based(match: re.Match[str]) -> int:
    for base, digits in zip((16, 8, 2), match.groups()[1:], strict=True):
        if digits:
            value = int(digits.replace("_", ""), base)
            return -value if match[1] == "-" else value
    return 0
