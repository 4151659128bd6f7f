"""Which names an entry of a package may have: relative, with forward slashes, printable, unlike every other one."""

from packager.bundle.model import NameProblem
from packager.source.filenames import FileNames
from packager.source.lazy import lazy_pattern

_DRIVE = lazy_pattern(r"[A-Za-z]:")
_STEPS = lazy_pattern(r"[/\\]")


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
        ("traversal", ".." in steps, "leads out of the package with '..'; every file has to be inside it"),
        ("absolute", name.startswith(("/", "\\")), "is an absolute name; names in a package are relative to its root"),
        ("drive-letter", bool(_DRIVE.match(name)), "starts with a drive letter; names in a package are relative"),
        ("backslash", "\\" in name, "has a backslash in its name; names in a package have forward slashes"),
        ("empty-step", "." in steps or "" in steps, "has an empty step or a '.' in its name; write it without"),
    )
    found = next(((code, message) for code, holds, message in checks if holds), None)
    return (found[0], f"'{shown(name)}' {found[1]}") if found else None


def clash_problem(names: FileNames, name: str) -> tuple[NameProblem, str] | None:
    """Take the name of a file among the others of its package, or say why it cannot stand beside them."""
    clash = names.add(name)
    if clash is None:
        return None
    this, other = shown(name), shown(clash.other)
    found: dict[str, tuple[NameProblem, str]] = {
        "same": ("duplicate", f"'{this}' is there twice; readers differ in which one they take"),
        "case": ("case-duplicate", f"'{this}' differs from '{other}' only in case; rename one of them"),
        "under": ("file-and-folder", f"'{this}' is a file, and '{other}' needs a folder of that name"),
        "over": ("file-and-folder", f"'{this}' needs a folder where the file '{other}' is"),
    }
    return found[clash.kind]
