"""A reference to a file of a package, and which files of the package it can mean."""

import posixpath
from functools import lru_cache
from typing import NamedTuple

from packager.source.spot import Spot

# Properties that hold nothing but the address of a file, so that a name without an ending is a file too.
FILE_PROPERTIES = frozenset(
    {
        "configurationurl",
        "fileuris",
        "modulesurl",
        "packagefileuri",
        "packageuri",
        "primaryscripturi",
        "relativepath",
        "scripturi",
        "supportingscripturis",
        "uri",
        "url",
    }
)


class FileReference(NamedTuple):
    """A text that leads to a file in one of `folders`; its name is made of `pieces` with what is unknown between them.

    With one piece the whole name is known. `key` is the property that holds the text, in lower case. `conditional`
    tells that a condition decides whether the file is asked for.
    """

    spot: Spot
    key: str
    folders: tuple[str, ...]
    pieces: tuple[str, ...]
    conditional: bool

    @property
    def pattern(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Folders and pieces: two references with the same pattern lead to the same files."""
        return self.folders, self.pieces

    @property
    def is_certain(self) -> bool:
        """Whether the text can be nothing but the address of a file."""
        return self.key in FILE_PROPERTIES

    @property
    def is_exact(self) -> bool:
        """Whether the whole name is known."""
        return len(self.pieces) == 1

    @property
    def shown(self) -> str:
        """The name with stars for what is unknown; of several the first that stays in the package."""
        name = "*".join(self.pieces)
        found = [posixpath.normpath(posixpath.join(folder, name)) for folder in self.folders]
        return next((one for one in found if not one.startswith("..")), found[0])

    def names(self) -> tuple[str, ...]:
        """The names of the file, one for each folder that it may be in; they may lead out of the package."""
        return tuple(posixpath.normpath(posixpath.join(folder, self.pieces[0])) for folder in self.folders)

    def fits(self, name: str) -> bool:
        """Whether the file `name` of the package may be the one that is meant."""
        return any(_fits(name, shape) for shape in _shapes(self.folders, self.pieces))


@lru_cache(maxsize=128)
def _shapes(folders: tuple[str, ...], pieces: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The pieces from the root of the package on, for each folder; `..` is followed."""
    whole = "\0".join(pieces)
    return tuple(tuple(posixpath.normpath(posixpath.join(folder, whole)).split("\0")) for folder in folders)


def _fits(name: str, pieces: tuple[str, ...]) -> bool:
    if len(pieces) == 1:
        return name == pieces[0]
    first, *middle, last = pieces
    if not name.startswith(first) or not name.endswith(last) or len(name) < len(first) + len(last):
        return False
    position, end = len(first), len(name) - len(last)
    for piece in middle:
        found = name.find(piece, position, end)
        if found < 0:
            return False
        position = found + len(piece)
    return True
