"""What shellcheck says of the scripts of a package: one process for all of them, so that they may read each other."""

import json
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from packager.programs import ProgramError, Started, find_program, plain_environment

SECONDS = 120
MOST_CHARACTERS = 1 << 18
_SAFE = re.compile(r"(?:[\w-][\w.-]{0,99}/){0,12}[\w.-]{1,99}", re.ASCII)
_OPTIONS = ("--norc", "--format=json1", "--source-path=SCRIPTDIR", "--")
# It could not read a file that the script reads; of what stands in that file it knows nothing.
NOT_FOLLOWED = frozenset({1090, 1091})

Texts = tuple[tuple[str, str], ...]


class Comment(NamedTuple):
    """A finding of shellcheck; lines and columns start at 1, `level` is error, warning, info or style."""

    line: int
    column: int
    end_line: int
    end_column: int
    level: str
    code: int
    words: str


class Lint:
    """A run of shellcheck over texts by name; it goes on in the background until its comments are asked for."""

    def __init__(self, texts: Texts) -> None:
        """Start it. What cannot be run is kept, and said when the comments are asked for."""
        self._comments: dict[str, list[Comment]] | None = None if texts else {}
        self._error: ProgramError | None = None
        try:
            if texts:
                self._start(texts)
        except ProgramError as error:
            self._error = error
        except OSError as error:
            self._error = ProgramError(f"no temporary files can be written for shellcheck: {error.strerror}")

    def _start(self, texts: Texts) -> None:
        program = find_program("shellcheck")
        if program is None:
            raise ProgramError("there is no 'shellcheck' on PATH")
        folder = tempfile.mkdtemp(prefix="packager-")
        self._remove = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._names = {_safe(name, number): name for number, (name, _) in enumerate(texts)}
        for safe, (_, text) in zip(self._names, texts, strict=True):
            file = Path(folder, safe)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8", "replace"))
        # Without --external-sources a script can read the others, which are given here, and nothing of this machine.
        command = [program, *_OPTIONS, *self._names]
        self._started = Started(command, folder=folder, environment=plain_environment())

    def comments(self) -> dict[str, list[Comment]]:
        """The comments by name. Raises ProgramError where shellcheck is absent or fails."""
        if self._error is None and self._comments is None:
            try:
                self._comments = self._read()
            except ProgramError as error:
                self._error = error
            self._remove()
        if self._error is not None:
            raise self._error
        return self._comments or {}

    def _read(self) -> dict[str, list[Comment]]:
        try:
            ended = self._started.outcome(SECONDS)
        except ProgramError as error:
            raise ProgramError(f"shellcheck {error.message}") from None
        try:
            found: dict[str, list[Comment]] = {}
            for safe, comment in _comments(json.loads(ended.output)):
                found.setdefault(self._names[safe.removeprefix("./")], []).append(comment)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ProgramError(f"'shellcheck' ends with code {ended.code}: {ended.first_error}") from error
        return found


@lru_cache(maxsize=8)
def lint(texts: Texts) -> Lint:
    """The run over texts by name, in order of names: one for the same texts, which the plans of an offer share."""
    return Lint(texts)


def _safe(name: str, number: int) -> str:
    """The name as it is, so that scripts find each other, unless a file system could take it for something else."""
    return name if _SAFE.fullmatch(name) and ".." not in name else f"+{number}.sh"


def _comments(answer: Any) -> Iterator[tuple[str, Comment]]:
    for one in answer["comments"]:
        place = (int(one["line"]), int(one["column"]), int(one["endLine"]), int(one["endColumn"]))
        yield str(one["file"]), Comment(*place, str(one["level"]), int(one["code"]), str(one["message"]))
