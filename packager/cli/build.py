"""The verb `build`: check offers and assemble their packages."""

from pathlib import Path
from typing import Any

import click

from packager.cli.options import check_options, config_of, day_of, overrides_of
from packager.cli.reporting import emit, merged
from packager.pipeline import Checked, assemble_plans, check_offer, fails


@click.command(epilog="Example: packager build marketplace/starter/offer.yaml --out dist")
@click.argument("offers", nargs=-1, required=True, type=click.Path(), metavar="OFFER...")
@click.option("--plan", "plans", multiple=True, help="Only this plan.")
@click.option("--out", type=click.Path(file_okay=False), default="dist", help="The folder for the packages.")
@check_options
def command(offers: tuple[str, ...], plans: tuple[str, ...], out: str, **options: Any) -> int:
    """Check each OFFER and, when nothing is at or above --fail-on, write its packages and their records."""
    config = config_of(options["profile"], options["select"], options["ignore"], options["fail_on"])
    today, overrides = day_of(options["today"]), overrides_of(options["overrides"])
    checked: list[Checked] = []
    for path in offers:
        one = check_offer(path, config, today, overrides, plans)
        checked.append(one)
        if fails(one.report, config) or one.report.crashed:
            click.echo(f"packager: {path} is not built: its findings stand at or above --fail-on", err=True)
            continue
        for built in assemble_plans(one, Path(out)):
            click.echo(
                f"{built.path}: {built.bytes:,} bytes, sha256 {built.sha256}, {len(built.entries)} entries", err=True
            )
    return emit(merged(checked), config, options["format_"], options["output"], offers)
