"""How large one value may become: input is hostile, and a template has 4 MB at most when it is expanded."""

import math
from typing import Any

from packager.expressions.errors import LIMIT, TOO_DEEP, ExpressionError
from packager.source.exact import ExactFloat, ExactInteger

MAX_TEXT = 4 * 1024 * 1024
MAX_ITEMS = 1_000_000
MAX_NESTING = 512


def refuse_text(length: int) -> None:
    """Raise ExpressionError when a text of that many characters would be too long."""
    if length > MAX_TEXT:
        message = f"the text would have {length:,} characters; at most {MAX_TEXT:,} are made"
        raise ExpressionError(LIMIT, message, None, "an expanded template has 4 MB at most")


def refuse_items(count: int) -> None:
    """Raise ExpressionError when a list or object of that many items would be too large."""
    if count > MAX_ITEMS:
        message = f"the value would have {count:,} items; at most {MAX_ITEMS:,} are made"
        raise ExpressionError(LIMIT, message, None, "an expanded template has 4 MB at most")


def measure(value: Any, nesting: int = MAX_NESTING) -> int:
    """How many values there are in a value, itself included. Lists that occur twice count twice, as in print.

    Raises ExpressionError for what no JSON document can hold: too many values, too deep, or endless numbers.
    """
    level, count, depth = [value], 1, 0
    while level:
        _refuse_numbers(level)
        level = [
            item
            for container in level
            if type(container) is list or type(container) is dict
            for item in (container.values() if type(container) is dict else container)
        ]
        count += len(level)
        depth += 1
        if count > MAX_ITEMS:
            raise ExpressionError(LIMIT, f"the value has more than {MAX_ITEMS:,} parts")
        if depth > nesting:
            raise ExpressionError(TOO_DEEP, f"the value is nested more than {nesting} levels deep")
    return count


def _refuse_numbers(values: list[Any]) -> None:
    kinds = set(map(type, values))
    if ExactInteger in kinds:
        raise ExpressionError(LIMIT, "a number has more than 4,000 digits")
    has_floats = not kinds.isdisjoint((float, ExactFloat))
    if has_floats and not all(math.isfinite(one) for one in values if isinstance(one, float)):
        raise ExpressionError(LIMIT, "a number is larger than any that JSON can hold")
