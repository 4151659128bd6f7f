"""Evaluates portal expressions, alone or at any depth of a JSON value."""

from typing import Any

from packager.expressions.errors import TOO_DEEP, ExpressionError
from packager.expressions.parser import unescape
from packager.source.span import Path
from packager.ui.binding import compiled
from packager.ui.environment import Environment
from packager.ui.function import Frame
from packager.ui.parser import has_brackets
from packager.ui.values import Value, is_number, number


def evaluate(value: Any, environment: Environment) -> Value:
    """The value of a JSON value that may hold expressions at any depth; texts that are none stand for themselves.

    Raises ExpressionError with the place in the expression (`span`) and the path of the text in `value` (`path`).
    Members and items that are undefined stay so: `json_form` makes JSON of the result.
    """
    try:
        return _evaluated(value, environment, ())
    except RecursionError:
        raise ExpressionError(TOO_DEEP, "the value is nested too deep") from None


def _evaluated(value: Any, environment: Environment, path: Path) -> Value:
    if isinstance(value, str):
        try:
            return evaluate_text(value, environment)
        except ExpressionError as error:
            raise error.within(path) from None
    if isinstance(value, list):
        return [_evaluated(item, environment, (*path, place)) for place, item in enumerate(value)]
    if isinstance(value, dict):
        return {name: _evaluated(item, environment, (*path, name)) for name, item in value.items()}
    return number(value) if is_number(value) else value


def evaluate_text(text: str, environment: Environment) -> Value:
    """The value of one JSON string. Raises ExpressionError."""
    if not has_brackets(text):
        return unescape(text)
    try:
        return compiled(text)(Frame(environment, text))
    except RecursionError:
        raise ExpressionError(TOO_DEEP, "the expression is nested too deep") from None
