"""Which names an entry of a package may have: relative, with forward slashes, printable, unlike every other one."""

import re
from collections.abc import Iterator

from packager.bundle.model import NameProblem

_DRIVE = re.compile(r"[A-Za-z]:")
_STEPS = re.compile(r"[/\\]")


def shown(name: str) -> str:
    """The name as it can be printed: control characters and bytes that are no text become escapes."""
    if name.isprintable():
        return name
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in name)


def name_problem(name: str) -> tuple[NameProblem, str] | None:
    """What is wrong with the name of a file (or of a folder, which ends in a slash), by itself."""
    steps = _STEPS.split(name.removesuffix("/"))
    checks: tuple[tuple[NameProblem, bool, str], ...] = (
        ("unnamed", not name.strip("/"), "is an entry without a name"),
        ("unprintable", not name.isprintable(), "has a character in its name that cannot be printed"),
        ("traversal", ".." in steps, "leads out of the package with '..'"),
        ("absolute", name.startswith(("/", "\\")), "is an absolute name; names in a package are relative to its root"),
        ("drive-letter", bool(_DRIVE.match(name)), "starts with a drive letter; names in a package are relative"),
        ("backslash", "\\" in name, "has a backslash in its name; names in a package have forward slashes"),
        ("empty-step", "." in steps or "" in steps, "has an empty step or a '.' in its name; write it without"),
    )
    found = next(((code, message) for code, holds, message in checks if holds), None)
    return (found[0], f"'{shown(name)}' {found[1]}") if found else None


class Names:
    """The names of the files so far; adding one says what it collides with. Case does not tell two names apart."""

    __slots__ = ("_files", "_folders")

    def __init__(self) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def add(self, name: str) -> tuple[NameProblem, str] | None:
        """Take the name of a file, or say why it cannot stand beside the others."""
        folded = name.casefold()
        other = self._files.get(folded)
        if other == name:
            return "duplicate", f"'{shown(name)}' is there twice; readers differ in which one they take"
        if other is not None:
            return "case-duplicate", f"'{shown(name)}' differs from '{shown(other)}' only in case; rename one of them"
        if folded in self._folders:
            message = f"'{shown(name)}' is a file, and '{shown(self._folders[folded])}' needs a folder of that name"
            return "file-and-folder", message
        blocked = next((self._files[folder] for folder in _folders(folded) if folder in self._files), None)
        if blocked is not None:
            return "file-and-folder", f"'{shown(name)}' needs a folder where the file '{shown(blocked)}' is"
        self._files[folded] = name
        self._folders.update(dict.fromkeys(_folders(folded), name))
        return None


def _folders(name: str) -> Iterator[str]:
    """The folders around a file, innermost first."""
    folder = name.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
