"""What is refused of an object, and how the checks reach the places that they look at."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from packager.helm.literals import is_placeholder
from packager.helm.objects import Part
from packager.source.span import Path
from packager.source.spot import Spot

EACH = "*"  # in a route: every item of a list

Route = tuple[str, ...]


class Refusal(NamedTuple):
    """Something that Kubernetes refuses, and where it stands."""

    spot: Spot
    message: str


def route(text: str) -> Route:
    """The steps of `spec.ports.*.protocol`."""
    return tuple(text.split("."))


def values_at(part: Part, steps: Route) -> Iterator[tuple[Path, Any]]:
    """Each value that a route leads to below a part, with its path; `null` counts as nothing."""
    found: list[tuple[Path, Any]] = [((), part.value)]
    for step in steps:
        found = [((*path, key), inner) for path, value in found for key, inner in _members(value, step)]
    return ((path, value) for path, value in found if value is not None)


def _members(value: Any, step: str) -> Iterator[tuple[str | int, Any]]:
    if step == EACH:
        yield from enumerate(value if isinstance(value, list) else ())
    elif isinstance(value, dict) and step in value:
        yield step, value[step]


def parts_at(part: Part, steps: Route) -> Iterator[Part]:
    """The objects that a route leads to."""
    for path, value in values_at(part, steps):
        if isinstance(value, dict):
            yield Part(part.document, (*part.path, *path), value)


def written(value: Any) -> str | None:
    """A text that is meant as it is: not empty, and nothing to be filled in later."""
    return value if isinstance(value, str) and value and not is_placeholder(value) else None


def whole(value: Any) -> int | None:
    """A whole number; truth values are none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def repeated(part: Part, steps: Route, what: str) -> Iterator[Refusal]:
    """The texts at a route that were there before; `what` names such a text."""
    seen = set[str]()
    for path, value in values_at(part, steps):
        text = written(value)
        if text is not None and text in seen:
            yield Refusal(part.spot(*path), f"{what} '{text}' is there twice")
        elif text is not None:
            seen.add(text)
