"""The verb `render`: an offer's rendered sources in a folder."""

from pathlib import Path

import click

from packager.cli.assignments import overrides_of, set_option
from packager.render.folder import write_rendered
from packager.render.whole import problem_lines, render_offer

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(epilog="Example: packager render marketplace/starter/offer.yaml --out rendered")
@click.argument("offer", type=click.Path(path_type=Path), metavar="OFFER")
@click.option("--plan", "plans", metavar="ID", multiple=True, help="Only this plan; may be repeated.")
@click.option("--out", type=FOLDER, default="rendered", help="The folder to write to. [rendered]")
@set_option()
def command(offer: Path, plans: tuple[str, ...], out: Path, overrides: tuple[str, ...]) -> None:
    """Write what goes into each plan's package to OUT/<plan>/, unchecked.

    What an earlier run wrote there is replaced; a folder with other files is left alone.
    """
    _, rendered = render_offer(offer, plans, overrides_of(overrides))
    for line in dict.fromkeys(line for one in rendered for line in problem_lines(one, "warning")):
        click.echo(f"packager: {line}", err=True)
    write_rendered(rendered, out)
    for one in rendered:
        count = len(one.bundle.entries)
        click.echo(f"{one.bundle.plan}: {count} file{'s' * (count != 1)} in {out / (one.bundle.plan or '')}")
