"""The files of the repository that an offer may use: found by exact name, never outside the root."""

import contextlib
import functools
import os
import pathlib
import stat
from collections.abc import Iterator, Mapping

from packager.errors import RefusedError
from packager.source.nearest import did_you_mean

ROOT_MARKS = ("pyproject.toml", ".git")
MOST_FILES = 20_000


class PathError(RefusedError):
    """A path that an offer or a source names and that cannot be used."""


def repository_root(offer_file: pathlib.Path) -> pathlib.Path:
    """The folder of the nearest pyproject.toml or .git above `offer_file`, else the file's own folder."""
    folder = offer_file.resolve().parent
    marked = (above for above in (folder, *folder.parents) if any((above / mark).exists() for mark in ROOT_MARKS))
    return next(marked, folder)


def root_relative(written: str, folder: str) -> str:
    """`written` as a path from the repository root; `./x` is relative to `folder`. A trailing slash stays."""
    if "\\" in written:
        raise PathError(f"path '{written}' has a backslash", hint="write forward slashes, on Windows too")
    if "\0" in written:
        raise PathError("path has a NUL character")
    if written.startswith(("/", "~")) or pathlib.PureWindowsPath(written).drive:
        raise PathError(f"path '{written}' is absolute", hint="write it relative to the repository root")
    steps: list[str] = folder.split("/") if written.startswith(("./", "../")) and folder else []
    for step in written.split("/"):
        if step == "..":
            if not steps:
                raise PathError(f"path '{written}' leaves the repository")
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps) + ("/" if written.endswith("/") and steps else "")


NOTHING_REPLACED: Mapping[str, bytes] = {}


class Repository:
    """A root folder and what was read of its directories, so that each is listed once.

    `replaced` holds the bytes that some files shall be taken to have, by name.
    """

    __slots__ = ("_names", "_real", "_replaced", "root")

    def __init__(self, root: pathlib.Path, replaced: Mapping[str, bytes] = NOTHING_REPLACED) -> None:
        self.root = root
        self._replaced = replaced
        self._real = root.resolve()
        self._names = functools.cache(_entry_names)

    def file(self, name: str) -> pathlib.Path:
        """The regular file called `name` (from the root, forward slashes), or PathError."""
        with _explained(name):
            path = self._existing(name)
            mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise PathError(f"'{name}' is a folder, not a file")
        if not stat.S_ISREG(mode):
            raise PathError(f"'{name}' is not a regular file")
        return path

    def data(self, name: str) -> bytes:
        """The bytes of the file called `name`."""
        if name in self._replaced:
            return self._replaced[name]
        with _explained(name):
            return self.file(name).read_bytes()

    def folder(self, name: str) -> pathlib.Path:
        """The folder called `name`; an empty name is the root."""
        with _explained(name):
            path = self._existing(name.rstrip("/"))
            if not path.is_dir():
                raise PathError(f"'{name}' is a file, not a folder")
        return path

    def walk(self, folder: str, *, hidden: bool = False) -> list[str]:
        """Names of all files below `folder`, sorted; those that start with a dot only when `hidden`."""
        found: list[str] = []
        with _explained(folder):
            self._collect(folder.strip("/"), found, frozenset(), hidden=hidden)
        return sorted(found)

    def _collect(self, folder: str, found: list[str], above: frozenset[pathlib.Path], *, hidden: bool) -> None:
        path = self.folder(folder)
        real = path.resolve()
        if real in above:
            raise PathError(f"'{folder}' is a link to a folder around it")
        for name in sorted(self._names(path)):
            if name.startswith(".") and not hidden:
                continue
            inner = f"{folder}/{name}" if folder else name
            if (path / name).is_dir():
                self._collect(inner, found, above | {real}, hidden=hidden)
            else:
                found.append(inner)
            if len(found) > MOST_FILES:
                raise PathError(f"'{folder or '.'}' holds more than {MOST_FILES} files")

    def _existing(self, name: str) -> pathlib.Path:
        path = self.root
        for step in filter(None, name.split("/")):
            if not path.is_dir():
                raise PathError(f"'{name}' does not exist: '{path.name}' is a file, not a folder")
            names = self._names(path)
            if step not in names:
                raise _missing(name, step, names)
            path /= step
        return self._inside(path, name)

    def _inside(self, path: pathlib.Path, name: str) -> pathlib.Path:
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError) as error:  # a dangling or looping link; RuntimeError until Python 3.13
            raise PathError(f"'{name}' is a link that leads nowhere") from error
        if not real.is_relative_to(self._real):
            raise PathError(f"'{name}' is a link that leaves the repository", hint="put the file into the repository")
        return path


def _entry_names(folder: pathlib.Path) -> frozenset[str]:
    """Names as the file system has them: a look-up by name would hide a wrong case on macOS and Windows."""
    return frozenset(os.listdir(folder))  # noqa: PTH208  (names alone are wanted)


@contextlib.contextmanager
def _explained(name: str) -> Iterator[None]:
    """What the operating system refuses is said of `name`."""
    try:
        yield
    except OSError as error:
        raise PathError(f"'{name}' cannot be read: {error.strerror}") from error


def _missing(name: str, step: str, names: frozenset[str]) -> PathError:
    twin = next((known for known in sorted(names) if known.casefold() == step.casefold()), None)
    if twin:
        hint = f"write '{twin}'; names are case sensitive in the package and on Linux"
        return PathError(f"'{name}' does not exist, but '{twin}' does: the case differs", hint=hint)
    return PathError(f"'{name}' does not exist{did_you_mean(step, names)}")
