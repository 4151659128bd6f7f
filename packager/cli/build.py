"""The verb `build`: check offers and assemble their packages."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from packager.checks.engine import Report
from packager.cli.assignments import overrides_of
from packager.cli.baselines import Baselines
from packager.cli.options import Settings, check_options, day_of
from packager.cli.reporting import code_of, emit, refuse_written
from packager.cli.running import Outcome, Request
from packager.errors import UsageError
from packager.pipeline.assembly import assemble_plans, differences_of_second_build, targets
from packager.pipeline.checked import Checked, checks_of
from packager.pipeline.offers import check_offer


@click.command(epilog="Example: packager build marketplace/starter/offer.yaml --out dist")
@click.argument("offers", nargs=-1, required=True, type=click.Path(readable=False), metavar="OFFER...")
@click.option("--plan", "plans", metavar="ID", multiple=True, help="Only this plan; may be repeated.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default="dist", help="The folder to write to. [dist]"
)
@click.option("--verify", is_flag=True, help="Build twice, the second time in another process, and compare the bytes.")
@click.option("--attest", is_flag=True, help="Write an in-toto statement of each record beside it, to be signed.")
@check_options
def command(
    offers: tuple[str, ...], plans: tuple[str, ...], out: Path, verify: bool, attest: bool, **options: Any
) -> int:
    """Check each OFFER and, when nothing is at or above --fail-on, write its packages and their records.

    The report of the checks goes to stdout; what was built, and why something was not, goes to stderr.
    """
    from packager.assemble.archive import source_date_epoch  # brings zipfile38, 10 ms

    seconds = source_date_epoch(os.environ.get("SOURCE_DATE_EPOCH"))
    settings, baselines = Settings(options), Baselines(options["write_baseline"])
    day, overrides = day_of(options["today"]), overrides_of(options["set"])
    requests = [Request(path, settings.config(path), day, overrides) for path in offers]
    outcomes = [_checked(request, plans, baselines) for request in requests]
    refuse_written(outcomes, options)
    _refuse_same_names(outcomes, out)
    left = False
    for outcome in outcomes:
        reason = _reason_against(outcome) or (verify and _difference(outcome, seconds)) or None
        if reason is None:
            _assemble(outcome.checked, out, seconds, attest=attest, quiet=options["quiet"])
        else:
            _say_left(outcome, reason, out)
            left = True
    complete = not plans and all(outcome.refusal is None for outcome in outcomes)
    baselines.finish(complete=complete, quiet=options["quiet"])
    return max(emit(outcomes, options), int(left))


def _checked(request: Request, plans: tuple[str, ...], baselines: Baselines) -> Outcome:
    """What the checks say of an offer; one that cannot be read does not keep the others from being built."""
    try:
        checked = check_offer(request.path, request.config, request.today, request.overrides, plans)
    except UsageError as error:
        return Outcome(request, Checked(Report((), 0)), error)
    return Outcome(request, checked._replace(report=baselines.apply(checked.report, request.config)))


def _reason_against(outcome: Outcome) -> str | None:
    """Why an offer must not be built."""
    checked = outcome.checked
    if outcome.refusal is not None:
        return "it cannot be read, or has no such plan"
    if checked.offer is None or any(rendered.failed for rendered in checked.rendered):
        return "its sources cannot be rendered"
    if checked.report.crashed:
        return "a rule failed, so it is not known what it would have said"
    return "its findings stand at or above --fail-on" if code_of(outcome) else None


def _refuse_same_names(outcomes: list[Outcome], out: Path) -> None:
    from packager.assemble.packages import refuse_same_names  # brings zipfile38, 10 ms

    refuse_same_names(place for outcome in outcomes for place in targets(outcome.checked, out))


def _difference(outcome: Outcome, seconds: int) -> str | None:
    """Why a second build stands against the first: it gives other bytes, which are told entry by entry."""
    found = list(differences_of_second_build(outcome.checked, outcome.request.overrides, seconds))
    for plan, difference in found:
        click.echo(f"packager: plan '{plan}': {difference}", err=True)
    return "two builds of it differ" if found else None


def _assemble(checked: Checked, out: Path, seconds: int, *, attest: bool, quiet: bool) -> None:
    archives = assemble_plans(checked, out, seconds, attest=attest)
    for rendered, built in zip(checked.rendered, archives, strict=True):
        verdict = _verdict(checks_of(checked.report, rendered))
        size = f"{built.bytes:,} bytes, {len(built.entries)} entries"
        if not quiet:
            click.echo(f"{built.path}: {size}, sha256 {built.sha256}: {verdict}", err=True)


def _verdict(checks: Mapping[str, int]) -> str:
    found = [f"{checks[name]} {name}{'s' if checks[name] > 1 else ''}" for name in ("error", "warning") if checks[name]]
    others = [f"{checks[name]} {name}" for name in ("info", "suppressed") if checks[name]]
    return ", ".join(found + others) or "no findings"


def _say_left(outcome: Outcome, reason: str, out: Path) -> None:
    """A zip of an earlier build must not be taken for the one that was not made."""
    click.echo(f"packager: {outcome.request.path} is not built: {reason}", err=True)
    for place in targets(outcome.checked, out):
        if place.archive.exists():
            click.echo(f"packager: '{place.archive}' is from an earlier build and stays as it was", err=True)
