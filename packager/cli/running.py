"""Checks several PATHs, in this process or in others; what goes wrong with one does not stop the rest."""

import datetime
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from packager.checks.config import Config
from packager.checks.engine import Report
from packager.checks.finding import Severity
from packager.checks.problems import problem_finding
from packager.errors import PackagerError, UsageError
from packager.pipeline import Checked, check_path

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

MOST_JOBS = 61  # what Windows lets one process wait for


@dataclass(frozen=True, slots=True)
class Request:
    """A PATH and how to check it."""

    path: str
    config: Config
    today: datetime.date
    overrides: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request: a report, or the `refusal` that says why there is none."""

    request: Request
    checked: Checked
    refusal: UsageError | None = None


def check_all(requests: Iterable[Request], jobs: int) -> Iterator[Outcome]:
    """The outcomes in the order of the requests."""
    ordered = list(requests)
    if jobs == 1 or len(ordered) == 1:
        yield from map(check_one, ordered)
        return
    # 20 ms of imports that one process does not need.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    workers = min(jobs, len(ordered), MOST_JOBS)
    with ProcessPoolExecutor(workers, _context(), _leave_interrupts_to_the_parent) as executor:
        try:
            yield from executor.map(check_one, ordered, chunksize=max(1, len(ordered) // (workers * 4)))
        except BaseException:
            for process in multiprocessing.active_children():
                process.terminate()
            raise


def check_one(request: Request) -> Outcome:
    """Check a PATH; an error that nobody foresaw becomes a finding, as it does for a rule."""
    try:
        checked = check_path(request.path, request.config, request.today, request.overrides)
    except UsageError as error:
        return Outcome(request, Checked(Report((), 0)), error)
    except PackagerError as error:
        finding = problem_finding("source-error", Severity.ERROR, str(error), request.path, "")
        return Outcome(request, Checked(Report((finding,), 0), read=(Path(request.path),)))
    except Exception as error:  # the boundary of one PATH: the others are checked all the same
        return Outcome(request, _crashed(request.path, error))
    return Outcome(request, replace(checked, rendered=(), offer=None))


def _crashed(path: str, error: Exception) -> Checked:
    message = f"checking '{path}' failed: {type(error).__name__}: {error}; please report it"
    finding = problem_finding("internal-error", Severity.ERROR, message, path, "")
    return Checked(Report((finding,), 0, crashed=True), read=(Path(path),))


def _context() -> "BaseContext | None":
    import multiprocessing  # loaded already

    # Elsewhere forking is unsafe or unknown; on Linux it spares each worker all imports.
    return multiprocessing.get_context("fork") if sys.platform == "linux" else None


def _leave_interrupts_to_the_parent() -> None:
    import signal  # loaded already

    signal.signal(signal.SIGINT, signal.SIG_IGN)
