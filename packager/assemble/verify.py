"""A finished zip against its build record: the same bytes, the same entries, or what differs."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packager.bundle.zipped import open_zip
from packager.errors import RefusedError, UsageError


def record_of(archive: Path) -> Path:
    """Where the record of a zip lies: beside it, `<name>.record.json`."""
    return archive.with_name(f"{archive.stem}.record.json")


def read_record(path: Path) -> dict[str, Any]:
    """The record at `path`. Raises UsageError when there is none, RefusedError when it is no record."""
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"'{path}' cannot be read: {error.strerror}", hint="`packager build` writes it") from error
    except ValueError as error:
        raise RefusedError(f"'{path}' is no build record: {error}") from error
    if not _is_record(record):
        raise RefusedError(f"'{path}' is no build record of schema 1", hint="build the package again")
    return record


def _is_record(record: Any) -> bool:
    if not isinstance(record, dict) or record.get("schema") != 1:
        return False
    entries, archive = record.get("entries"), record.get("archive")
    described = [archive, *entries] if isinstance(entries, list) else [None]
    return all(isinstance(one, dict) and {"name", "sha256"} <= one.keys() for one in described)


def differences(archive: Path, record: dict[str, Any]) -> Iterator[str]:
    """What is not as the record says, one sentence each; nothing when the zip is the recorded one."""
    try:
        data = archive.read_bytes()
    except OSError as error:
        raise UsageError(f"'{archive}' cannot be read: {error.strerror}") from error
    if hashlib.sha256(data).hexdigest() == record["archive"]["sha256"]:
        return
    bundle = open_zip(str(archive))
    yield from (problem.message for problem in bundle.problems)
    expected = {entry["name"]: entry["sha256"] for entry in record["entries"]}
    for name in sorted(expected.keys() - bundle.entries.keys()):
        yield f"'{name}' is missing"
    for name in sorted(bundle.entries.keys() - expected.keys()):
        yield f"'{name}' is not in the record"
    for name in sorted(expected.keys() & bundle.entries.keys()):
        if hashlib.sha256(bundle.entries[name].read()).hexdigest() != expected[name]:
            yield f"'{name}' has other content"
    yield f"the archive has sha256 {hashlib.sha256(data).hexdigest()}, the record says {record['archive']['sha256']}"
