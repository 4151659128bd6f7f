"""The helm program: found, and run as if nobody had ever set it up.

Each session has its own homes in a temporary folder: no plugins, repositories or settings of the user take part, and
what a chart becomes does not depend on whose machine it is. Only what fetches a chart may use the network.
"""

import contextlib
import os
import pathlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from packager.errors import UsageError
from packager.programs import MOST_OUTPUT, ProgramError, ProgramTimeoutError, Started

VARIABLE = "PACKAGER_HELM"
TIMEOUT_SECONDS = 120
MAJORS = (3, 4)
INSTALL = f"install Helm 3 or 4 (https://helm.sh/docs/intro/install), or name the program in {VARIABLE}"

# What a program needs to run at all, and what fetching a chart needs besides.
_KEPT = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PATHEXT", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP")
_NETWORK = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
# Nothing listens on the port of "discard": a reference of a schema to another host fails at once and does not go out.
NOWHERE = "127.0.0.1:9"


class Program(NamedTuple):
    """A helm program and its version, such as (4, 3, 1)."""

    path: str
    version: tuple[int, int, int]

    @property
    def shown_version(self) -> str:
        """The version as people write it."""
        return ".".join(map(str, self.version))


class Answer(NamedTuple):
    """How a run of the program ended.

    `failure` is why there is no answer: the program was stopped, or says what helm never says; `late` that it was
    stopped because its time was over.
    """

    code: int
    out: str
    err: str
    failure: str | None = None
    late: bool = False


class Helm:
    """A session: the program and the folder of its homes, in which files for it can be put too.

    A program that once did not end is asked nothing more, so that an offer of many releases does not take for ever;
    what waits for a repository does not count.
    """

    __slots__ = ("_late", "folder", "program", "timeout")

    def __init__(self, program: Program, folder: pathlib.Path, timeout: float = TIMEOUT_SECONDS) -> None:
        self.program = program
        self.folder = folder
        self.timeout = timeout
        self._late = False

    def run(self, *arguments: str, network: bool = False) -> Answer:
        """Run the program to its end. Raises UsageError when it cannot be started."""
        if self._late:
            return Answer(-1, "", "", f"it is not asked again, since it did not end within {self.timeout:g} seconds")
        answer = _run((self.program.path, *arguments), self.folder, self.timeout, network=network)
        self._late = answer.late and not network
        return answer


@contextlib.contextmanager
def helm_session(timeout: float = TIMEOUT_SECONDS) -> Iterator[Helm]:
    """A session with the program that is found. Raises UsageError where there is none that can be used."""
    path = find_program(os.environ)
    with tempfile.TemporaryDirectory(prefix="packager-helm-", ignore_cleanup_errors=True) as folder:
        home = pathlib.Path(folder)
        yield Helm(Program(path, _version(path, home)), home, timeout)


def find_program(environment: Mapping[str, str]) -> str:
    """The path of the program that PACKAGER_HELM names, else of `helm` on PATH."""
    named = environment.get(VARIABLE)
    found = shutil.which(named or "helm", path=environment.get("PATH"))
    if found is not None:
        return str(pathlib.Path(found).absolute())
    if not named:
        raise UsageError("this needs the 'helm' program, which is not on PATH", hint=INSTALL)
    reason = "cannot be run" if pathlib.Path(named).exists() else "does not exist"
    raise UsageError(f"{VARIABLE} names '{named}', which {reason}", hint=INSTALL)


def _version(path: str, home: pathlib.Path) -> tuple[int, int, int]:
    answer = _run((path, "version", "--short"), home, 20, network=False)
    match = re.match(r"v(\d{1,4})\.(\d{1,4})\.(\d{1,4})", answer.out.strip())
    if answer.code or match is None:
        said = answer.failure or _first_line(answer.err or answer.out) or f"exit code {answer.code}"
        raise UsageError(f"'{path}' does not say which version of helm it is: {said}", hint=INSTALL)
    version = (int(match[1]), int(match[2]), int(match[3]))
    if version[0] not in MAJORS:
        raise UsageError(f"'{path}' is helm {match[0]}, which is not supported", hint=INSTALL)
    return version


def _first_line(text: str) -> str:
    return next((line.strip()[:200] for line in text.splitlines() if line.strip()), "")


def _environment(home: pathlib.Path, *, network: bool) -> dict[str, str]:
    given = {name: value for name, value in os.environ.items() if name.upper() in _KEPT}
    if network:
        given |= {name: value for name, value in os.environ.items() if name.upper() in _NETWORK}
    else:
        given |= dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), f"http://{NOWHERE}")
    homes = {name: str(home / name.lower()) for name in ("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME")}
    nothing = {"HELM_PLUGINS": str(home / "plugins"), "KUBECONFIG": str(home / "kubeconfig"), "NO_COLOR": "1"}
    return given | homes | nothing | {"HOME": str(home), "USERPROFILE": str(home)}


def _run(command: tuple[str, ...], home: pathlib.Path, timeout: float, *, network: bool) -> Answer:
    try:
        started = Started(command, folder=home, environment=_environment(home, network=network))
    except ProgramError as error:
        raise UsageError(error.message, hint=INSTALL) from error
    try:
        return Answer(*started.outcome(timeout, MOST_OUTPUT))
    except ProgramError as error:
        return Answer(-1, "", "", f"it {error.message}", late=isinstance(error, ProgramTimeoutError))
