"""The command `packager`: verbs loaded on demand, one boundary that turns errors into messages and exit codes."""

import gc
import importlib
import os
import sys
from typing import Any

import click

from packager import __version__
from packager.cli.streams import give_up_stdout, prepare_streams
from packager.cli.terminal import follow_environment
from packager.cli.variables import name_variables, prefix_of, unknown_variables
from packager.errors import PackagerError

VERBS = {
    "arm-ttk": "print what arm-ttk will say, as it says it",
    "build": "check an offer and assemble its packages",
    "check": "check offers, packages and JSON files",
    "diff": "tell what changed between two packages",
    "helm": "lock, check and render Helm payloads",
    "expand": "show what a template would deploy",
    "init": "write a new offer, or adopt a package",
    "evaluate": "evaluate a template expression",
    "preview": "show the portal form in a browser",
    "publish": "bring packages to Partner Center or a service catalogue",
    "prove": "search the answers for some that the template refuses",
    "render": "write an offer's rendered sources to a folder",
    "rules": "list the rules, or explain one",
    "simulate": "run a portal form without a portal",
    "schema": "show what is known of a resource type",
    "verify": "compare a zip with its record and a fresh build",
}
INTERRUPTED = 130


# Verbs that look at one package after the other; the rest may go on for as long as they are given input.
ONE_PACKAGE = frozenset(
    {"arm-ttk", "build", "check", "diff", "expand", "helm", "init", "render", "rules", "schema", "verify"}
)


class Verbs(click.Group):
    """Imports the module of a verb only when that verb is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Verbs in the order of the alphabet."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb, or None."""
        if cmd_name not in VERBS:
            return None
        if cmd_name not in ONE_PACKAGE:
            gc.enable()
        module = importlib.import_module("packager.cli." + cmd_name.replace("-", "_"))
        command: click.Command = module.command
        name_variables(command, prefix_of(cmd_name))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb and what stands behind it; a word that is none is answered with the nearest verb."""
        word = args[0]
        if word not in VERBS and not word.startswith("-"):
            from packager.source.nearest import did_you_mean  # only for a word that is mistyped

            ctx.fail(f"There is no verb '{word}'{did_you_mean(word, VERBS)}")
        found = super().resolve_command(ctx, args)
        if found[1] is not None and not ctx.resilient_parsing:
            for doubt in unknown_variables(found[1], prefix_of(word), os.environ):
                click.echo(f"packager: {doubt}", err=True)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs, without importing any."""
        with formatter.section("Verbs"):
            formatter.write_dl(sorted(VERBS.items()))


@click.command(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: packager check marketplace/starter/offer.yaml",
    subcommand_metavar="VERB [OPTIONS]...",
    options_metavar="",
)
@click.version_option(__version__, prog_name="packager")
@click.pass_context
def packager(context: click.Context) -> None:
    """Validate, preview, expand and reproducibly package Azure Marketplace offers."""
    follow_environment(context)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit; no traceback reaches the user."""
    # A run ends before collecting could free anything; looking for garbage is a tenth of its time.
    gc.disable()
    prepare_streams()
    code = run(arguments)
    give_up_stdout()
    sys.exit(code)


def run(arguments: list[str] | None) -> int:
    """The exit code of a command line."""
    try:
        code: Any = packager.main(arguments, prog_name="packager", standalone_mode=False)
    except PackagerError as error:
        click.echo(f"packager: {error}", err=True)
        return error.exit_code
    except click.exceptions.Abort:
        click.echo("packager: interrupted", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        about = f"'{error.filename}': " if error.filename is not None else ""
        click.echo(f"packager: {about}{error.strerror or error}", err=True)
        return 2 if error.filename is not None else 3
    except Exception as error:  # the one boundary: what was not foreseen is said in one line
        click.echo(f"packager: internal error: {type(error).__name__}: {error}", err=True)
        return 3
    return code if isinstance(code, int) else 0
