"""Expressions that were typed without their brackets, or with one of them: an answer that repeats them misleads."""

import re
from collections.abc import Callable

from packager.expressions.errors import SYNTAX, ExpressionError


def refuse_broken(text: str, is_expression: Callable[[str], bool], is_function: Callable[[str], bool]) -> None:
    """Raise ExpressionError for a text that is no expression and was evidently meant for one.

    Such a text begins with the bracket of an expression, or calls a function. Every other text answers itself.
    """
    if is_expression(text):
        return
    shown = text.strip()
    if shown.startswith("[") and not shown.startswith("[["):
        if not shown.endswith("]"):
            raise ExpressionError(SYNTAX, "it begins with '[' and does not end with ']'", hint="put ] at its end")
        raise ExpressionError(SYNTAX, "with blanks around its brackets it is a text", hint="leave the blanks out")
    called = re.match(r"(\w+)\(", shown)
    if called is not None and is_function(called[1]):
        message = f"'{called[1]}' is called outside brackets, so all of it is a text"
        raise ExpressionError(SYNTAX, message, hint=f"write [{called[1]}(...)]")
