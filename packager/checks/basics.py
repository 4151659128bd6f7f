"""What a form's `config.basics` lists, and the rest of what a package would deploy that belongs there."""

from collections.abc import Iterable

from packager.arm.template import reached
from packager.source.spot import Spot
from packager.ui.definition import UiDefinition

_SHOWN = 8


def listed(form: UiDefinition, *steps: str) -> list[str] | None:
    """A list of texts below `parameters`; None when it is absent or something else, such as an expression."""
    found = reached(form.parameters, *steps)[1]
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else None


def spot_in(form: UiDefinition, *steps: str) -> Spot:
    """Where something below `parameters` stands, or would stand."""
    return form.spot(("parameters", *reached(form.parameters, *steps)[0]))


def missing_from(names: Iterable[str], known: Iterable[str]) -> list[str]:
    """The names that are not known, ignoring case, each once and in order."""
    lowered = {one.lower() for one in known}
    by_lowered = {one.lower(): one for one in names}
    return sorted(name for key, name in by_lowered.items() if key not in lowered)


def joined(names: list[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
