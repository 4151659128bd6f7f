"""One file as a bundle: it alone is reported, what lies beside it serves as context."""

from pathlib import Path

from packager.bundle.folder import file_entry, open_folder
from packager.bundle.model import Bundle
from packager.bundle.names import shown

CONTEXT_LIMIT = 2_000


def open_file(path: str) -> Bundle:
    """The file at `path`, and what lies beside and below it; in a folder with very many files the file alone."""
    file = Path(path)
    folder = open_folder(str(file.parent), CONTEXT_LIMIT)
    entries = folder.entries
    problems = [problem for problem in folder.problems if problem.name == shown(file.name)]
    if len(entries) == CONTEXT_LIMIT or (file.name not in entries and not problems):
        entry = file_entry(file, file.name, problems)
        entries = {file.name: entry} if entry else {}
    return Bundle(path, "file", None, entries, problems, frozenset({shown(file.name)}))
