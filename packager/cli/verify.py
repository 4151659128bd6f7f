"""The verb `verify`: a zip against its build record."""

from pathlib import Path

import click

from packager.assemble.verify import differences, read_record, record_of


@click.command(epilog="Example: packager verify dist/starter-basic-1.0.0.zip")
@click.argument("archive", type=click.Path(path_type=Path), metavar="ZIP")
@click.option("--record", type=click.Path(path_type=Path), help="The record, when it does not lie beside the zip.")
def command(archive: Path, record: Path | None) -> int:
    """Compare ZIP with the record that `build` wrote beside it; what differs is named, entry by entry."""
    found = list(differences(archive, read_record(record or record_of(archive))))
    for difference in found:
        click.echo(f"{archive}: {difference}")
    if not found:
        click.echo(f"{archive}: as recorded")
    return 1 if found else 0
