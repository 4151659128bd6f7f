"""Somebody else's zip as a bundle: nothing is unpacked to disk, and every trick known of archives is refused."""

import itertools
import stat
import struct
import zipfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from packager.bundle.inflate import damage_of, read_entry
from packager.bundle.model import Bundle, BundleProblem, Entry
from packager.bundle.names import clash_problem, name_problem, shown
from packager.source.filenames import FileNames

if TYPE_CHECKING:
    from packager.bundle.model import ProblemCode

ENTRY_LIMIT = 1 << 30  # Partner Center takes no single file over 1 GB
TOTAL_LIMIT = 4 << 30
RATIO_LIMIT = 200
COUNT_LIMIT = 20_000
RATIO_FLOOR = 1 << 20  # small files may compress as well as they like
READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
WRAPPED = (".zip", ".record.json")  # what `packager build` writes, and so what a workflow uploads
HEADER = 30  # bytes before the name of an entry, at least
# What keeps an entry in the bundle all the same: its content can be read, by one name.
NAMED_BADLY = frozenset({"case-duplicate", "backslash", "file-and-folder"})
UNREADABLE_ZIP = (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)


def open_zip(path: str) -> Bundle:
    """The entries of the zip at `path`, each read once to see that it is whole; what is wrong is in its problems."""
    try:
        with Path(path).open("rb") as stream:
            size = stream.seek(0, 2)
            infos = zipfile.ZipFile(stream).infolist()
            refusal = _refusal(infos)
            entries, problems = ({}, [refusal]) if refusal else _entries(path, infos, stream)
    except PermissionError as error:
        message = f"this file cannot be read: {error.strerror}; check its permissions"
        return Bundle(path, "zip", None, {}, [BundleProblem("", message, "no-zip")])
    except UNREADABLE_ZIP as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        message = f"this is no zip that can be read: {reason}; it may be truncated or something else: build it again"
        return Bundle(path, "zip", None, {}, [BundleProblem("", message, "no-zip")])
    return Bundle(path, "zip", None, entries, problems, archive_size=size)


def names_in(stream: BinaryIO) -> tuple[str, ...]:
    """The names in an inner zip, at most as many as a package may have; none when it is no zip."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return tuple(info.filename for info in itertools.islice(archive.infolist(), COUNT_LIMIT))
    except UNREADABLE_ZIP:
        return ()


def _refusal(infos: list[zipfile.ZipInfo]) -> BundleProblem | None:
    """Why the archive as a whole is not looked into."""
    if len(infos) > COUNT_LIMIT:
        return BundleProblem("", f"the zip has {len(infos):,} entries; at most {COUNT_LIMIT:,} are read", "too-many")
    total = sum(info.file_size for info in infos)
    if total > TOTAL_LIMIT:
        message = f"the zip would unpack to {total:,} bytes; at most {TOTAL_LIMIT:,} are read"
        return BundleProblem("", message, "unpacks-too-large")
    names = [info.filename for info in infos if not info.filename.endswith("/")]
    inner = [shown(name) for name in names if name.lower().endswith(".zip")]
    if inner and all(name.lower().endswith(WRAPPED) for name in names):
        said = ", ".join(f"'{name}'" for name in inner[:5])
        message = f"the package is inside this zip ({said}): unpack this one and upload that"
        return BundleProblem("", f"{message}; GitHub wraps the artifacts of a workflow like this", "wrapper")
    return None


def _entries(path: str, infos: list[zipfile.ZipInfo], stream: BinaryIO) -> tuple[dict[str, Entry], list[BundleProblem]]:
    entries: dict[str, Entry] = {}
    problems: list[BundleProblem] = []
    names, overlapping = FileNames(), _overlapping(infos)
    for info in infos:
        problem = _problem(info, names, overlapping) or _damage(stream, info)
        if problem is not None:
            problems.append(problem)
        if not info.filename.endswith("/") and (problem is None or problem.code in NAMED_BADLY):
            entries[info.filename] = Entry(info.filename, info.file_size, partial(read_entry, path, info))
    return entries, problems


def _overlapping(infos: Iterable[zipfile.ZipInfo]) -> set[int]:
    ordered = sorted(infos, key=lambda info: info.header_offset)
    pairs = itertools.pairwise(ordered)
    return {
        after.header_offset
        for one, after in pairs
        if one.header_offset + HEADER + one.compress_size > after.header_offset
    }


def _problem(info: zipfile.ZipInfo, names: FileNames, overlapping: set[int]) -> BundleProblem | None:
    """What the directory alone tells about an entry; a folder is only a name."""
    name = info.filename
    badly = name_problem(info.orig_filename)
    if name.endswith("/") or badly is not None:
        return BundleProblem(shown(info.orig_filename), badly[1], badly[0]) if badly else None
    tricks: tuple[tuple[ProblemCode, bool, str], ...] = (
        ("link", stat.S_ISLNK(info.external_attr >> 16), "is a symbolic link; pack the file that it leads to"),
        ("encrypted", bool(info.flag_bits & 1), "is encrypted; pack it without a password"),
        ("compression", info.compress_type not in READABLE, "uses a compression other than deflate; pack it again"),
        ("overlap", info.header_offset in overlapping, "overlaps another entry; the archive is broken or hostile"),
        ("too-large", info.file_size > ENTRY_LIMIT, f"has {info.file_size:,} bytes; 1 GB is the limit for one file"),
        ("bomb", _is_bomb(info), "expands far beyond its compressed size and is not read"),
    )
    trick = next(((code, message) for code, holds, message in tricks if holds), None)
    if trick is not None:
        return BundleProblem(name, f"'{name}' {trick[1]}", trick[0])
    clash = clash_problem(names, name)
    return BundleProblem(name, clash[1], clash[0]) if clash else None


def _damage(stream: BinaryIO, info: zipfile.ZipInfo) -> BundleProblem | None:
    damage = damage_of(stream, info)
    return BundleProblem(info.filename, f"'{info.filename}' is damaged: {damage}", "damaged") if damage else None


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > RATIO_FLOOR and info.file_size > RATIO_LIMIT * max(info.compress_size, 1)
