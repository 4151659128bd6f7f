"""Format strings of numbers in the invariant culture: the standard ones of one letter with a precision."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal

from packager.expressions.errors import INVALID_FORMAT, OVERFLOW, ExpressionError
from packager.expressions.jsontext import plain_number
from packager.expressions.limits import refuse_text
from packager.expressions.values import Number
from packager.source.lazy import lazy_pattern

_STANDARD = lazy_pattern(r"([A-Za-z])([0-9]{0,9})")
_EXACT = Context(prec=800)
_WORD = 2**64


def format_number(value: Number, form: str) -> str:
    """A whole number of 64 bits or a double in a format. Raises ExpressionError for a format that .NET refuses."""
    if not form or (isinstance(value, float) and not math.isfinite(value)):
        return plain_number(value)
    if isinstance(value, int) and not -(_WORD // 2) <= value < _WORD // 2:
        raise ExpressionError(OVERFLOW, "a number to be formatted has 64 bits at most")
    match = _STANDARD.fullmatch(form)
    if match is None:
        # The rarer half, loaded when it is asked for.
        from packager.expressions.dotnet.customnumbers import format_custom

        return format_custom(_decimal(value), form)
    letter, precision = match[1], int(match[2]) if match[2] else None
    refuse_text(precision or 0)
    match letter.upper():
        case "D" | "X" | "B" if isinstance(value, int):
            return _digits(value, letter, precision or 0)
        case "E":
            return _exponential(_decimal(value), 6 if precision is None else precision, letter, 3)
        case "F":
            return _fixed(_decimal(value), 2 if precision is None else precision)
        case "N":
            return _grouped(_decimal(value), 2 if precision is None else precision)
        case "P":
            return (
                _grouped(_EXACT.multiply(_decimal(value), Decimal(100)), 2 if precision is None else precision) + " %"
            )
        case "C":
            return _currency(_decimal(value), 2 if precision is None else precision)
        case "G":
            return _general(value, letter, precision or 0)
        case "R":
            return plain_number(value)
    raise ExpressionError(INVALID_FORMAT, f"'{form[:80]}' is no number format")


def _decimal(value: Number) -> Decimal:
    return Decimal(int(value)) if isinstance(value, int) else Decimal(repr(float(value)))


def _digits(value: int, letter: str, precision: int) -> str:
    if letter in "Dd":
        return ("-" if value < 0 else "") + str(abs(int(value))).zfill(precision)
    text = format(int(value) % _WORD, "X" if letter in "Xx" else "b").zfill(precision)
    return text.lower() if letter == "x" else text


def _rounded(value: Decimal, places: int) -> str:
    """Fixed notation with that many places, rounded away from zero; minus zero loses its sign."""
    # Two hundred places are more than any double has; what is asked for beyond them is zeros.
    kept = min(places, 200)
    text = format(value.quantize(Decimal(1).scaleb(-kept), ROUND_HALF_UP, _EXACT), "f")
    if not text.strip("-0."):
        text = text.lstrip("-")
    return text + "0" * (places - kept)


def _fixed(value: Decimal, places: int) -> str:
    return _rounded(value, places)


def _grouped(value: Decimal, places: int) -> str:
    text = _rounded(value, places)
    whole, point, fraction = text.lstrip("-").partition(".")
    return ("-" if text.startswith("-") else "") + f"{int(whole):,}" + point + fraction


def _currency(value: Decimal, places: int) -> str:
    text = _grouped(value, places)
    return f"(\u00a4{text[1:]})" if text.startswith("-") else f"\u00a4{text}"


def _exponential(value: Decimal, precision: int, letter: str, digits: int) -> str:
    kept = min(precision, 200)
    text = format(Context(prec=kept + 1, rounding=ROUND_HALF_UP).plus(value), f".{kept}e")
    mantissa, _, exponent = text.partition("e")
    if precision > kept:
        mantissa += "0" * (precision - kept)
    number = 0 if not value else int(exponent)
    return f"{mantissa}{letter}{'-' if number < 0 else '+'}{str(abs(number)).zfill(digits)}"


def _general(value: Number, letter: str, precision: int) -> str:
    """The shorter of fixed and exponential notation, with `precision` significant digits when there are that many."""
    if precision == 0:
        return plain_number(value)
    exact = Context(prec=min(precision, 200), rounding=ROUND_HALF_UP).plus(_decimal(value)).normalize(_EXACT)
    exponent = exact.adjusted()
    if -5 < exponent < precision:
        return format(exact, "f")
    significant = len(exact.as_tuple().digits) - 1
    return _exponential(exact, significant, "E" if letter == "G" else "e", 2)
