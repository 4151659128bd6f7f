"""A finished zip against its build record: the same bytes, the same entries, or what differs."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packager.assemble.compare import digest, name_differences, opened
from packager.assemble.layout import layout_differences, read_layout
from packager.bundle.model import Entry
from packager.errors import PackagerError, RefusedError, UsageError
from packager.source.document import Document

SCHEMA = 1


def record_of(archive: Path) -> Path:
    """Where the record of a zip lies: beside it, `<name>.record.json`."""
    return archive.with_name(f"{archive.stem}.record.json")


def read_record(path: Path) -> dict[str, Any]:
    """The record at `path`. Raises UsageError when there is none, RefusedError when it is no record."""
    try:
        document = Document.from_bytes(path.name, path.read_bytes())
    except OSError as error:
        raise UsageError(f"'{path}' cannot be read: {error.strerror}", hint="`packager build` writes it") from error
    again = "build the package again"
    if document.problem is not None:
        line = document.place_of(document.problem.span).line
        message = f"'{path}' is no build record: {document.problem.message} (line {line})"
        raise RefusedError(message, hint=again)
    value = document.value
    if isinstance(value, dict) and "schema" in value and value["schema"] != SCHEMA:
        message = f"'{path}' has schema {value['schema']}; this packager reads build records of schema {SCHEMA}"
        raise RefusedError(message, hint=f"use the packager that wrote it, or {again}")
    if (missing := _missing(value)) is not None:
        raise RefusedError(f"'{path}' is no build record: {missing}", hint=again)
    record: dict[str, Any] = value
    return record


def _missing(record: Any) -> str | None:
    """What a record must have and this one has not."""
    if not isinstance(record, dict) or "schema" not in record:
        return "it has no 'schema'"
    if not all(isinstance(record.get(key), str) for key in ("offer", "plan", "version")):
        return "it does not name its offer, plan and version"
    entries, archive = record.get("entries"), record.get("archive")
    if not isinstance(archive, dict) or not isinstance(archive.get("sha256"), str):
        return "it has no 'archive' with a sha256"
    if not isinstance(entries, list) or not all(map(_is_entry, entries)):
        return "its 'entries' are no list of names with their sha256"
    return None


def _is_entry(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("name"), str) and isinstance(entry.get("sha256"), str)


def record_differences(archive: Path, record: dict[str, Any]) -> Iterator[str]:
    """What is not as the record says, one sentence each; nothing when the zip is the recorded one."""
    bundle = opened(archive)
    expected = {entry["name"]: entry for entry in record["entries"]}
    yield from name_differences(bundle, frozenset(expected), "the record")
    for name in sorted(expected.keys() & bundle.entries.keys()):
        yield from _entry_difference(bundle.entries[name], expected[name])
    found, size = digest(archive), archive.stat().st_size
    if found != record["archive"]["sha256"]:
        yield from layout_differences(read_layout(archive), None, "the record")
        yield f"archive: its sha256 is {found}; the record says {record['archive']['sha256']}"
    elif record["archive"].get("bytes", size) != size:
        yield f"archive: it has {size:,} bytes; the record says {record['archive']['bytes']}"


def _entry_difference(entry: Entry, recorded: dict[str, Any]) -> Iterator[str]:
    try:
        data = entry.read()
    except PackagerError as error:
        yield error.message
        return
    if hashlib.sha256(data).hexdigest() != recorded["sha256"] or recorded.get("bytes", len(data)) != len(data):
        yield f"'{entry.name}' has other content than the record says"
