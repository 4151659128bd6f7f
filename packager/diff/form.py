"""The portal forms of two packages: elements that come, go or become something else."""

from collections.abc import Iterator

from packager.diff.model import Note, Step
from packager.source.span import Path
from packager.ui.definition import Element, UiDefinition

# The path of a step without its position: an element is the same wherever its step moves.
_Place = tuple[str | None, tuple[str, ...], str]


def form_notes(old: UiDefinition | None, new: UiDefinition | None) -> Iterator[Note]:
    """What changed for who fills in the form; customers who have installed do not meet it again."""
    before, after = _elements(old), _elements(new)
    file = new.document.name if new else old.document.name if old else ""
    for place, element in before.items():
        if place not in after:
            yield _note(element, "removed", f"{element.type} is gone", file)
    for place, element in after.items():
        was = before.get(place)
        if was is None:
            yield _note(element, "added", f"{element.type} is new", file)
        elif was.type.lower() != element.type.lower():
            message = f"it was {was.type} and is {element.type}"
            yield Note("form", "changed", _label(element), Step.MINOR, message, file, element.path)
    steps = [one.steps if one else () for one in (old, new)]
    for name in steps[0]:
        if name not in steps[1]:
            yield Note("form", "removed", name, Step.MINOR, "the step is gone", file)
    for number, name in enumerate(steps[1]):
        if name not in steps[0]:
            path: Path = ("parameters", "steps", number)
            yield Note("form", "added", name, Step.MINOR, "the step is new", file, path)


def _elements(form: UiDefinition | None) -> dict[_Place, Element]:
    return {} if form is None else dict(form.named)


def _note(element: Element, kind: str, message: str, file: str) -> Note:
    added = kind == "added"
    return Note("form", "added" if added else "removed", _label(element), Step.MINOR, message, file, element.path)


def _label(element: Element) -> str:
    return "/".join([element.step or "basics", *element.sections, element.name])
