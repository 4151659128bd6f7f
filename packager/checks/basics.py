"""What a form's `config.basics` lists, and the rest of what a package would deploy that belongs there."""

from collections.abc import Iterable, Mapping
from typing import Any

from packager.arm.template import key_of, member
from packager.source.span import Path
from packager.source.spot import Spot
from packager.ui.definition import UiDefinition

_SHOWN = 8


def listed(form: UiDefinition, *steps: str) -> list[str] | None:
    """A list of texts below `parameters`; None when it is absent or something else, such as an expression."""
    found = form.value.get("parameters")
    for step in steps:
        found = member(found, step) if isinstance(found, Mapping) else None
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else None


def spot_in(form: UiDefinition, *steps: str) -> Spot:
    """Where something below `parameters` stands, or would stand."""
    path: Path = ("parameters",)
    value: Any = form.parameters
    for step in steps:
        name = key_of(value, step) if isinstance(value, Mapping) else step
        path, value = (*path, name), value.get(name) if isinstance(value, Mapping) else None
    return form.spot(path)


def missing_from(names: Iterable[str], known: Iterable[str]) -> list[str]:
    """The names that are not known, ignoring case, each once and in order."""
    lowered = {one.lower() for one in known}
    by_lowered = {one.lower(): one for one in names}
    return sorted(name for key, name in by_lowered.items() if key not in lowered)


def joined(names: list[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
