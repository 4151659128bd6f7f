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
        if isinstance(one, dict) and isinstance(one.get("key"), str) and isinstance(one.get("operator"), str):
            yield _expression(one["key"], one["operator"], one.get("values"), labels, position)


def _expression(key: str, operator: str, values: Any, labels: Mapping[str, Any], position: int) -> Requirement:
    listed = values if isinstance(values, list) else []
    asked = f"{key} {operator} [{', '.join(map(str, listed))}]" if listed else f"{key} {operator}"
    test = _OPERATORS.get(operator)
    holds = test is None or test(labels.get(key), listed)
    return Requirement(f"what '{asked}' asks for", ("matchExpressions", position), holds)
