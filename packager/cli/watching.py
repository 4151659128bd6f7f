"""Waits for files to change, by looking at them now and then: a few hundred files need nothing better."""

import os
import time
from collections.abc import Iterable
from pathlib import Path

from packager.bundle.folder import SKIPPED

PAUSE = 0.3

State = dict[str, tuple[int, int]]


def state(places: Iterable[Path], without: Iterable[Path] = ()) -> State:
    """Time and size of every file at or below `places`, but not of those that the run writes itself."""
    left_out = {os.path.realpath(path) for path in without}
    found: State = {}
    for place in places:
        for file in _files(place):
            if os.path.realpath(file) not in left_out:
                found[file] = _looks(file)
    return found


def differs(before: State, after: State) -> bool:
    """Whether a file that both know has changed since `before`."""
    return any(after.get(file, looks) != looks for file, looks in before.items())


def wait_for_change(before: State, places: Iterable[Path], without: Iterable[Path]) -> None:
    """Return when a file has come, gone or changed."""
    watched, left_out = tuple(places), tuple(without)
    while state(watched, left_out) == before:
        time.sleep(PAUSE)


def _files(place: Path) -> Iterable[str]:
    if not place.is_dir():
        yield str(place)
        return
    for folder, folders, files in os.walk(place):
        folders[:] = [name for name in folders if name not in SKIPPED]
        yield from (str(Path(folder, name)) for name in files)


def _looks(file: str) -> tuple[int, int]:
    try:
        status = os.stat(file)  # noqa: PTH116  (a name is enough)
    except (OSError, ValueError):
        return 0, 0
    return status.st_mtime_ns, status.st_size
