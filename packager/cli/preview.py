"""The verb `preview`: the portal form in a browser, with what its answers would deploy."""

import webbrowser
from pathlib import Path
from typing import Any

import click

from packager.checks.config import Config
from packager.cli.assignments import overrides_of
from packager.cli.options import day_of, form_options
from packager.cli.outputs import refuse_inputs
from packager.errors import UsageError

PANELS = ("outputs", "deploy", "findings")


@click.command(epilog="Example: packager preview marketplace/starter/offer.yaml")
@click.argument("path", type=click.Path())
@form_options("The plan of an offer to begin with; the first one without it.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Listen on this port; without it, or with 0, on a free one.",
)
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--screenshot",
    "pictures",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Serve nothing: write a picture of every tab to DIR, with the browser that is installed.",
)
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", help="The colours of pictures. [light]")
@click.option("--panel", type=click.Choice(PANELS), help="Show in pictures also this panel beside the form.")
@click.option(
    "--export",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Serve nothing: write the page as one HTML file to read.",
)
def command(
    path: str,
    plan: str | None,
    answers: str | None,
    responses: str | None,
    set_: tuple[str, ...],
    port: int,
    open_: bool,
    pictures: str | None,
    theme: str,
    panel: str | None,
    export: str | None,
) -> int:
    """Show the portal form of PATH in a browser, with its outputs and what they would deploy.

    PATH is an offer.yaml, a package or a form. The page is served on this machine alone until Ctrl-C.
    """
    if export is not None and pictures is not None:
        raise UsageError("--export and --screenshot are two runs", hint="leave one of them out")
    if pictures is None and panel is not None:
        raise UsageError("--panel belongs to --screenshot", hint="leave it out, or name a folder for pictures")
    refuse_inputs({"--export": export}, (path, answers, responses))
    from packager.cli.answers import answers_in, responses_in  # with the form engine, which the help text does not need
    from packager.cli.unused import tell_of_packages
    from packager.preview.opening import opener
    from packager.preview.session import Session

    overrides = overrides_of(set_)
    tell_of_packages((path,), overrides)
    subjects = opener(path, Config(), day_of(None), overrides)
    session = Session(subjects, lambda form: answers_in(answers, form), responses_in(responses), plan)
    if export is None and pictures is None:
        _serve(session, port, open_=open_)
        return 0
    model = session.model()
    if export is not None:
        _export(model, Path(export))
    if pictures is not None:
        _take(model, Path(pictures), theme, panel)
    return 0


def _serve(session: Any, port: int, *, open_: bool) -> None:
    try:
        from packager.preview.serving import serve  # brings a web server, 200 ms that a picture does not need
    except ModuleNotFoundError as error:
        message = f"preview needs the Python package '{error.name}'"
        raise UsageError(message, hint="pip install 'azure-marketplace-packager[preview]'") from None

    def announce(address: str) -> None:
        click.echo(address)
        click.echo("packager: serving the page on this machine; Ctrl-C ends it", err=True)
        if open_:
            webbrowser.open(address)

    serve(session, port, announce)


def _export(model: dict[str, Any], file: Path) -> None:
    from packager.preview.export import exported_page  # only for --export
    from packager.source.atomic import write_atomically  # goes with it

    write_atomically(file, exported_page(model).encode())
    click.echo(f"packager: wrote {file}", err=True)


def _take(model: dict[str, Any], folder: Path, theme: str, panel: str | None) -> None:
    from packager.preview.screenshots import take_screenshots  # only for --screenshot

    for picture in take_screenshots(model, folder, theme, panel):
        click.echo(f"packager: wrote {picture}", err=True)
