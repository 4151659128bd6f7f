"""The streams of a run: what stands in for one that is closed, and a stdout that tells its failures in words."""

import contextlib
import errno
import io
import os
import sys

from packager.errors import PackagerError


class Stdout(io.TextIOWrapper):
    """Stdout that raises PackagerError when a write fails, and OSError only when the reader has gone."""

    def write(self, text: str) -> int:
        """Write the text."""
        try:
            return super().write(text)
        except OSError as error:
            failed = failure(error)
            if failed is None:
                raise
            raise failed from error

    def flush(self) -> None:
        """Pass on what is written."""
        try:
            super().flush()
        except OSError as error:
            failed = failure(error)
            if failed is None:
                raise
            raise failed from error


def prepare_streams() -> None:
    """Stand in for streams that are closed, as `>&-` does: such a stdout takes nothing, a stderr throws away."""
    if sys.stdout is None:
        # Open for reading only: to write there fails as it does to what is closed, for the programs that are run, too.
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    old = sys.stdout
    if type(old) is io.TextIOWrapper:  # what others have put there stays
        encoding, errors, through = old.encoding, old.errors, old.write_through
        sys.stdout = Stdout(old.detach(), encoding, errors, line_buffering=old.line_buffering, write_through=through)


def failure(error: OSError) -> PackagerError | None:
    """What a failed write to stdout means.

    None when the reader has gone, as `head` does, which is no error; Windows calls that EINVAL.
    """
    if error.errno in {errno.EPIPE, errno.EINVAL}:
        return None
    reason = "it is closed" if error.errno == errno.EBADF else error.strerror
    hint = "let stdout go to a terminal, a program or a file that can be written"
    return PackagerError(f"the report cannot be written to stdout: {reason}", hint=hint)


def give_up_stdout() -> None:
    """Leave what stdout does not take: Python flushes it once more at its end, and would complain again."""
    try:
        sys.stdout.flush()
    except (OSError, PackagerError):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
