"""The byte-reproducible zip: the same entries give the same bytes on every machine and Python version.

Entries are stored, not compressed: deflate differs between zlib builds, headers written by zipfile38 do not.
"""

import hashlib
import io
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import zipfile38

from packager.errors import UsageError
from packager.source.atomic import write_atomically

EARLIEST = 315_532_800  # 1980-01-01, the first day that a zip can name
LATEST = 4_354_819_198  # 2107-12-31T23:59:58, the last second
UNIX = 3
FILE_MODE = 0o100644
SCRIPT_MODE = 0o100755


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


def write_archive(path: Path, contents: Mapping[str, bytes]) -> Archive:
    """Write the zip beside its place and rename it. Raises UsageError when the folder cannot be written."""
    buffer = io.BytesIO()
    moment = time.gmtime(_epoch())[:6]
    written = []
    with zipfile38.ZipFile(buffer, "w", zipfile38.ZIP_STORED) as archive:
        for name, data in sorted(contents.items()):
            info = zipfile38.ZipInfo(name, moment)
            info.create_system = UNIX
            info.external_attr = (SCRIPT_MODE if name.endswith(".sh") else FILE_MODE) << 16
            archive.writestr(info, data)
            written.append(Written(name, len(data), hashlib.sha256(data).hexdigest()))
    data = buffer.getvalue()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    except OSError as error:
        raise UsageError(
            f"'{path}' cannot be written: {error.strerror}", hint="choose another folder with --out"
        ) from error
    return Archive(path, len(data), hashlib.sha256(data).hexdigest(), tuple(written))


def _epoch() -> int:
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if text and not text.isdigit():
        raise UsageError(f"SOURCE_DATE_EPOCH is '{text}'; it must be a number of seconds")
    return min(max(int(text or EARLIEST), EARLIEST), LATEST)
