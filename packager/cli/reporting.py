"""From findings to what is printed: the chosen format on stdout or in a file, and the exit code."""

import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from packager import __version__
from packager.checks.engine import Report
from packager.cli.running import Outcome
from packager.cli.streams import failure
from packager.pipeline.checked import fails
from packager.report.formats import Context, write_report

FOR_PEOPLE = frozenset({"text", "github", "azure"})


def emit(outcomes: Sequence[Outcome], options: Mapping[str, Any]) -> int:
    """Write the report of all outcomes and answer the highest exit code that one of them deserves."""
    for outcome in outcomes:
        if outcome.refusal is not None:
            click.echo(f"packager: {outcome.refusal}", err=True)
    report, context = merged(outcomes), _context(outcomes, options)
    checked = any(outcome.refusal is None for outcome in outcomes)
    # With --diff the difference is on stdout, and the report only where a file is named for it.
    wanted = options["output"] or not options.get("diff")
    if wanted and (checked or options["format"] not in FOR_PEOPLE):
        _write(options["format"], report, context, options["output"])
        if options["format"] == "text":
            _annotate(report, context)
    if options["sarif_file"]:
        _write("sarif", report, context, options["sarif_file"])
    return max(map(code_of, outcomes))


def merged(outcomes: Sequence[Outcome]) -> Report:
    """All reports as one, in the order of the PATHs."""
    reports = [outcome.checked.report for outcome in outcomes]
    return Report(
        findings=tuple(finding for one in reports for finding in one.findings),
        files=sum(one.files for one in reports),
        crashed=any(one.crashed for one in reports),
        suppressed=sum(one.suppressed for one in reports),
        baselined=sum(one.baselined for one in reports),
        hidden=tuple(finding for one in reports for finding in one.hidden),
    )


def code_of(outcome: Outcome) -> int:
    """The exit code of one PATH."""
    if outcome.refusal is not None:
        return outcome.refusal.exit_code
    if outcome.checked.report.crashed:
        return 3
    return 1 if fails(outcome.checked.report, outcome.request.config) else 0


def set_color(context: click.Context, _: click.Parameter, choice: str) -> str:
    """Callback of `--color`: decides once, for everything that click prints."""
    if choice == "auto":
        context.color = wants_color(os.environ, terminal=sys.stdout.isatty())
    else:
        context.color = choice == "always"
    return choice


def wants_color(environment: Mapping[str, str], *, terminal: bool) -> bool:
    """What `auto` means: NO_COLOR wins over FORCE_COLOR, both over what stdout is."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return terminal and environment.get("TERM") != "dumb"


def _context(outcomes: Sequence[Outcome], options: Mapping[str, Any]) -> Context:
    color = bool(click.get_current_context().color)
    return Context(
        __version__,
        color=options["color"] == "always" or (color and options["output"] is None),
        quiet=options["quiet"],
        paths=tuple(outcome.request.path for outcome in outcomes if outcome.refusal is None),
        roots={one.request.path: _shown(one.checked.root, one.request.path) for one in outcomes if one.checked.root},
    )


def _shown(root: Path, path: str) -> str:
    """The folder as it is written beside a PATH: relative when that is."""
    with contextlib.suppress(OSError, ValueError):  # there may be no way from one drive to another
        if not Path(path).is_absolute():
            return Path(os.path.relpath(root)).as_posix()
    return root.as_posix()


def _annotate(report: Report, context: Context) -> None:
    """On a build server, its own marks for the lines that are meant, on top of the text."""
    for variable, format_ in (("GITHUB_ACTIONS", "github"), ("TF_BUILD", "azure")):
        if os.environ.get(variable, "").lower() == "true":
            _write(format_, report, context, None)


def _write(format_: str, report: Report, context: Context, file: str | None) -> None:
    # A file name that is no UTF-8 reaches us as half surrogates, which no encoding takes.
    data = write_report(format_, report, context).encode("utf-8", "backslashreplace")
    if file is not None:
        from packager.source.atomic import write_atomically  # brings shutil, 3 ms

        write_atomically(Path(file), data)
    else:
        print_data(data, for_people=format_ in FOR_PEOPLE)


def print_data(data: bytes, *, for_people: bool) -> None:
    """Write a report to stdout. Raises PackagerError when that fails for another reason than a reader that has gone."""
    try:
        _print(data, for_people=for_people)
    except OSError as error:
        failed = failure(error)
        if failed is not None:
            raise failed from error


def _print(data: bytes, *, for_people: bool) -> None:
    """To stdout: for people in the encoding of their terminal, for programs as it is."""
    stream = getattr(sys.stdout, "buffer", None)
    if for_people or stream is None:
        encoding = sys.stdout.encoding or "utf-8"
        click.echo(data.decode().encode(encoding, "backslashreplace").decode(encoding), nl=False)
    else:
        sys.stdout.flush()
        stream.write(data)
    sys.stdout.flush()
