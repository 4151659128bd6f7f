"""Label selectors, as Kubernetes evaluates them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from packager.source.span import Path

_OPERATORS: dict[str, Callable[[str | None, list[Any]], bool]] = {
    "In": lambda value, values: value in values,
    "NotIn": lambda value, values: value not in values,
    "Exists": lambda value, _: value is not None,
    "DoesNotExist": lambda value, _: value is None,
}


class Requirement(NamedTuple):
    """One of the things that a selector asks for, at `path` in it; `words` say what it is."""

    words: str
    path: Path
    holds: bool


def unmatched(selector: Mapping[str, Any], labels: Mapping[str, Any]) -> Requirement | None:
    """The first thing that a selector asks for and labels do not have; None when they fit."""
    return next((one for one in _requirements(selector, labels) if not one.holds), None)


def selects(selector: Mapping[str, Any], labels: Mapping[str, Any]) -> bool:
    """Whether a selector fits labels; what it asks for in words that are not known here counts as given."""
    return unmatched(selector, labels) is None


def _requirements(selector: Mapping[str, Any], labels: Mapping[str, Any]) -> Iterator[Requirement]:
    wanted = selector.get("matchLabels")
    for name, value in wanted.items() if isinstance(wanted, dict) else ():
        yield Requirement(f"the label '{name}: {value}'", ("matchLabels", name), labels.get(name) == value)
    expressions = selector.get("matchExpressions")
    for position, one in enumerate(expressions if isinstance(expressions, list) else ()):
        key, operator, values = (
            (one.get(name) for name in ("key", "operator", "values")) if isinstance(one, dict) else (None,) * 3
        )
        test = _OPERATORS.get(operator) if isinstance(operator, str) else None
        if test is not None and isinstance(key, str):
            listed = values if isinstance(values, list) else []
            words = f"what '{key} {operator} {listed}' asks for" if listed else f"what '{key} {operator}' asks for"
            yield Requirement(words, ("matchExpressions", position), test(labels.get(key), listed))
