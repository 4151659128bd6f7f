"""Checks several PATHs, in this process or in others; what goes wrong with one does not stop the rest."""

import contextlib
import datetime
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from packager.checks.config import Config
from packager.checks.engine import Report
from packager.checks.finding import Severity
from packager.checks.problems import problem_finding
from packager.errors import PackagerError, UsageError
from packager.pipeline.check import check_path
from packager.pipeline.checked import Checked

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess


class Request(NamedTuple):
    """A PATH and how to check it."""

    path: str
    config: Config
    today: datetime.date
    overrides: Mapping[str, str]


class Outcome(NamedTuple):
    """What became of a request: a report, or the `refusal` that says why there is none."""

    request: Request
    checked: Checked
    refusal: UsageError | None = None


def check_all(requests: Iterable[Request], jobs: int) -> Iterator[Outcome]:
    """The outcomes in the order of the requests."""
    ordered = list(requests)
    workers = min(jobs, len(ordered))
    return map(check_one, ordered) if workers == 1 else _in_processes(ordered, workers)


def _in_processes(ordered: list[Request], workers: int) -> Iterator[Outcome]:
    """Each process has every n-th request and its own pipe: nothing is shared that an interrupt could leave locked."""
    started: list[tuple[BaseProcess, Connection]] = []
    try:
        with _without_interrupts():
            started += [_start(ordered[number::workers]) for number in range(workers)]
        for number in range(len(ordered)):
            outcome: Outcome = started[number % workers][1].recv()
            yield outcome
    except EOFError as error:
        message = "a process that checked PATHs ended before its work was done"
        raise PackagerError(message, hint="it may have run out of memory; try --jobs 1") from error
    finally:
        for process, _ in started:
            process.terminate()
        for process, pipe in started:
            process.join()
            pipe.close()


def _start(requests: list[Request]) -> "tuple[BaseProcess, Connection]":
    import multiprocessing  # 10 ms that one process does not need

    # Elsewhere forking is unsafe or unknown; on Linux it spares each process all imports.
    context: BaseContext = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(requests, there), daemon=True)  # type: ignore[attr-defined]
    process.start()
    there.close()  # so that the pipe ends with the process
    return process, here


def _work(requests: list[Request], pipe: "Connection") -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends all of them
    for request in requests:
        pipe.send(check_one(request))


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """An interrupt while processes are started comes when they know that it is not for them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def check_one(request: Request) -> Outcome:
    """Check a PATH."""
    return guarded(request, lambda: check_path(request.path, request.config, request.today, request.overrides))


def guarded(request: Request, work: Callable[[], Checked]) -> Outcome:
    """What `work` makes of a PATH; an error that nobody foresaw becomes a finding, as it does for a rule."""
    try:
        checked = work()
    except UsageError as error:
        return Outcome(request, Checked(Report((), 0)), error)
    except PackagerError as error:
        finding = problem_finding("source-error", Severity.ERROR, str(error), request.path, "")
        return Outcome(request, Checked(Report((finding,), 0), read=(Path(request.path),)))
    except Exception as error:  # the boundary of one PATH: the others are checked all the same
        return Outcome(request, _crashed(request.path, error))
    return Outcome(request, checked._replace(rendered=(), offer=None, bundle=None))


def _crashed(path: str, error: Exception) -> Checked:
    message = f"checking '{path}' failed: {type(error).__name__}: {error}; please report it"
    finding = problem_finding("internal-error", Severity.ERROR, message, path, "")
    return Checked(Report((finding,), 0, crashed=True), read=(Path(path),))
