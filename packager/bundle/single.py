"""One file as a bundle: it alone is reported, what lies beside it serves as context."""

from pathlib import Path

from packager.bundle.folder import open_folder
from packager.bundle.model import Bundle, Entry

CONTEXT_LIMIT = 2_000


def open_file(path: str) -> Bundle:
    """The file at `path`, and what lies beside and below it; in a folder with very many files the file alone."""
    file = Path(path)
    folder = open_folder(str(file.parent), CONTEXT_LIMIT)
    entries = folder.entries
    if file.name not in entries or len(entries) == CONTEXT_LIMIT:
        entries = {file.name: Entry(file.name, file.stat().st_size, file.read_bytes)}
    problems = [problem for problem in folder.problems if problem.name == file.name]
    return Bundle(path, "file", None, entries, problems, frozenset({file.name}))
