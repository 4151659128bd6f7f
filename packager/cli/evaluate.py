"""The verb `evaluate`: the value of one expression, or of one on each line of the input."""

import io
import sys
from collections.abc import Iterator
from typing import cast

import click

from packager.cli.brackets import refuse_broken
from packager.cli.evaluation import answer, failed, listing, printed, world_of
from packager.cli.scope import facts_from, scope_options
from packager.cli.terminal import format_option
from packager.errors import RefusedError, UsageError
from packager.expressions.binding import deep_recursion, evaluate
from packager.expressions.errors import ExpressionError
from packager.expressions.parser import is_expression
from packager.expressions.scope import Facts, Scope
from packager.expressions.table import find

_CHUNK = 1 << 16


@click.command(epilog="Example: packager evaluate \"[format('{0:N0}', 8175133)]\"")
@click.argument("expression", metavar="[EXPRESSION|-]", required=False)
@click.option(
    "--template", type=click.Path(dir_okay=False), help="A template whose parameters, variables and functions count."
)
@click.option(
    "--parameters",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="A parameter file, or {name: value} (YAML or JSON).",
)
@scope_options
@click.option("--functions", "list_functions", is_flag=True, help="List the functions of the language.")
@format_option("value")
def command(
    expression: str | None,
    template: str | None,
    parameters: str | None,
    scope: str | None,
    now: str | None,
    seed: int | None,
    list_functions: bool,
    format_: str,
    **options: str | None,
) -> None:
    """Evaluate a template expression; `-` reads one JSON object a line and answers each with one."""
    if list_functions:
        click.echo(listing(format_))
        return
    if expression is None:
        raise UsageError("evaluate needs an expression", hint="write it in quotes, or - to read lines of JSON")
    facts = facts_from(scope, now, seed, options)
    if expression == "-":
        _answer_lines(facts)
        return
    world = world_of(template, parameters, facts)
    try:
        refuse_broken(expression, is_expression, lambda name: find(name) is not None)
        with deep_recursion():
            shown = printed(evaluate(expression, Scope(world)), format_)
    except ExpressionError as error:
        if format_ == "json":
            click.echo(failed(str(error)))
        raise RefusedError(error.message, where=_where(error), hint=error.hint) from None
    click.echo(shown)


def _answer_lines(facts: Facts) -> None:
    """What was asked is answered before more is waited for: who asks may wait for the answer, too."""
    with deep_recursion():
        for lines in _asked():
            sys.stdout.write("".join(f"{answer(line, facts)}\n" for line in lines if line.strip()))
            sys.stdout.flush()


def _asked() -> Iterator[list[bytes]]:
    """The lines of stdin, as many at once as are there."""
    begun: list[bytes] = []
    stdin = cast("io.BufferedReader", sys.stdin.buffer)
    while chunk := stdin.read1(_CHUNK):
        first, *others = chunk.split(b"\n")
        begun.append(first)
        if others:
            yield [b"".join(begun), *others[:-1]]
            begun = [others[-1]]
    yield [b"".join(begun)]


def _where(error: ExpressionError) -> str:
    """The part of the expression that is meant."""
    if error.path is not None:
        return "/".join(map(str, error.path))
    if error.span is None:
        return "the expression"
    return f"column {error.span.start + 1} of the expression"
