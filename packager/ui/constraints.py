"""The rules that an element has for its value: `regex`, and the entries of `validations`."""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.expressions.errors import ExpressionError
from packager.source.span import Path
from packager.ui.nodes import Call, walk
from packager.ui.parser import has_brackets, parse


def patterns_of(constraints: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, str]]:
    """Every pattern of the constraints at `path` with its own path; those that an expression makes are left out."""
    for at, written in _written(constraints, path):
        if not is_computed(written):
            yield at, written


def has_computed_rule(constraints: Mapping[str, Any]) -> bool:
    """Whether an expression makes a pattern or judges the value."""
    entries = _entries(constraints)
    return any(entry.get("isValid") not in (None, "") for _, entry in entries) or any(
        is_computed(written) for _, written in _written(constraints, ())
    )


def is_computed(text: str) -> bool:
    """Whether a text is an expression that calls something; `[a-z]` is a pattern, and so is `[a]`."""
    if not has_brackets(text):
        return False
    try:
        return any(isinstance(node, Call) for node in walk(parse(text)))
    except ExpressionError:
        return False


def _written(constraints: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, str]]:
    pattern = constraints.get("regex")
    if isinstance(pattern, str) and pattern:
        yield (*path, "regex"), pattern
    for number, entry in _entries(constraints):
        pattern = entry.get("regex")
        if isinstance(pattern, str) and pattern:
            yield (*path, "validations", number, "regex"), pattern


def _entries(constraints: Mapping[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    entries = constraints.get("validations")
    return [
        (number, entry)
        for number, entry in enumerate(entries if isinstance(entries, list) else ())
        if isinstance(entry, dict)
    ]
