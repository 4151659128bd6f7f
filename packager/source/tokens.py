"""The words of JSON text as patterns, and what strings and numbers in it stand for, strict and lenient."""

import re

from packager.source.exact import exact_integer
from packager.source.lazy import lazy_pattern

# Python before 3.11.5 goes on at the wrong place when the last round of a possessive group fails halfway, so a round
# here fails at its first character or not at all, and what may fail later is no possessive group.
_HEX = "[0-9a-fA-F]" * 4
_BLANK = r"[ \t\n\r]*+"
_STRING = rf'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u{_HEX})[^"\\\x00-\x1f]*+)*+"'
_NUMBER = r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?+[0-9]++)?"
_SCALAR = rf"({_STRING}|{_NUMBER}|true|false|null)"

# One match reads a whole plain item: name, value and the comma or closer behind it, or name and opener.
# Groups: 1 name (never in a list), 2 scalar, 3 opener.
MEMBER = lazy_pattern(rf"{_BLANK}({_STRING}){_BLANK}:{_BLANK}(?:{_SCALAR}{_BLANK}[,}}]|([\[{{]))")
ELEMENT = lazy_pattern(rf"((?!))?{_BLANK}(?:{_SCALAR}{_BLANK}[,\]]|([\[{{]))")
SEPARATOR = lazy_pattern(rf"{_BLANK}[,\]}}]")

# What .NET calls white space, so what the readers of Azure and of arm-ttk skip; JSON itself has only the plain four.
SPACE = lazy_pattern(r"[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]++")
ODD_SPACE = lazy_pattern(r"[^ \t\r\n]++")
COMMENT = lazy_pattern(r"//[^\r\n]*+|/\*(?s:.*?)\*/")
QUOTED = lazy_pattern(r""""[^"\\]*+(?:\\.[^"\\]*+)*+"|'[^'\\]*+(?:\\.[^'\\]*+)*+'""", re.DOTALL)
ESCAPE = lazy_pattern(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_LETTER_ESCAPE = lazy_pattern(r"\\u(00[4-7][0-9a-fA-F])")
CONTROL = lazy_pattern(r"[\x00-\x1f]")
NAME = lazy_pattern(r"[\w$]++")
NUMERIC = lazy_pattern(r"-?+Infinity|[-.0-9][-+.0-9a-fA-FxX]*+")
PLAIN_NUMBER = lazy_pattern(_NUMBER)

_REAL = lazy_pattern(r"-?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?")
_BASED = lazy_pattern(r"0[xX][0-9a-fA-F]++|0[0-7]++")
_SIGNED = 1 << 63

_ESCAPED = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "'": "'"}


def without_letter_escapes(text: str) -> str:
    """A JSON text in which ASCII letters and `_` are written as themselves, wherever a reader would see them."""
    return _LETTER_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def is_escape(letters: str) -> bool:
    """Whether readers know the escape whose backslash `letters` follow (`n`, `u00e4`)."""
    return letters in _ESCAPED or len(letters) == 5


def string_value(written: str) -> str:
    """What a quoted string stands for; half a surrogate pair, which no file can hold, becomes U+FFFD."""
    value = _unescaped(written)
    if "\\u" not in written:
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def has_lone_surrogate(written: str) -> bool:
    """Whether escapes in a quoted string stand for half a surrogate pair."""
    if "\\u" not in written:
        return False
    try:
        _unescaped(written).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return True
    return False


def _unescaped(written: str) -> str:
    return ESCAPE.sub(_character, written[1:-1]) if "\\" in written else written[1:-1]


def _character(match: re.Match[str]) -> str:
    letters = match[1]
    return chr(int(letters[1:], 16)) if len(letters) == 5 else _ESCAPED[letters]


def lenient_number(written: str) -> int | float | None:
    """The number that a spelling beyond JSON's stands for, as .NET reads it; None when it is none.

    A leading zero makes it octal, hexadecimal is 64-bit two's complement, the point may stand first or last.
    """
    if written.endswith("Infinity"):
        return float(written.replace("Infinity", "inf"))
    if written[0] == "0" and written[1:2] not in {"", ".", "e", "E"}:
        return _based(written)
    if written.removeprefix("-").isdigit():
        return exact_integer("-" * written.startswith("-") + (written.lstrip("-0") or "0"))
    return float(written) if _REAL.fullmatch(written) else None


def _based(written: str) -> int | None:
    if not _BASED.fullmatch(written):
        return None
    value = int(written, 16 if written[1] in "xX" else 8)
    if value >= 2 * _SIGNED:
        return None
    return value - 2 * _SIGNED if value >= _SIGNED else value
