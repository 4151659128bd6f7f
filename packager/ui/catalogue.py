"""The catalogue: every type of element that a portal form can have, in one table.

Rules, the simulation, the preview page and the reference pages all read it; nothing else says what an element has.
"""

from packager.ui.elements import calls, choices, compute, layout, network, scopes, services, storage, text
from packager.ui.elements.model import ElementType, Member, Setting, Where
from packager.ui.elements.shared import NAME, TYPE, VISIBLE

_MODULES = (text, choices, layout, compute, network, storage, services, calls, scopes)
# By name, in the order of the alphabet.
ELEMENTS: dict[str, ElementType] = {
    one.name: one for one in sorted((one for module in _MODULES for one in module.ELEMENTS), key=lambda one: one.name)
}
_BY_LOWER_NAME = {name.lower(): one for name, one in ELEMENTS.items()}
EVERYWHERE: tuple[Setting, ...] = (NAME, TYPE, VISIBLE)


def element_type(name: str) -> ElementType | None:
    """The type of that name, ignoring case; the portal itself is strict about it."""
    return _BY_LOWER_NAME.get(name.lower())


def settings_of(element: ElementType, where: Where) -> tuple[Setting, ...]:
    """The properties that an element has in a kind of document, those that every element has included."""
    return tuple(one for one in (*EVERYWHERE, *element.settings) if one.where in {"both", where})


def member_at(element: ElementType, names: tuple[str, ...]) -> Member | None:
    """The member of an element's output at a path; None where it has none, or where anything may be."""
    members = element.output.members if element.output is not None else ()
    return next((one for one in members if fits(one.path, names)), None)


def fits(written: str, path: tuple[str | int, ...]) -> bool:
    """Whether a path of the catalogue (`a.b[].c`, `a.*.b`) is that path of a value."""
    steps = written.replace("[]", ".[]").split(".")
    return len(steps) == len(path) and all(map(_fits, steps, path))


def _fits(step: str, key: str | int) -> bool:
    return step == "[]" if isinstance(key, int) else step in {"*", key}
