"""Somebody else's zip as a bundle: nothing is unpacked to disk, and every trick known of archives is refused."""

import itertools
import re
import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from packager.bundle.model import Bundle, BundleProblem, Entry
from packager.errors import RefusedError

ENTRY_LIMIT = 1 << 30  # Partner Center takes no single file over 1 GB
TOTAL_LIMIT = 4 << 30
RATIO_LIMIT = 200
COUNT_LIMIT = 20_000
RATIO_FLOOR = 1 << 20  # small files may compress as well as they like
READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DRIVE = re.compile(r"^[A-Za-z]:")


def open_zip(path: str) -> Bundle:
    """The entries of the zip at `path`. Raises RefusedError when it is no zip, damaged as a whole, or a bomb."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        message = f"'{path}' is no zip that can be read: {error}"
        raise RefusedError(message, hint="it may be truncated or something else; build or download it again") from error
    _refuse_whole(path, infos)
    entries: dict[str, Entry] = {}
    problems: list[BundleProblem] = []
    folded: set[str] = set()
    overlapping = _overlapping(infos)
    for info in infos:
        if info.filename.endswith("/"):
            continue
        problem = _problem(info, folded, overlapping)
        folded.add(info.filename.casefold())
        if problem:
            problems.append(problem)
        if problem is None or problem.code in {"case-duplicate", "backslash"}:
            entries[info.filename] = Entry(info.filename, info.file_size, _reader(path, info))
    return Bundle(path, "zip", None, entries, problems)


def _refuse_whole(path: str, infos: list[zipfile.ZipInfo]) -> None:
    if not infos:
        raise RefusedError(f"'{path}' is an empty zip")
    if len(infos) > COUNT_LIMIT:
        raise RefusedError(f"'{path}' has {len(infos):,} entries; at most {COUNT_LIMIT:,} are read")
    total = sum(info.file_size for info in infos)
    if total > TOTAL_LIMIT:
        raise RefusedError(f"'{path}' would unpack to {total:,} bytes; at most {TOTAL_LIMIT:,} are read")
    if len(infos) == 1 and infos[0].filename.lower().endswith(".zip"):
        message = f"'{path}' holds only '{infos[0].filename}': the package is inside this zip"
        raise RefusedError(message, hint="GitHub wraps artifacts like this; unpack it once and use the zip inside")


def _overlapping(infos: list[zipfile.ZipInfo]) -> set[int]:
    ordered = sorted(infos, key=lambda info: info.header_offset)
    pairs = itertools.pairwise(ordered)
    return {
        after.header_offset for one, after in pairs if one.header_offset + 30 + one.compress_size > after.header_offset
    }


def _problem(info: zipfile.ZipInfo, folded: set[str], overlapping: set[int]) -> BundleProblem | None:
    name = info.filename
    for code, holds, message in (
        ("traversal", ".." in re.split(r"[/\\]", name), "leads out of the archive with '..'"),
        ("absolute", name.startswith(("/", "\\")) or bool(DRIVE.match(name)), "is an absolute name"),
        ("link", stat.S_ISLNK(info.external_attr >> 16), "is a symbolic link"),
        ("nameless", not name, "has no name"),
        ("encrypted", bool(info.flag_bits & 1), "is encrypted"),
        ("compression", info.compress_type not in READABLE, "uses a compression that Azure does not read"),
        ("overlap", info.header_offset in overlapping, "overlaps another entry"),
        ("too-large", info.file_size > ENTRY_LIMIT, "is larger than 1 GB"),
        ("bomb", _is_bomb(info), "expands far beyond its compressed size"),
        ("case-duplicate", name.casefold() in folded, "is there twice (names are compared without case)"),
        ("backslash", "\\" in name, "has a backslash in its name; archives use forward slashes"),
    ):
        if holds:
            return BundleProblem(name, f"'{name}' {message}", code)
    return None


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > RATIO_FLOOR and info.file_size > RATIO_LIMIT * max(info.compress_size, 1)


def _reader(path: str, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with zipfile.ZipFile(Path(path)) as archive, archive.open(info) as stream:
                data = stream.read(info.file_size + 1)
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            RuntimeError,
            NotImplementedError,
            ValueError,
            zlib.error,
        ) as error:
            raise RefusedError(f"'{info.filename}' in '{path}' is damaged: {error}") from error
        if len(data) > info.file_size:
            raise RefusedError(f"'{info.filename}' in '{path}' is larger than it says")
        return data

    return read
