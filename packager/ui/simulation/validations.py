"""The rules that a form writes for its values: patterns, and the entries of `validations`."""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.expressions.errors import ExpressionError
from packager.ui.patterns import matches
from packager.ui.simulation.ask import as_flag, setting
from packager.ui.values import UNDEFINED, is_missing, is_true


def pattern_errors(pattern: str, text: str, message: str) -> Iterator[str]:
    """Nothing where the pattern fits, and where JavaScript cannot take it: that is an error of the form's author."""
    try:
        if not matches(pattern, text):
            yield message or f"the value does not match the pattern {pattern[:80]}"
    except ExpressionError:
        return


def validation_errors(entries: Any, text: str) -> Iterator[str]:
    """The messages of the rules that fail; one that is not decided yet passes."""
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, Mapping) or is_true(entry.get("skip", False)) or not is_true(entry.get("await", True)):
            continue
        message = setting(entry, "message")
        message = message if isinstance(message, str) else "the value is not valid"
        pattern, is_valid = setting(entry, "regex"), entry.get("isValid", UNDEFINED)
        if isinstance(pattern, str) and pattern and text:
            yield from pattern_errors(pattern, text, message)
        if not is_missing(is_valid) and not as_flag(is_valid, is_true(is_valid)):
            yield message
