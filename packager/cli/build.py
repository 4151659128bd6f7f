"""The verb `build`: check offers and assemble their packages."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from packager.checks.config import Config
from packager.cli.baselines import Baselines
from packager.cli.options import Settings, check_options, day_of, overrides_of
from packager.cli.reporting import emit
from packager.cli.running import Outcome, Request
from packager.pipeline import (
    Checked,
    assemble_plans,
    check_offer,
    checks_of,
    differences_of_second_build,
    fails,
    targets,
)


@click.command(epilog="Example: packager build marketplace/starter/offer.yaml --out dist")
@click.argument("offers", nargs=-1, required=True, type=click.Path(), metavar="OFFER...")
@click.option("--plan", "plans", multiple=True, help="Only this plan; may be repeated.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default="dist", help="Folder of the packages.")
@click.option("--verify", is_flag=True, help="Build twice, the second time in another process, and compare the bytes.")
@check_options
def command(offers: tuple[str, ...], plans: tuple[str, ...], out: Path, verify: bool, **options: Any) -> int:
    """Check each OFFER and, when nothing is at or above --fail-on, write its packages and their records.

    The report of the checks goes to stdout; what was built, and why something was not, goes to stderr.
    """
    from packager.assemble.archive import source_date_epoch  # brings zipfile38, 10 ms

    seconds = source_date_epoch(os.environ.get("SOURCE_DATE_EPOCH"))
    settings, baselines = Settings(options), Baselines(options["write_baseline"])
    day, overrides = day_of(options["today"]), overrides_of(options["set"])
    requests = [Request(path, settings.config(path), day, overrides) for path in offers]
    outcomes = [Outcome(request, _checked(request, plans, baselines)) for request in requests]
    _refuse_same_names([one.checked for one in outcomes], out)
    left = False
    for one in outcomes:
        checked = one.checked
        reason = _reason_against(checked, one.request.config) or (verify and _difference(checked, overrides, seconds))
        if reason:
            _say_left(one.request.path, reason, checked, out)
            left = True
        else:
            _assemble(checked, out, seconds, quiet=options["quiet"])
    baselines.finish(complete=not plans, quiet=options["quiet"])
    code = emit(outcomes, options)
    return max(code, 1) if left else code


def _checked(request: Request, plans: tuple[str, ...], baselines: Baselines) -> Checked:
    checked = check_offer(request.path, request.config, request.today, request.overrides, plans)
    return checked._replace(report=baselines.apply(checked.report, request.config))


def _reason_against(checked: Checked, config: Config) -> str | None:
    """Why a checked offer must not be built."""
    if checked.offer is None or any(rendered.failed for rendered in checked.rendered):
        return "its sources cannot be rendered"
    if checked.report.crashed:
        return "a rule failed, so it is not known what it would have said"
    return "its findings stand at or above --fail-on" if fails(checked.report, config) else None


def _refuse_same_names(checked: list[Checked], out: Path) -> None:
    from packager.assemble.packages import refuse_same_names  # brings zipfile38, 10 ms

    refuse_same_names(place for one in checked for place in targets(one, out))


def _difference(checked: Checked, overrides: Mapping[str, str], seconds: int) -> str | None:
    """Why a second build stands against the first: it gives other bytes, which are told entry by entry."""
    found = list(differences_of_second_build(checked, overrides, seconds))
    for plan, difference in found:
        click.echo(f"packager: plan '{plan}': {difference}", err=True)
    return "two builds of it differ" if found else None


def _assemble(checked: Checked, out: Path, seconds: int, *, quiet: bool) -> None:
    for rendered, built in zip(checked.rendered, assemble_plans(checked, out, seconds), strict=True):
        verdict = _verdict(checks_of(checked.report, rendered))
        size = f"{built.bytes:,} bytes, {len(built.entries)} entries"
        if not quiet:
            click.echo(f"{built.path}: {size}, sha256 {built.sha256}: {verdict}", err=True)


def _verdict(checks: Mapping[str, int]) -> str:
    found = [f"{checks[name]} {name}{'s' if checks[name] > 1 else ''}" for name in ("error", "warning") if checks[name]]
    others = [f"{checks[name]} {name}" for name in ("info", "suppressed") if checks[name]]
    return ", ".join(found + others) or "no findings"


def _say_left(path: str, reason: str, checked: Checked, out: Path) -> None:
    """A zip of an earlier build must not be taken for the one that was not made."""
    click.echo(f"packager: {path} is not built: {reason}", err=True)
    for place in targets(checked, out):
        if place.archive.exists():
            click.echo(f"packager: '{place.archive}' is from an earlier build and stays as it was", err=True)
