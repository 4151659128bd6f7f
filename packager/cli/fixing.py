"""What `--fix` and `--diff` do in a run: fix the files of each PATH or print the difference, and say what was left."""

import difflib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from packager.checks.engine import Report
from packager.checks.fixes import Fixed, write_fixed
from packager.cli.baselines import Baselines
from packager.cli.running import Outcome, Request, guarded
from packager.pipeline.checked import Checked
from packager.pipeline.fixing import fix_path, fixed_places

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_NO_NEWLINE = "\n\\ No newline at end of file\n"


def fix_all(requests: Iterable[Request], *, write: bool, quiet: bool) -> Iterator[Outcome]:
    """Fix one PATH after the other, for they may share sources.

    With `write` the files are written and what is left is reported. Without, the difference goes to stdout and the
    findings are those of the files as they are.
    """
    total = Total(write=write)
    for request in requests:
        yield guarded(request, lambda request=request: total.fix(request, quiet=quiet))  # type: ignore[misc]
    if total.looked and not quiet:
        click.echo(f"packager: {total}", err=True)


class Total:
    """What the run has fixed so far; its text says so."""

    __slots__ = ("_files", "_findings", "_write", "looked")

    def __init__(self, *, write: bool) -> None:
        self.looked = False
        self._write = write
        self._findings = 0
        self._files: set[str] = set()

    def __str__(self) -> str:
        findings, files = self._findings, len(self._files)
        if not findings:
            return "there is nothing that can be fixed"
        verb = "fixed" if self._write else "would fix"
        return f"{verb} {findings} finding{'s' * (findings != 1)} in {files} file{'s' * (files != 1)}"

    def fix(self, request: Request, *, quiet: bool) -> Checked:
        """Fix a PATH, or show how."""

        def reported(report: Report) -> Report:
            return Baselines().apply(report, request.config)

        before, after, fixed = fix_path(request.path, request.config, request.today, request.overrides, reported)
        place = fixed_places(before, request.path)
        if self._write:
            write_fixed(fixed, place)
        else:
            click.echo("".join(_differences(fixed, before, request.path)), nl=False)
        self.looked = True
        self._findings += len(fixed.findings)
        self._files |= {os.path.realpath(place(name)) for name in fixed.after}
        if not quiet:
            _say_left(fixed)
        return after if self._write else before


def _say_left(fixed: Fixed) -> None:
    lines = []
    for finding, reason in fixed.left:
        source = finding.source
        where = f"{source.file}:{source.line}" if source else f"{finding.file}:{finding.line}"
        lines.append(f"packager: {where}: {finding.rule} is not fixed: {reason}")
    # Plans share sources, and so what is left of them; each is said once.
    for line in dict.fromkeys(lines):
        click.echo(line, err=True)


def _differences(fixed: Fixed, checked: Checked, path: str) -> Iterator[str]:
    """The lines of a unified diff, with names that lead from the working folder to the files."""
    place = fixed_places(checked, path)
    for name in sorted(fixed.after):
        old, new = (_LINE.findall(texts[name].decode()) for texts in (fixed.before, fixed.after))
        shown = _shown(place(name), path)
        for line in difflib.unified_diff(old, new, shown, shown):
            yield line if line.endswith("\n") else line + _NO_NEWLINE


def _shown(file: Path, path: str) -> str:
    return file.as_posix() if Path(path).is_absolute() else Path(os.path.relpath(file)).as_posix()
