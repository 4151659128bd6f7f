"""Numbers and texts into each other as JavaScript does it: `Number(text)` and `String(number)`."""

import math

from packager.source.lazy import lazy_pattern
from packager.ui.values import Number, Value, number

# What JavaScript's trim takes away: its white space and the ends of lines.
BLANKS = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
# No number that a form holds is longer; reading one takes time that grows with the square of its length.
MAX_DIGITS = 1_000
_DECIMAL = lazy_pattern(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_BASED = lazy_pattern(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)")
_BASES = {"x": 16, "o": 8, "b": 2}
# Larger numbers are written with an exponent.
_LARGE = 1e21
_SMALL_EXPONENT = -7


def number_of(value: Value) -> Number:
    """`Number(value)`: NaN for what is no number; null and an empty text are 0."""
    if isinstance(value, str):
        return _read(value.strip(BLANKS))
    if isinstance(value, (bool, int)):
        return number(int(value))
    if isinstance(value, float):
        return number(value)
    return 0 if value is None else math.nan


def numeric(text: str) -> Number | None:
    """The number that a text stands for; None for one that stands for none, an empty one included."""
    if not text.strip(BLANKS):
        return None
    found = number_of(text)
    return found if math.isfinite(found) else None


def _read(text: str) -> Number:
    if not text:
        return 0
    if len(text) <= MAX_DIGITS:
        if _DECIMAL.fullmatch(text):
            return number(float(text))
        if _BASED.fullmatch(text):
            return number(int(text[2:], _BASES[text[1].lower()]))
    endless = text.removeprefix("-").removeprefix("+") if text[:2] not in {"-+", "+-"} else text
    return (-math.inf if text[0] == "-" else math.inf) if endless == "Infinity" else math.nan


def number_text(value: Number) -> str:
    """`String(value)`: the shortest digits, an exponent from 1e21 on and below 1e-6."""
    value = number(value)
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    sign = "-" if value < 0 else ""
    digits, exponent = _digits(abs(value))
    # The value is 0.DIGITS times ten to the power of `point`.
    point = exponent + len(digits)
    if abs(value) >= _LARGE or point - 1 < _SMALL_EXPONENT + 1:
        mantissa = digits if len(digits) == 1 else f"{digits[0]}.{digits[1:]}"
        return f"{sign}{mantissa}e{'+' if point > 0 else '-'}{abs(point - 1)}"
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    if point >= len(digits):
        return sign + digits + "0" * (point - len(digits))
    return f"{sign}{digits[:point]}.{digits[point:]}"


def _digits(value: float) -> tuple[str, int]:
    """The shortest digits that stand for a positive number, and the power of ten of the last one."""
    mantissa, _, power = repr(value).partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    written = whole + fraction
    digits = written.rstrip("0")
    exponent = int(power or 0) - len(fraction) + len(written) - len(digits)
    return digits.lstrip("0"), exponent


def whole(value: Number) -> int:
    """A finite number without its fraction."""
    return math.trunc(value)
