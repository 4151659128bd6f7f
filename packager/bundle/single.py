"""One file as a bundle: it alone is reported, what lies beside it serves as context."""

from pathlib import Path

from packager.bundle.folder import file_entry, open_folder
from packager.bundle.model import Bundle, BundleProblem
from packager.bundle.names import shown

CONTEXT_LIMIT = 2_000


def open_file(path: str) -> Bundle:
    """The file at `path`, and what lies beside and below it; in a folder with very many files the file alone.

    The file is read wherever a link leads to: the user named it.
    """
    file, problems = Path(path), list[BundleProblem]()
    name = shown(file.name)
    entry = file_entry(file, name, problems)
    beside = open_folder(str(file.parent), CONTEXT_LIMIT).entries
    context = {} if len(beside) == CONTEXT_LIMIT else {other: one for other, one in beside.items() if other != name}
    return Bundle(path, "file", None, {**context, name: entry} if entry else context, problems, frozenset({name}))
