"""A folder as a bundle; what cannot be read is a problem of the bundle, never an exception."""

import itertools
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from packager.bundle.model import Bundle, BundleProblem, Entry
from packager.bundle.names import clash_problem, name_problem, shown
from packager.errors import RefusedError
from packager.source.filenames import FileNames

SKIPPED = frozenset({".git", ".venv", "node_modules"})


def open_folder(path: str, most: int | None = None) -> Bundle:
    """Every file below `path`, or the first `most`; links that leave it or loop are reported, not followed."""
    root = Path(path)
    entries: dict[str, Entry] = {}
    problems: list[BundleProblem] = []
    found = _files(root, "", (os.path.realpath(root),), problems)
    names = FileNames()
    for file, name in itertools.islice(found, most):
        problem = name_problem(name)
        clash = problem or clash_problem(names, name)
        if clash is not None:
            problems.append(BundleProblem(shown(name), clash[1], clash[0]))
        if problem is None and (entry := file_entry(file, name, problems)):
            entries[name] = entry
    return Bundle(path, "folder", None, entries, problems)


def file_entry(file: Path, name: str, problems: list[BundleProblem]) -> Entry | None:
    """The file as an entry called `name`; None, and a problem, when it cannot be one."""
    try:
        status = file.stat()
    except OSError as error:
        problems.append(BundleProblem(name, f"'{name}' cannot be read: {error.strerror}", "unreadable"))
        return None
    if not stat.S_ISREG(status.st_mode):
        problems.append(BundleProblem(name, f"'{name}' is no regular file; a package holds files only", "special-file"))
        return None
    return Entry(name, status.st_size, _reader(file, name))


def _files(
    folder: Path, prefix: str, around: tuple[str, ...], problems: list[BundleProblem]
) -> Iterator[tuple[Path, str]]:
    try:
        found = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        message = f"'{shown(prefix) or '.'}' cannot be read: {error.strerror}"
        problems.append(BundleProblem(shown(prefix.rstrip("/")), message, "unreadable"))
        return
    for entry in found:
        name = prefix + entry.name
        is_folder = _is_folder(entry)
        if is_folder and entry.name in SKIPPED:
            continue
        if _leads_astray(entry, is_folder, around):
            message = f"'{shown(name)}' is a link that leaves the folder or leads back into it; it is not followed"
            problems.append(BundleProblem(shown(name), message, "link"))
        elif is_folder:
            yield from _files(Path(entry.path), name + "/", (*around, os.path.realpath(entry.path)), problems)
        else:
            yield Path(entry.path), name


def _leads_astray(entry: os.DirEntry[str], is_folder: bool, around: tuple[str, ...]) -> bool:
    """Whether a link leads out of the first of the folders around it, or to one of them."""
    if not entry.is_symlink():
        return False
    real = os.path.realpath(entry.path)
    return (is_folder and real in around) or not real.startswith(around[0].rstrip(os.sep) + os.sep)


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
