"""The verb `check`."""

from typing import Any

import click

from packager.cli.options import check_options, config_of, day_of, overrides_of
from packager.cli.reporting import emit, merged
from packager.errors import UsageError
from packager.pipeline import Checked, check_path


@click.command(epilog="Example: packager check marketplace/starter/offer.yaml")
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH...")
@check_options
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Check offers (offer.yaml), package folders, package zips and single JSON files."""
    config = config_of(options["profile"], options["select"], options["ignore"], options["fail_on"])
    today, overrides = day_of(options["today"]), overrides_of(options["overrides"])
    checked: list[Checked] = []
    refused: list[UsageError] = []
    for path in paths:
        try:
            checked.append(check_path(path, config, today, overrides))
        except UsageError as error:
            refused.append(error)
            click.echo(f"packager: {error}", err=True)
    if refused and not checked:
        return refused[0].exit_code
    code = emit(merged(checked), config, options["format_"], options["output"], paths)
    return max(code, 2) if refused else code
