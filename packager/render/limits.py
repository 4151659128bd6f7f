"""What a template may use up, counted rather than timed so that the same template fails alike on every machine."""

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2.exceptions import SecurityError

from packager.source.lazy import lazy_pattern
from packager.source.sourcemap import Origin

MOST_STEPS = 1_000_000
MOST_TEXT = 16 * 1024 * 1024
MOST_ITEMS = 100_000
MOST_BITS = 4096
_WIDTH = lazy_pattern(r"[0-9]{6,}|%[-#0 +]*\*|%[^a-zA-Z]*\.\*")


class LimitError(SecurityError):
    """A template goes over a limit; `origin` is the line that did it where no compiled line is running."""

    def __init__(self, message: str, origin: Origin | None = None) -> None:
        super().__init__(message)
        self.origin = origin


def too_many_steps() -> LimitError:
    """The error for a template that goes on and on."""
    return LimitError(f"the template takes more than {MOST_STEPS:,} steps; is there a loop without an end?")


def check_length(length: int, limit: int = MOST_TEXT, origin: Origin | None = None) -> None:
    """Refuse a text or list that would grow over the limit."""
    if length > limit:
        message = f"the template makes a value of {length:,} characters or items; the limit is {limit:,}"
        raise LimitError(message, origin)


def check_width(pattern: str) -> None:
    """Refuse a format string that pads to a huge width, or to one that a value gives."""
    if _WIDTH.search(pattern):
        raise LimitError(f"format '{pattern[:40]}' asks for a width that is too large or not in the text")


def check_operands(operator: str, left: Any, right: Any) -> None:
    """Refuse what `+ * ** %` would make too large, before it is made."""
    if operator == "%" and isinstance(left, str):
        check_width(left)
    elif isinstance(left, int) and isinstance(right, int):
        bits = left.bit_length() * max(right, 1) if operator == "**" else left.bit_length() + right.bit_length()
        check_length(bits, MOST_BITS)
    elif operator == "*":
        _check_repeat(left, right)
        _check_repeat(right, left)
    elif operator == "+" and isinstance(left, Sequence) and isinstance(right, Sequence):
        check_length(len(left) + len(right), MOST_TEXT if isinstance(left, str) else MOST_ITEMS)


def check_arguments(arguments: Sequence[Any], options: Mapping[str, Any]) -> None:
    """Refuse huge numbers given to filters and methods: widths, counts, precisions."""
    for value in (*arguments, *options.values()):
        if isinstance(value, int) and abs(value) > MOST_ITEMS:
            raise LimitError(f"{value:,} is too large for an argument; the limit is {MOST_ITEMS:,}")


def check_method(name: str, text: str, arguments: Sequence[Any], options: Mapping[str, Any]) -> None:
    """Refuse a call of a method of `text` that would make a huge text."""
    check_arguments(arguments, options)
    if name == "replace" and len(arguments) > 1:
        old, new = (str(argument) for argument in arguments[:2])
        check_length(len(text) + text.count(old) * len(new))
    elif name == "join" and arguments and isinstance(arguments[0], Sequence):
        check_length(sum(len(str(item)) + len(text) for item in arguments[0]))


def _check_repeat(value: Any, times: Any) -> None:
    if isinstance(value, (str, list, tuple)) and isinstance(times, int):
        check_length(len(value) * times, MOST_TEXT if isinstance(value, str) else MOST_ITEMS)
