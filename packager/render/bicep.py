"""Bicep templates, compiled by the `bicep` program when it is installed."""

import os
import pathlib
from dataclasses import dataclass

from packager.programs import ProgramError, find_program, run_program
from packager.render.model import RenderProblem
from packager.source.lazy import lazy_pattern

TIMEOUT_SECONDS = 120
_DIAGNOSTIC = lazy_pattern(r"^(?P<file>.+?)\((?P<line>\d+),(?P<column>\d+)\) : (?P<level>\w+) (?P<message>.+)$")


@dataclass(frozen=True, slots=True)
class Compiled:
    """The template that bicep wrote (None when it refused) and what it said."""

    text: str | None
    problems: tuple[RenderProblem, ...]


def compile_bicep(root: pathlib.Path, source: str) -> Compiled:
    """Compile `source` (from `root`); modules of registries are not fetched, because a build uses no network."""
    environment = os.environ | {"BICEP_TRACING_ENABLED": "false"}
    try:
        program = find_program("bicep")
        if program is None:
            message = "a Bicep template needs the 'bicep' program, which is not on PATH; install it, or commit its JSON"
            return Compiled(None, (RenderProblem(message, source, 1, code="bicep-error"),))
        command = [program, "build", "--no-restore", "--stdout", str(root / source)]
        ended = run_program(command, TIMEOUT_SECONDS, folder=root, environment=environment)
    except ProgramError as error:
        return Compiled(None, (RenderProblem(error.message, source, 1, code="bicep-error"),))
    problems = _diagnostics(ended.errors, root, source)
    if ended.code != 0 and not any(problem.severity == "error" for problem in problems):
        problems = (*problems, RenderProblem(f"bicep fails with exit code {ended.code}", source, 1, code="bicep-error"))
    return Compiled(None if ended.code != 0 else ended.output, problems)


def _diagnostics(stderr: str, root: pathlib.Path, source: str) -> tuple[RenderProblem, ...]:
    """`path(line,column) : Error BCP018: ...` lines as problems; `Info` lines are left out."""
    found = []
    for match in filter(None, map(_DIAGNOSTIC.match, stderr.splitlines())):
        level = match["level"].lower()
        if level in {"error", "warning"}:
            file = _relative(match["file"], root, source)
            line, column = int(match["line"]), int(match["column"])
            found.append(
                RenderProblem(
                    match["message"], file, line, column, "bicep-error", "error" if level == "error" else "warning"
                )
            )
    return tuple(found)


def _relative(file: str, root: pathlib.Path, source: str) -> str:
    path = pathlib.Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else source
