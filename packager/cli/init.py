"""The verb `init`: a new offer."""

from pathlib import Path

import click

from packager.offer.model import Kind
from packager.scaffold.names import places
from packager.scaffold.new import new_offer
from packager.scaffold.tree import write_new

KINDS = ("managed-application", "solution-template")


@click.command(epilog="Example: packager init acme-app --publisher acme")
@click.argument("name", metavar="NAME")
@click.option("--kind", type=click.Choice(KINDS), default="managed-application", help="What the offer's plan sells.")
@click.option("--publisher", default="contoso", help="Your publisher id in Partner Center.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="The folder to write to, else this one.",
)
def command(name: str, kind: Kind, publisher: str, out: Path) -> None:
    """Write a new offer NAME that builds and passes every check as it stands.

    The offer goes to marketplace/NAME, its portal form to createUiDefinition/NAME and its template to
    mainTemplates/NAME. Nothing is overwritten.
    """
    for written in write_new(out, new_offer(out, name, kind, publisher)):
        click.echo(out / written)
    click.echo(f"packager: next: packager build {out / places(name).offer / 'offer.yaml'}", err=True)
