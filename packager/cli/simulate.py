"""The verb `simulate`: a portal form without a portal, and the expressions of its language."""

import sys

import click

from packager.cli.portal import answer, milliseconds_of, shown
from packager.errors import RefusedError, UsageError
from packager.expressions.errors import ExpressionError


@click.command(epilog="Example: packager simulate --evaluate \"[concat('a', string(1))]\"")
@click.option(
    "--evaluate",
    "expression",
    metavar="EXPRESSION|-",
    help="Evaluate one expression of the portal; - reads lines of JSON.",
)
@click.option("--now", metavar="TIME", help="What utcNow() gives, such as 2026-01-31T12:00:00Z; else the clock.")
@click.option("--seed", help="Makes guid() and rand() depend on this text.")
def command(expression: str | None, now: str | None, seed: str | None) -> None:
    """Evaluate portal expressions; `--evaluate -` reads one JSON object a line and answers each with one."""
    if expression is None:
        raise UsageError("simulate needs an expression", hint="write --evaluate EXPRESSION, or --evaluate - for lines")
    instant = milliseconds_of(now)
    if expression == "-":
        _answer_lines(instant, seed)
        return
    try:
        click.echo(shown(expression, instant, seed))
    except ExpressionError as error:
        where = f"expression:{error.span.start + 1}" if error.span is not None else "expression"
        raise RefusedError(error.message, where=where, hint=error.hint) from None


def _answer_lines(now: int, seed: str | None) -> None:
    """Each answer leaves at once: who asks may wait for it before asking on."""
    for line in sys.stdin.buffer:
        if line.strip():
            sys.stdout.write(answer(line, now, seed) + "\n")
            sys.stdout.flush()
