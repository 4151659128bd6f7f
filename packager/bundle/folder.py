"""A folder as a bundle; what cannot be read is a problem of the bundle, never an exception."""

import itertools
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from packager.bundle.model import Bundle, BundleProblem, Entry
from packager.errors import RefusedError

SKIPPED = frozenset({".git", ".venv", "node_modules"})


def open_folder(path: str, most: int | None = None) -> Bundle:
    """Every file below `path`, or the first `most`; links that leave it or loop are reported, not followed."""
    root = Path(path)
    entries: dict[str, Entry] = {}
    problems: list[BundleProblem] = []
    found = _files(root, "", (os.path.realpath(root),), problems)
    for file, name in itertools.islice(found, most):
        try:
            status = file.stat()
        except OSError as error:
            problems.append(BundleProblem(name, f"'{name}' cannot be read: {error.strerror}", "unreadable"))
            continue
        if not stat.S_ISREG(status.st_mode):
            problems.append(BundleProblem(name, f"'{name}' is no regular file", "special-file"))
        else:
            entries[name] = Entry(name, status.st_size, _reader(file, name))
    return Bundle(path, "folder", None, entries, problems)


def _files(
    folder: Path, prefix: str, around: tuple[str, ...], problems: list[BundleProblem]
) -> Iterator[tuple[Path, str]]:
    try:
        found = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(BundleProblem(prefix.rstrip("/"), f"'{folder}' cannot be read: {error.strerror}", "unreadable"))
        return
    for entry in found:
        name = prefix + entry.name
        if not _is_folder(entry):
            yield Path(entry.path), name
        elif entry.name not in SKIPPED:
            real = os.path.realpath(entry.path)
            if real in around or not (real + os.sep).startswith(around[0] + os.sep):
                message = f"'{name}' is a link that leaves the folder or leads back into itself; it is not followed"
                problems.append(BundleProblem(name, message, "link"))
            else:
                yield from _files(Path(entry.path), name + "/", (*around, real), problems)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself; reading it says so
        return False


def _reader(file: Path, name: str) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return file.read_bytes()
        except OSError as error:
            raise RefusedError(f"'{name}' cannot be read: {error.strerror}", hint="check its permissions") from error

    return read
