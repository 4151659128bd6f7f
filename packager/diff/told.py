"""Words that the text and the Markdown form of a difference share."""

import json
from collections.abc import Iterator
from typing import Any

from packager.diff.model import Change, FileDifference, Note, PackageDifference, Step
from packager.diff.version import next_version, suffices
from packager.source.reading import ABSENT
from packager.source.span import to_pointer

MARKS = {"added": "+", "removed": "-", "changed": "~", "reordered": "~"}
SUBJECTS = {
    "resource": "Resources",
    "parameter": "Parameters",
    "output": "Outputs",
    "form": "Form",
}
_SHOWN = 80


def value_text(value: Any) -> str:
    """A value on one line, cut where it is long; half characters, which no encoding can write, as escapes."""
    written = json.dumps(value, ensure_ascii=False)
    written = written.encode("utf-8", "backslashreplace").decode("utf-8")
    return written if len(written) <= _SHOWN else written[: _SHOWN - 3] + "..."


def change_text(change: Change) -> str:
    """A change on one line: its mark, its pointer and both values."""
    at = to_pointer(change.path) or "/"
    at = at.encode("utf-8", "backslashreplace").decode("utf-8")
    if change.reordered:
        return f"~ {at}: another order"
    shown = [value_text(value) for value in (change.old, change.new) if value is not ABSENT]
    return f"{MARKS[change.kind]} {at}: {' -> '.join(shown)}"


def file_text(one: FileDifference) -> str:
    """An entry on one line."""
    if one.kind != "changed":
        return f"{MARKS[one.kind]} {one.name} ({one.size[0] or one.size[1]:,} bytes)"
    if one.lines == (0, 0):
        return f"~ {one.name} (the same lines in another order, or with other line ends)"
    if one.lines is not None:
        return f"~ {one.name} (lines: {one.lines[0]} gone, {one.lines[1]} new)"
    if one.compared == "bytes":
        return f"~ {one.name} ({one.size[0]:,} -> {one.size[1]:,} bytes)"
    return f"~ {one.name}" if one.changes else f"~ {one.name} (the same values, written otherwise)"


def cut(lines: list[str], most: int) -> list[str]:
    """At most so many lines, and how many more there are."""
    return lines if len(lines) <= most else [*lines[:most], f"... and {len(lines) - most} more; --all shows them"]


def note_text(note: Note) -> str:
    """A note on one line."""
    return f"{MARKS[note.kind]} {note.name}: {note.message}"


def title(one: PackageDifference) -> str:
    """The plan and its versions."""
    versions = " -> ".join(version or "unknown version" for version in (one.old_version, one.new_version))
    return f"{one.plan}: {versions}" if one.plan else versions


def groups(one: PackageDifference) -> Iterator[tuple[str, list[Note]]]:
    """The notes by subject, with a heading each; those that break something are told apart from them."""
    for subject, heading in SUBJECTS.items():
        notes = [note for note in one.notes if note.subject == subject and note.step is not Step.MAJOR]
        if notes:
            yield heading, notes


def verdict(one: PackageDifference) -> str:
    """What the version should be, and whether it is."""
    if one.deserved is Step.NONE:
        return "the packages are the same"
    proposed = next_version(one.old_version, one.deserved)
    wanted = f"these changes deserve a {one.deserved} step"
    if proposed is not None:
        wanted += f": {proposed} or later"
    enough = suffices(one.old_version, one.new_version, one.deserved)
    if enough is None:
        return wanted
    return f"{wanted}; {one.new_version} says so" if enough else f"{wanted}; {one.new_version} does not say so"
