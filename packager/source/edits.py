"""Changes of a JSON value by path: what a fix asks for, before it is known where in which text that is written."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from packager.source.span import Path


class SetValue(NamedTuple):
    """Write `value` in place of the value at `path`, which exists."""

    path: Path
    value: Any


class RemoveMember(NamedTuple):
    """Take the member at `path` out of its object."""

    path: Path


class AddMember(NamedTuple):
    """Give the object at `path` a new member; it stands behind the member called `after`, else in front of all."""

    path: Path
    name: str
    value: Any
    after: str | None = None


Edit = SetValue | RemoveMember | AddMember


def given(holder: Any, path: Path, name: str, value: Any, after: str | None = None) -> tuple[Edit, ...]:
    """The edit after which the object `holder` at `path` has the member; `name` is compared ignoring case.

    Nothing when `holder` is no object.
    """
    if not isinstance(holder, dict):
        return ()
    written = next((key for key in holder if key.lower() == name.lower()), None)
    return (SetValue((*path, written), value) if written is not None else AddMember(path, name, value, after),)


def applied(value: Any, edits: Iterable[Edit]) -> Any:
    """`value` with the edits made; the original stays as it is. Raises LookupError where a path leads nowhere."""
    for edit in edits:
        value = _changed(value, edit.path, edit)
    return value


def _changed(value: Any, path: Path, edit: Edit) -> Any:
    """Not recursive beyond the depth of a path, which the reader of documents limits."""
    if not path and not isinstance(edit, RemoveMember):
        return {**value, edit.name: edit.value} if isinstance(edit, AddMember) else edit.value
    step = path[0]
    inside = step in value if isinstance(value, dict) else isinstance(value, list) and isinstance(step, int)
    if not inside:
        raise LookupError(step)
    copy = value.copy()
    if len(path) == 1 and isinstance(edit, RemoveMember):
        del copy[step]
    else:
        copy[step] = _changed(value[step], path[1:], edit)
    return copy
