"""A difference as JSON values: the format that `packager diff --format json` prints."""

from typing import Any

from packager.diff.model import Change, Difference, FileDifference, Note, PackageDifference
from packager.diff.version import next_version, suffices, taken
from packager.source.reading import ABSENT
from packager.source.span import to_pointer


def as_json(found: Difference) -> dict[str, Any]:
    """The JSON object; absent values are left out, so that null means null."""
    return {
        "schema": 1,
        "old": found.old,
        "new": found.new,
        "packages": [_package(one) for one in found.packages],
        "plans": {"added": list(found.added), "removed": list(found.removed)},
    }


def _package(one: PackageDifference) -> dict[str, Any]:
    step = taken(one.old_version, one.new_version)
    return {
        "plan": one.plan,
        "version": {
            "old": one.old_version,
            "new": one.new_version,
            "step": None if step is None else str(step),
            "deserved": str(one.deserved),
            "proposed": next_version(one.old_version, one.deserved),
            "sufficient": suffices(one.old_version, one.new_version, one.deserved),
        },
        "breaking": [_note(note) for note in one.breaking],
        "resources": {
            **_kinds(one, "resource"),
            "values": [
                {"type": resource.type, "name": resource.name, "changes": [_change(each) for each in resource.changes]}
                for resource in one.resources
            ],
        },
        "parameters": _kinds(one, "parameter"),
        "outputs": _kinds(one, "output"),
        "form": _kinds(one, "form"),
        "files": [_file(file) for file in one.files],
    }


def _kinds(one: PackageDifference, subject: str) -> dict[str, Any]:
    notes = [note for note in one.notes if note.subject == subject]
    return {kind: [_note(note) for note in notes if note.kind == kind] for kind in ("added", "removed", "changed")}


def _note(note: Note) -> dict[str, Any]:
    return {
        "subject": note.subject,
        "name": note.name,
        "step": str(note.step),
        "message": note.message,
        "file": note.file,
        "pointer": to_pointer(note.path),
    }


def _change(change: Change) -> dict[str, Any]:
    values = {"old": change.old, "new": change.new}
    shown = {name: value for name, value in values.items() if value is not ABSENT}
    return {"kind": change.kind, "pointer": to_pointer(change.path), **shown}


def _file(file: FileDifference) -> dict[str, Any]:
    lines = {} if file.lines is None else {"lines": {"removed": file.lines[0], "added": file.lines[1]}}
    size = {"old": file.size[0], "new": file.size[1]}
    return {"name": file.name, "kind": file.kind, "bytes": size, **lines, "changes": [_change(c) for c in file.changes]}
