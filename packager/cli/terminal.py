"""What reaches stdout: coloured or not, decided once for every verb, and nothing in a text that steers a terminal."""

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from packager.cli.streams import failure

Command = Callable[..., Any]

RED, GREEN, YELLOW, CYAN, BOLD, FAINT = "31", "32", "33", "36", "1", "2"

# A regular expression, searched line by line and without groups of its own, and the colour of what it matches.
Mark = tuple[str, str]
# Lines of a difference by what they begin with.
DIFFERENCES: tuple[Mark, ...] = ((r"^ *\+ .*", GREEN), (r"^ *- .*", RED), (r"^ *~ .*", YELLOW))

_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "�")


def color_option(command: Command) -> Command:
    """`--color`, of every verb that writes text for people."""
    return click.option(
        "--color",
        default="auto",
        type=click.Choice(["auto", "always", "never"]),
        callback=_choose,
        expose_value=False,
        help="Colour the text: when stdout is a terminal, always or never. [auto]",
    )(command)


def format_option(
    what: str, names: Sequence[str] = ("text", "json"), default: str = "text"
) -> Callable[[Command], Command]:
    """`--format` of a verb whose result is `what`."""
    told = f"How the {what} is written. [{default}]"
    return click.option("--format", "format_", type=click.Choice(names), default=default, help=told)


def follow_environment(context: click.Context) -> None:
    """Decide for a run, and so for every verb in it, until its `--color` says otherwise."""
    context.color = wants_color(os.environ, terminal=sys.stdout.isatty())


def _choose(context: click.Context, _: click.Parameter, choice: str) -> None:
    if choice != "auto":
        context.color = choice == "always"
        # Who writes `always` wants colours in a file, too.
        context.meta[__name__] = choice


def wants_color(environment: Mapping[str, str], *, terminal: bool) -> bool:
    """What `auto` means: NO_COLOR wins over FORCE_COLOR, both over what stdout is."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return terminal and environment.get("TERM") != "dumb"


def is_colored(*, to_file: bool = False) -> bool:
    """Whether text is coloured: what goes to a file only where `--color always` asks for it."""
    context = click.get_current_context()
    return context.meta.get(__name__) == "always" if to_file else bool(context.color)


def print_text(text: str, *marks: Mark) -> None:
    """Print lines with their marks coloured; letters that steer a terminal, which a file may hold, are replaced."""
    shown = text.translate(_CONTROLS)
    colored = painted(shown, *marks) if is_colored() else shown
    print_data(f"{colored}\n".encode("utf-8", "backslashreplace"), for_people=True)


def print_result(text: str, format_: str, *marks: Mark) -> None:
    """Print what a verb found: as `text` for people with its marks coloured, in another format for programs."""
    if format_ == "text":
        print_text(text, *marks)
    else:
        print_data(f"{text}\n".encode("utf-8", "backslashreplace"), for_people=False)


def painted(text: str, *marks: Mark) -> str:
    """The text with each match of a mark in its colour; of two marks that match at one place the first one counts."""
    if not marks:
        return text
    either = re.compile("|".join(f"({pattern})" for pattern, _ in marks), re.MULTILINE)
    return either.sub(lambda found: f"\033[{marks[(found.lastindex or 1) - 1][1]}m{found[0]}\033[0m", text)


def print_data(data: bytes, *, for_people: bool) -> None:
    """Write a report to stdout. Raises PackagerError when that fails for another reason than a reader that has gone."""
    try:
        _print(data, for_people=for_people)
    except OSError as error:
        failed = failure(error)
        if failed is not None:
            raise failed from error


def _print(data: bytes, *, for_people: bool) -> None:
    """To stdout: for people in the encoding of their terminal, for programs as it is."""
    stream = getattr(sys.stdout, "buffer", None)
    if for_people or stream is None:
        encoding = sys.stdout.encoding or "utf-8"
        click.echo(data.decode().encode(encoding, "backslashreplace").decode(encoding), nl=False)
    else:
        sys.stdout.flush()
        stream.write(data)
    sys.stdout.flush()
