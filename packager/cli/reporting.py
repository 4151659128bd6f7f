"""From findings to what is printed: the chosen format on stdout or in a file, and the exit code."""

import contextlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from packager import __version__
from packager.checks.engine import Report
from packager.cli.outputs import refuse_inputs
from packager.cli.running import Outcome
from packager.cli.terminal import is_colored, print_data
from packager.pipeline.checked import fails
from packager.report.formats import NOTHING_MORE, Context, write_report

FOR_PEOPLE = frozenset({"text", "github", "azure"})


def emit(outcomes: Sequence[Outcome], options: Mapping[str, Any], more: Mapping[str, Any] = NOTHING_MORE) -> int:
    """Write the report of all outcomes and answer the highest exit code that one of them deserves.

    `more` goes into a JSON report.
    """
    for outcome in outcomes:
        if outcome.refusal is not None:
            click.echo(f"packager: {outcome.refusal}", err=True)
    report, context = merged(outcomes), _context(outcomes, options)._replace(more=more)
    checked = any(outcome.refusal is None for outcome in outcomes)
    # With --diff and --images something else is on stdout, and the report only where a file is named for it.
    wanted = options["output"] or not (options.get("diff") or options.get("images"))
    if wanted and (checked or options["format"] not in FOR_PEOPLE):
        _write(options["format"], report, context, options["output"])
        if options["format"] == "text":
            _annotate(report, context)
    if options["sarif_file"]:
        _write("sarif", report, context, options["sarif_file"])
    return max(map(code_of, outcomes))


def refuse_written(outcomes: Sequence[Outcome], options: Mapping[str, Any]) -> None:
    """Raise UsageError when a report or baseline would be written over what was checked, or over a setting."""
    named = (*(outcome.request.path for outcome in outcomes), options["config"], options["api_versions"])
    refuse_inputs({"--write-baseline": options["write_baseline"]}, named)
    reports = {"--output": options["output"], "--sarif-file": options["sarif_file"]}
    read = (file for outcome in outcomes for file in outcome.checked.read)
    refuse_inputs({**reports, "--write-baseline": options["write_baseline"]}, ())
    refuse_inputs(reports, (*named, options["baseline"], *read))


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


def _context(outcomes: Sequence[Outcome], options: Mapping[str, Any]) -> Context:
    return Context(
        __version__,
        color=is_colored(to_file=options["output"] is not None),
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
