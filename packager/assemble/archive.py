"""The byte-reproducible zip: the same entries give the same bytes on every machine and Python version.

Entries are stored, not compressed: deflate differs between zlib builds, headers written by zipfile38 do not.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import zipfile38

from packager.errors import UsageError
from packager.source.atomic import atomic_file
from packager.source.lazy import lazy_pattern

EARLIEST = 315_532_800  # 1980-01-01, the first day that a zip can name
LATEST = 4_354_819_198  # 2107-12-31T23:59:58, the last second
UNIX = 3
FILE_MODE = 0o100644
SCRIPT_MODE = 0o100755
_SECONDS = lazy_pattern(r"-?[0-9]{1,20}")

Contents = Mapping[str, Callable[[], bytes]]


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it was written."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip that was written."""

    path: Path
    bytes: int
    sha256: str
    entries: tuple[Written, ...]


def write_archive(path: Path, contents: Contents, seconds: int = EARLIEST) -> Archive:
    """Write the zip beside its place and rename it; entries are read one at a time and dated `seconds` since 1970.

    Raises UsageError when the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"'{path.parent}' cannot be made: {error.strerror}"
        raise UsageError(message, hint="choose another folder with --out") from error
    with atomic_file(path) as stream:
        written = write_entries(stream, contents, seconds)
        size = stream.tell()
        stream.seek(0)
        return Archive(path, size, hashlib.file_digest(stream, "sha256").hexdigest(), written)


def write_entries(stream: BinaryIO, contents: Contents, seconds: int) -> tuple[Written, ...]:
    """The zip itself, to a stream that can be sought."""
    moment = time.gmtime(min(max(seconds, EARLIEST), LATEST))[:6]
    written = []
    with zipfile38.ZipFile(stream, "w", zipfile38.ZIP_STORED) as archive:
        for name, read in sorted(contents.items()):
            data = read()
            info = zipfile38.ZipInfo(name, moment)
            info.create_system = UNIX
            info.external_attr = (SCRIPT_MODE if name.endswith(".sh") else FILE_MODE) << 16
            archive.writestr(info, data)
            written.append(Written(name, len(data), hashlib.sha256(data).hexdigest()))
    return tuple(written)


def source_date_epoch(value: str | None) -> int:
    """The seconds that `SOURCE_DATE_EPOCH` says, within what a zip can name. Raises UsageError when it says none."""
    if not value:
        return EARLIEST
    if not _SECONDS.fullmatch(value):
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {value[:40]!r}; it must be a whole number of seconds since 1970",
            hint="unset it, or use the time of the last commit: git log -1 --format=%ct",
        )
    return min(max(int(value), EARLIEST), LATEST)
