"""A line on a terminal's stderr that says how far a run is, for runs of more than a second."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from packager.cli.running import Outcome

if TYPE_CHECKING:
    import threading

PATIENCE = 1.0
_CLEAR = "\r\033[K"
_WIDTH = 100


def followed(outcomes: Iterable[Outcome], paths: tuple[str, ...], *, show: bool, alone: bool) -> Iterator[Outcome]:
    """The outcomes, with progress on stderr while they are made when `show`.

    When they are made in this process (`alone`), a timer shows the line even while the first is under way; else it is
    shown between outcomes only: processes must not be forked while another thread runs.
    """
    if not show or not sys.stderr.isatty():
        yield from outcomes
        return
    started = time.monotonic()
    timer = _timer(paths[0]) if alone else None
    shown = False
    try:
        for done, outcome in enumerate(outcomes, 1):
            if timer is not None:
                timer.cancel()
            late = time.monotonic() - started > PATIENCE
            shown = shown or late
            if late and done < len(paths):
                _show(f"checking {done + 1} of {len(paths)}: {paths[done]}")
            yield outcome
    finally:
        if timer is not None:
            timer.cancel()
        if shown:
            _write("")


def _timer(path: str) -> "threading.Timer":
    import threading  # only for a terminal

    timer = threading.Timer(PATIENCE, _show, (f"checking {path}",))
    timer.daemon = True
    timer.start()
    return timer


def _show(text: str) -> None:
    _write(text if text.isprintable() else ascii(text))


def _write(text: str) -> None:
    sys.stderr.write(_CLEAR + text[:_WIDTH])
    sys.stderr.flush()
