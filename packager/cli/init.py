"""The verb `init`: a new offer, or one around the files of a package that exists already."""

from pathlib import Path

import click

from packager.cli.options import Settings, day_of, default_options
from packager.errors import UsageError
from packager.offer.model import Kind
from packager.scaffold.names import check_name, offer_name, places
from packager.scaffold.new import new_offer
from packager.scaffold.tree import NewFiles, refuse_existing, write_new

KINDS = ("managed-application", "solution-template")


@click.command(epilog="Example: packager init acme-app --publisher acme")
@click.argument("name", required=False, metavar="[NAME]")
@click.option(
    "--from", "package", type=click.Path(path_type=Path), metavar="FOLDER|ZIP", help="Adopt the package that is there."
)
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="managed-application",
    help="What the offer's plan sells. [managed-application]",
)
@click.option("--listing", is_flag=True, help="Write a listing too; beside an offer NAME that exists, only that.")
@click.option("--publisher", default="contoso", metavar="ID", help="Your publisher id in Partner Center. [contoso]")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=".", help="The folder to write to. [.]"
)
@click.option("--today", metavar="DATE", help="With --from: judge ages as of this day (YYYY-MM-DD).")
def command(
    name: str | None, package: Path | None, kind: Kind, listing: bool, publisher: str, out: Path, today: str | None
) -> None:
    """Write a new offer NAME that builds and passes every check as it stands.

    The offer goes to marketplace/NAME, its portal form to createUiDefinition/NAME and its template to
    mainTemplates/NAME. With --from these are copies of the files of an existing package, and what the checks find in
    them is accepted by a baseline, so that only new findings are reported. Nothing is overwritten.
    """
    name = name or _name_of(package)
    if listing and package is None and (out / places(name).offer / "offer.yaml").is_file():
        _add_listing(out, name)
        return
    if package is None:
        new = new_offer(out, name, kind, publisher)
    else:
        new = _adopted(out, package, name, kind, publisher, today)
    if listing:
        from packager.scaffold.listing import with_listing  # few offers start with one

        new = with_listing(new, name)
    for written in write_new(out, new):
        click.echo(out / written)
    click.echo(f"packager: next: packager build {out / places(name).offer / 'offer.yaml'}", err=True)


def _add_listing(out: Path, name: str) -> None:
    from packager.scaffold.listing import LINE, listing_beside  # brings the reader of YAML

    check_name(name)
    for written in write_new(out, listing_beside(out, name)):
        click.echo(out / written)
    file = out / places(name).offer / "offer.yaml"
    click.echo(f"packager: next: add this line to {file}, before 'plans:': {LINE.rstrip()}", err=True)


def _name_of(package: Path | None) -> str:
    """The name that the package's own suggests."""
    if package is None:
        raise UsageError("the new offer needs a name", hint="write: packager init NAME")
    place = package.resolve()
    name = offer_name(place.name if place.is_dir() else place.stem)
    if name is None:
        raise UsageError(
            f"'{package}' suggests no name for the offer", hint=f"write: packager init NAME --from {package}"
        )
    return name


def _adopted(out: Path, package: Path, name: str, kind: Kind, publisher: str, today: str | None) -> NewFiles:
    from packager.scaffold.adopt import Identity, adopt  # brings the rules and their checks, 200 ms

    # As `packager build` will check it: by what the project around it sets.
    config = Settings(default_options()).config(str(out))
    adopted = adopt(out, package, Identity(name, publisher, kind), config, day_of(today))
    refuse_existing(out, adopted.files)
    for reason in adopted.left_out:
        click.echo(f"packager: left out: {reason}", err=True)
    click.echo(f"packager: the baseline accepts {adopted.findings} finding{'s' * (adopted.findings != 1)}", err=True)
    return adopted.files
