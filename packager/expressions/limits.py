"""How large one value may become: input is hostile, and a template has 4 MB at most when it is expanded."""

from packager.expressions.errors import LIMIT, ExpressionError

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
