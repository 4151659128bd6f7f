"""The verb `check`."""

import gc
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from packager.cli.assignments import overrides_of
from packager.cli.baselines import Baselines
from packager.cli.options import Settings, check_options, day_of
from packager.cli.progress import followed
from packager.cli.reporting import emit, refuse_written
from packager.cli.running import Outcome, Request, check_all
from packager.data.facts import stale_note
from packager.errors import UsageError


@click.command(epilog="Example: packager check marketplace/starter/offer.yaml")
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False), metavar="PATH...")
@check_options
@click.option("--jobs", type=click.IntRange(min=1), default=1, metavar="N", help="Check N PATHs at a time. [1]")
@click.option("--fix", is_flag=True, help="Make the edits that take findings away, in the sources; never in a zip.")
@click.option("--diff", is_flag=True, help="Print what --fix would change as a unified diff; change nothing.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until interrupted.")
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Check offers (offer.yaml), package folders, package zips and single JSON files."""
    if options["diff"] and options["format"] != "text" and not options["output"]:
        raise UsageError("--diff prints a diff in place of the report", hint="name a file for the report with --output")
    if options["watch"] or len(paths) > 1:
        # What the command line put off for one PATH; looked for seldom, for little of what is made is garbage.
        gc.enable()
        gc.set_threshold(50_000, 20, 20)
    if options["watch"]:
        _watch(paths, options)
    return emit(_check(paths, options), options)


def _check(paths: tuple[str, ...], options: Mapping[str, Any]) -> list[Outcome]:
    """The outcomes without what a baseline accepts."""
    settings, baselines = Settings(options), Baselines(options["write_baseline"])
    today, overrides = day_of(options["today"]), overrides_of(options["set"])
    requests = [Request(path, settings.config(path), today, overrides) for path in paths]
    if options["verbose"]:
        _explain(requests, settings)
    if overrides and not options["quiet"]:
        from packager.cli.unused import tell_of_packages  # few runs set any

        tell_of_packages(paths, overrides)
    note = stale_note(today) if options["api_versions"] is None and not options["quiet"] else None
    if note is not None:
        click.echo(f"packager: {note}", err=True)
    jobs, show = options["jobs"], not options["quiet"]
    outcomes = []
    if options["fix"] or options["diff"]:
        from packager.cli.fixing import fix_all  # only for runs that fix

        jobs, checks = 1, fix_all(requests, write=not options["diff"], quiet=options["quiet"])
    else:
        checks = check_all(requests, jobs)
    for outcome in followed(checks, paths, show=show, alone=jobs == 1):
        report = baselines.apply(outcome.checked.report, outcome.request.config)
        outcomes.append(outcome._replace(checked=outcome.checked._replace(report=report)))
    refuse_written(outcomes, options)
    complete = all(outcome.refusal is None for outcome in outcomes)
    baselines.finish(complete=complete, quiet=options["quiet"])
    return outcomes


def _explain(requests: list[Request], settings: Settings) -> None:
    for request in requests:
        source = settings.project(request.path).file or "no pyproject.toml with settings"
        baseline = f", baseline {request.config.baseline}" if request.config.baseline else ""
        text = f"packager: {request.path}: profile {request.config.profile}{baseline}, {source}, {request.today}"
        click.echo(text, err=True)


def _watch(paths: tuple[str, ...], options: Mapping[str, Any]) -> None:
    """Check again and again; only an interrupt ends it."""
    from packager.cli.watching import differs, state, wait_for_change  # only for --watch

    written = [Path(options[name]) for name in ("output", "sarif_file", "write_baseline") if options[name]]
    places = {Path(path) for path in paths}
    while True:
        before = state(places, written)
        started = time.monotonic()
        outcomes = _check(paths, options)
        emit(outcomes, options)
        places = {Path(path) for path in paths}.union(*(outcome.checked.read for outcome in outcomes))
        after = state(places, written)
        if not options["quiet"]:
            taken = time.monotonic() - started
            click.echo(f"packager: checked in {taken:.1f} s; watching for changes, Ctrl-C ends", err=True)
        if not differs(before, after):
            wait_for_change(after, places, written)
