"""Programs of the machine: where they are found, and how they are run so that they can neither wait nor ask.

What a program is used for, and what is made of its answer, is the business of whoever runs it.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from packager.errors import PackagerError

# What a program needs of the environment to work at all; nothing that changes what it says.
_NEEDED = ("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT")
MOST_OUTPUT = 64 << 20
_LOOK_SECONDS = 0.1  # how often it is looked at how much a program has written


class ProgramError(PackagerError):
    """A program that cannot be run, or had to be stopped."""


class ProgramTimeoutError(ProgramError):
    """A program that was stopped because its time was over."""


class Outcome(NamedTuple):
    """How a program ended and what it said; a negative code is the signal that stopped it."""

    code: int
    output: str
    errors: str

    @property
    def first_error(self) -> str:
        """The first line of what it complains of, cut to a bearable length; "" when it says nothing."""
        return next(iter(self.errors.strip().splitlines()), "")[:200]


def find_program(name: str) -> str | None:
    """Where a program is: what PACKAGER_<NAME> names, else in the folder of this Python, else on PATH; None if nowhere.

    Raises ProgramError when the variable names no program.
    """
    named = os.environ.get(f"PACKAGER_{name.upper()}")
    if named:
        found = shutil.which(named)
        if found is None:
            raise ProgramError(f"PACKAGER_{name.upper()} names '{named}', which is no program")
        return found
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    # Windows looks in the current folder first, which may be that of the package: nothing of it is ever run.
    return found if found is not None and Path(found).is_absolute() else None


def plain_environment() -> dict[str, str]:
    """An environment in which no setting of the user changes what a program says, and it says it in English."""
    return {name: os.environ[name] for name in _NEEDED if name in os.environ} | {"LC_ALL": "C"}


class Started:
    """A program that runs beside this one; it is stopped with it at the latest."""

    __slots__ = ("__weakref__", "_errors", "_output", "_process", "_stop")

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: str | Path | None = None,
        given: bytes = b"",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start `command`, whose first word is a path, with `given` to read. Raises ProgramError when it cannot be."""
        files: list[IO[bytes]] = []
        try:
            # Files rather than pipes: nothing waits for a reader, and shells read a pipe a character at a time.
            read, self._output, self._errors = (_opened(files) for _ in range(3))
            read.write(given)
            read.seek(0)
            self._process = subprocess.Popen(  # noqa: S603 - the user's own program, with arguments of ours
                command,
                stdin=read,
                stdout=self._output,
                stderr=self._errors,
                cwd=folder,
                env=environment,
                start_new_session=True,  # so that whatever the program starts can be ended with it
            )
        except OSError as error:
            _close(files)
            raise ProgramError(f"'{command[0]}' cannot be run: {error.strerror or error}") from error
        self._stop = weakref.finalize(self, _end, self._process, files)

    def outcome(self, seconds: float, most_output: int = MOST_OUTPUT) -> Outcome:
        """Wait for the end and read what was said, once.

        Raises ProgramError, with the words that follow on "it", when the time is over or too much was written.
        """
        end = time.monotonic() + seconds
        try:
            while (code := self._ended(end)) is None:
                if time.monotonic() >= end:
                    raise ProgramTimeoutError(f"did not end within {seconds:g} seconds")
                self._refuse_more_than(most_output)
            self._refuse_more_than(most_output)
            return Outcome(code, _text(self._output), _text(self._errors))
        finally:
            self._stop()

    def _ended(self, end: float) -> int | None:
        """The exit code, after waiting for it for a moment; None while the program goes on."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(max(min(_LOOK_SECONDS, end - time.monotonic()), 0))
        return None

    def _refuse_more_than(self, most: int) -> None:
        if any(os.fstat(file.fileno()).st_size > most for file in (self._output, self._errors)):
            raise ProgramError(f"wrote more than {most // 1024 // 1024} MB")


def run_program(
    command: Sequence[str],
    seconds: float,
    *,
    folder: str | Path | None = None,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> Outcome:
    """Run a program to its end. Raises ProgramError when it cannot be run or had to be stopped."""
    started = Started(command, folder=folder, given=given, environment=environment)
    try:
        return started.outcome(seconds)
    except ProgramError as error:
        raise ProgramError(f"'{Path(command[0]).name}' {error.message}") from None


def _opened(files: list[IO[bytes]]) -> IO[bytes]:
    files.append(tempfile.TemporaryFile())  # noqa: SIM115 - closed with the others
    return files[-1]


def _end(process: subprocess.Popen[bytes], files: list[IO[bytes]]) -> None:
    """End the program and what it has started, if there is anything left of them."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
    _close(files)


def _close(files: list[IO[bytes]]) -> None:
    for file in files:
        file.close()


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")
