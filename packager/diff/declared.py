"""Parameters and outputs of two main templates: what customers give, and what they read."""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.arm.template import Template, member
from packager.diff.model import Change, Note, Step
from packager.diff.values import same
from packager.source.reading import ABSENT
from packager.source.span import Path

# A bound and whether a greater value of it takes fewer values than before.
BOUNDS = {"minLength": True, "minValue": True, "maxLength": False, "maxValue": False}


def declared_notes(old: Template | None, new: Template | None) -> Iterator[Note]:
    """What changed in the declarations; a package without a main template declares nothing."""
    file = new.document.name if new else old.document.name if old else ""
    sides = [one.parameters if one else {} for one in (old, new)]
    for change in _pairs(sides[0], sides[1]):
        yield from _parameter(change, file)
    sides = [one.outputs if one else {} for one in (old, new)]
    for change in _pairs(sides[0], sides[1]):
        yield from _output(change, file)


def _pairs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Declarations by name, however it is capitalised."""
    before = {name.lower(): value for name, value in old.items()}
    after = {name.lower() for name in new}
    for name, value in old.items():
        if name.lower() not in after:
            yield Change((name,), value, ABSENT)
    for name, value in new.items():
        yield Change((name,), before.get(name.lower(), ABSENT), value)


def _parameter(change: Change, file: str) -> Iterator[Note]:
    name, path = str(change.path[0]), ("parameters", *change.path)
    if change.kind == "removed":
        message = "it is gone: deployments that give it a value are refused"
        yield Note("parameter", "removed", name, Step.MAJOR, message, file, path)
    elif change.kind == "added":
        optional = isinstance(change.new, dict) and _has_default(change.new)
        message = "it is new and has a default" if optional else "it is new and has no default: updates must give it"
        yield Note("parameter", "added", name, Step.MINOR if optional else Step.MAJOR, message, file, path)
    elif isinstance(change.old, dict) and isinstance(change.new, dict):
        yield from _constraints(name, change.old, change.new, file, path)


def _constraints(name: str, old: dict[str, Any], new: dict[str, Any], file: str, path: Path) -> Iterator[Note]:
    def note(step: Step, message: str) -> Note:
        return Note("parameter", "changed", name, step, message, file, path)

    kinds = [str(member(one, "type")).lower().removeprefix("secure") for one in (old, new)]
    if kinds[0] != kinds[1]:
        message = f"its type was {member(old, 'type')} and is {member(new, 'type')}: values given before are refused"
        yield note(Step.MAJOR, message)
    if _has_default(old) and not _has_default(new):
        yield note(Step.MAJOR, "its default is gone: updates must give it a value")
    elif not same(member(old, "defaultValue"), member(new, "defaultValue")):
        yield note(Step.PATCH, "its default is another one" if _has_default(old) else "it has a default now")
    yield from (note(step, message) for step, message in _allowed(old, new))
    for bound, greater_is_narrower in BOUNDS.items():
        step = _bound_step(member(old, bound), member(new, bound), greater_is_narrower=greater_is_narrower)
        if step is not None:
            told = "refuses values that were accepted" if step is Step.MAJOR else "accepts more values"
            values = " and is ".join("unset" if value is None else str(value) for value in _both(old, new, bound))
            yield note(step, f"{bound} was {values}: it {told}")


def _both(old: dict[str, Any], new: dict[str, Any], name: str) -> tuple[Any, Any]:
    return member(old, name), member(new, name)


def _has_default(declaration: dict[str, Any]) -> bool:
    return any(key.lower() == "defaultvalue" for key in declaration)


def _allowed(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[Step, str]]:
    before, after = _both(old, new, "allowedValues")
    if not isinstance(after, list):
        if isinstance(before, list):
            yield Step.MINOR, "it takes any value now"
        return
    if not isinstance(before, list):
        yield Step.MAJOR, "it takes only some values now; others were accepted"
        return
    for values, others, step, told in (
        (before, after, Step.MAJOR, "no longer takes"),
        (after, before, Step.MINOR, "takes"),
    ):
        extra = [value for value in values if not any(same(value, other) for other in others)]
        if extra:
            shown = ", ".join(map(str, extra[:5])) + (" and others" if len(extra) > 5 else "")
            yield step, f"it {told} {shown}"


def _bound_step(old: Any, new: Any, *, greater_is_narrower: bool) -> Step | None:
    """How a bound changed; None when it did not, or when it is no number."""
    if same(old, new) or not all(value is None or isinstance(value, int) for value in (old, new)):
        return None
    if old is None or new is None:
        return Step.MAJOR if old is None else Step.MINOR
    return Step.MAJOR if (new > old) is greater_is_narrower else Step.MINOR


def _output(change: Change, file: str) -> Iterator[Note]:
    name, path = str(change.path[0]), ("outputs", *change.path)
    if change.kind == "removed":
        message = "it is gone: whoever reads it fails"
        yield Note("output", "removed", name, Step.MAJOR, message, file, path)
    elif change.kind == "added":
        yield Note("output", "added", name, Step.MINOR, "it is new", file, path)
    elif isinstance(change.old, dict) and isinstance(change.new, dict):
        kinds = [member(one, "type") for one in (change.old, change.new)]
        if str(kinds[0]).lower() != str(kinds[1]).lower():
            message = f"its type was {kinds[0]} and is {kinds[1]}"
            yield Note("output", "changed", name, Step.MAJOR, message, file, path)
