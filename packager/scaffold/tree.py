"""New files and folders of a repository: all of them or none."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from packager.errors import UsageError
from packager.offer.repository import ROOT_MARKS

MARK = """\
# The folder of this file is the repository root: paths in offer.yaml files start here.
[tool.packager]
"""
STAGE = ".packager-"

Content = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class NewFiles:
    """What is to be written below one folder.

    `folders` must not exist yet; `files` lie in them. `shared` are files beside them that stay as they are when
    they exist already.
    """

    folders: tuple[PurePosixPath, ...]
    files: Mapping[PurePosixPath, Content]
    shared: Mapping[PurePosixPath, Content]


def marked_root(folder: Path) -> Path | None:
    """The folder of the nearest pyproject.toml or .git at or above `folder`; None when there is none."""
    above = folder.resolve()
    return next((one for one in (above, *above.parents) if any((one / mark).exists() for mark in ROOT_MARKS)), None)


def refuse_existing(root: Path, new: NewFiles) -> None:
    """Raise UsageError when a folder that is to be written is there already."""
    found = [str(folder) for folder in new.folders if os.path.lexists(root / folder)]
    if found:
        names = ", ".join(f"'{name}'" for name in found)
        raise UsageError(
            f"{names} {'exists' if len(found) == 1 else 'exist'} already, and nothing is overwritten",
            hint="choose another name, or move what is there away",
        )


def write_new(root: Path, new: NewFiles) -> tuple[PurePosixPath, ...]:
    """Write everything, the first of the folders last; answers the names of the files that are new.

    The files are made complete in a folder beside their places and moved there; what fails or is interrupted on the
    way is taken back. Raises UsageError when something is there already or cannot be written.
    """
    refuse_existing(root, new)
    shared = {name: data for name, data in new.shared.items() if not (root / name).exists()}
    try:
        root.mkdir(parents=True, exist_ok=True)
        with _staged(root, {**new.files, **shared}) as stage:
            _move(stage, root, (*reversed(shared), *reversed(new.folders)))
    except OSError as error:
        named = Path(error.filename2 or error.filename or root)
        place = root if named.name.startswith(STAGE) else named
        raise UsageError(f"'{place}' cannot be written: {error.strerror}", hint="choose another folder") from error
    return tuple(sorted({**new.files, **shared}))


@contextlib.contextmanager
def _staged(root: Path, files: Mapping[PurePosixPath, Content]) -> Iterator[Path]:
    stage = root / f"{STAGE}{secrets.token_hex(6)}.part"
    try:
        write_files(stage, files)
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def write_files(folder: Path, files: Mapping[PurePosixPath, Content]) -> None:
    """Write the files below `folder`; shell scripts can be run."""
    for name, read in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(read())
        if path.suffix == ".sh":
            path.chmod(path.stat().st_mode | 0o111)


def _move(stage: Path, root: Path, names: tuple[PurePosixPath, ...]) -> None:
    moved: list[PurePosixPath] = []
    made: list[Path] = []
    try:
        for name in names:
            if (stage / name).exists():
                made += _make_parents(root, name)
                (stage / name).rename(root / name)
                moved.append(name)
    except BaseException:
        for name in moved:
            (root / name).rename(stage / name)
        for folder in reversed(made):
            folder.rmdir()
        raise


def _make_parents(root: Path, name: PurePosixPath) -> list[Path]:
    """Make the folders above `name` that are missing; answers them, the outermost first."""
    missing = [root / folder for folder in name.parents if not (root / folder).is_dir()]
    for folder in reversed(missing):
        folder.mkdir()
    return missing[::-1]
