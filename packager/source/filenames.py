"""Names of files that are to lie side by side: which of them collide on a system that takes no notice of case."""

from collections.abc import Iterator
from typing import Literal, NamedTuple


class Clash(NamedTuple):
    """Why a name cannot stand beside `other`.

    `same` and `case` are two files; with `under` a file is where `other` needs a folder, with `over` the other way
    round.
    """

    kind: Literal["same", "case", "under", "over"]
    other: str


class FileNames:
    """The names so far, with forward slashes; adding one says what it collides with."""

    __slots__ = ("_files", "_folders")

    def __init__(self) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def add(self, name: str) -> Clash | None:
        """Take the name of a file, unless it collides with an earlier one."""
        folded = name.casefold()
        other = self._files.get(folded)
        if other is not None:
            return Clash("same" if other == name else "case", other)
        if folded in self._folders:
            return Clash("under", self._folders[folded])
        blocked = next((self._files[folder] for folder in _folders(folded) if folder in self._files), None)
        if blocked is not None:
            return Clash("over", blocked)
        self._files[folded] = name
        self._folders.update(dict.fromkeys(_folders(folded), name))
        return None


def _folders(name: str) -> Iterator[str]:
    """The folders around a file, innermost first."""
    folder = name.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
