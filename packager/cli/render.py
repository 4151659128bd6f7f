"""The verb `render`: an offer's rendered sources in a folder."""

import pathlib

import click

from packager.cli.options import overrides_of
from packager.errors import RefusedError
from packager.offer.load import load_offer, select_plans
from packager.render.render import render_plan, write_rendered


@click.command(epilog="Example: packager render marketplace/starter/offer.yaml --out rendered")
@click.argument("offer", type=click.Path())
@click.option("--plan", "plans", multiple=True, help="Only this plan.")
@click.option("--out", type=click.Path(file_okay=False), default="rendered", help="The folder to write to.")
@click.option("--set", "overrides", multiple=True, metavar="NAME=VALUE", help="Set a variable of the sources.")
def command(offer: str, plans: tuple[str, ...], out: str, overrides: tuple[str, ...]) -> None:
    """Write what goes into each plan's package to OUT/<plan>/."""
    loaded = load_offer(pathlib.Path(offer))
    if loaded.offer is None:
        problem = loaded.problems[0]
        raise RefusedError(problem.message, where=f"{problem.document.name}:{problem.place.line}")
    for plan in select_plans(loaded.offer, plans):
        rendered = render_plan(loaded.offer, plan, overrides_of(overrides), offer)
        if rendered.failed:
            first = next(problem for problem in rendered.problems if problem.severity == "error")
            raise RefusedError(first.message, where=f"{first.file}:{first.line}")
        written = write_rendered(rendered, pathlib.Path(out) / plan.id)
        click.echo(f"{plan.id}: {len(written)} files in {pathlib.Path(out) / plan.id}")
