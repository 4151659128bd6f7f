"""Numbers that keep the digits they were written with, where Python's own would change them or could not print them.

The texts given here are JSON numbers.
"""

import math
from typing import Self

# Newtonsoft.Json (JsonTextReader) refuses integers with more characters than this.
LONG_INTEGER = 380

# CPython refuses to convert longer decimal strings in one step (its default limit is 4300 digits).
_CHUNK = 4000


class ExactFloat(float):
    """A float whose shortest form differs from the written `text`, such as 1.10 or 1E5."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> Self:
        made = super().__new__(cls, text)
        made.text = text
        return made

    def __repr__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[type["ExactFloat"], tuple[str]]:
        return ExactFloat, (self.text,)


class ExactInteger(int):
    """An integer with more digits than Python prints by itself; `text` is how it was written."""

    text: str

    def __new__(cls, text: str) -> Self:
        made = super().__new__(cls, _value(text))
        made.text = text
        return made

    def __repr__(self) -> str:
        return self.text

    __str__ = __repr__

    def __format__(self, form: str) -> str:
        return format(self.text, form)

    def __reduce__(self) -> tuple[type["ExactInteger"], tuple[str]]:
        return ExactInteger, (self.text,)


def exact_float(text: str) -> float:
    """The float that `text` stands for, with its text when Python would write other digits."""
    value = float(text)
    return value if repr(value) == text and math.isfinite(value) else ExactFloat(text)


def exact_integer(text: str) -> int:
    """The integer that `text` stands for, at any length."""
    return int(text) if len(text) <= _CHUNK else ExactInteger(text)


def _value(text: str) -> int:
    digits = text.lstrip("+-")
    value = 0
    for start in range(0, len(digits), _CHUNK):
        chunk = digits[start : start + _CHUNK]
        value = value * 10 ** len(chunk) + int(chunk)
    return -value if text.startswith("-") else value
