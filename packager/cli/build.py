"""The verb `build`: check offers and assemble their packages."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from packager.cli.baselines import Baselines
from packager.cli.options import Settings, check_options, day_of, overrides_of
from packager.cli.reporting import code_of, emit
from packager.cli.running import Outcome, Request
from packager.pipeline import assemble_plans, check_offer


@click.command(epilog="Example: packager build marketplace/starter/offer.yaml --out dist")
@click.argument("offers", nargs=-1, required=True, type=click.Path(), metavar="OFFER...")
@click.option("--plan", "plans", multiple=True, help="Only this plan.")
@click.option("--out", type=click.Path(file_okay=False), default="dist", help="The folder for the packages.")
@check_options
def command(offers: tuple[str, ...], plans: tuple[str, ...], out: str, **options: Any) -> int:
    """Check each OFFER and, when nothing is at or above --fail-on, write its packages and their records."""
    settings, baselines = Settings(options), Baselines(options["write_baseline"])
    today, overrides = day_of(options["today"]), overrides_of(options["set"])
    outcomes: list[Outcome] = []
    for path in offers:
        request = Request(path, settings.config(path), today, overrides)
        checked = check_offer(path, request.config, today, overrides, plans)
        checked = replace(checked, report=baselines.apply(checked.report, request.config))
        outcomes.append(Outcome(request, checked))
        if code_of(outcomes[-1]):
            click.echo(f"packager: {path} is not built: its findings stand at or above --fail-on", err=True)
            continue
        for built in assemble_plans(checked, Path(out)):
            click.echo(
                f"{built.path}: {built.bytes:,} bytes, sha256 {built.sha256}, {len(built.entries)} entries", err=True
            )
    baselines.finish(complete=not plans, quiet=options["quiet"])
    return emit(outcomes, options)
