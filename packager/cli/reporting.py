"""From findings to what is printed: the chosen format on stdout or in a file, and the exit code."""

import sys
from pathlib import Path

import click

from packager import __version__
from packager.checks.config import Config
from packager.checks.engine import Report
from packager.errors import UsageError
from packager.pipeline import Checked, fails
from packager.report.formats import Context, write_report
from packager.source.atomic import write_atomically


def merged(checked: list[Checked]) -> Report:
    """All reports as one, in the order of the PATHs."""
    findings = tuple(finding for one in checked for finding in one.report.findings)
    return Report(
        findings,
        sum(one.report.files for one in checked),
        any(one.report.crashed for one in checked),
        sum(one.report.suppressed for one in checked),
    )


def emit(report: Report, config: Config, format_: str, output: str | None, paths: tuple[str, ...]) -> int:
    """Write the report and answer the exit code it deserves."""
    text = write_report(format_, report, Context(__version__, color=_colored(output), paths=paths))
    if output is None:
        click.echo(text, nl=False)
    else:
        try:
            write_atomically(Path(output), text.encode("utf-8"))
        except OSError as error:
            raise UsageError(f"--output {output} cannot be written: {error.strerror}") from error
    if report.crashed:
        return 3
    return 1 if fails(report, config) else 0


def _colored(output: str | None) -> bool:
    return output is None and sys.stdout.isatty()
