"""The verb `simulate`: a portal form without a portal, and the expressions of its language."""

import sys

import click

from packager.cli.assignments import overrides_of
from packager.cli.options import form_options
from packager.cli.portal import answer, milliseconds_of, shown
from packager.cli.terminal import color_option, format_option
from packager.errors import RefusedError, UsageError
from packager.expressions.errors import ExpressionError


@click.command(epilog="Example: packager simulate marketplace/starter/offer.yaml --format text")
@click.argument("ui", required=False, type=click.Path())
@form_options("The plan of an offer; the first one without it.")
@click.option(
    "--write-answers",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write an answers file with every question, its default and what is allowed.",
)
@click.option(
    "--write-parameters",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write the outputs as an ARM parameter file.",
)
@click.option(
    "--template", type=click.Path(), metavar="PATH", help="Expand this template, package or offer with the outputs."
)
@format_option("outcome", default="json")
@color_option
@click.option(
    "--evaluate",
    "expression",
    metavar="EXPRESSION|-",
    help="Evaluate one expression of the portal; - reads lines of JSON.",
)
@click.option("--now", metavar="TIME", help="What utcNow() gives, such as 2026-01-31T12:00:00Z; else the clock.")
@click.option("--seed", help="Makes guid() and rand() depend on this text.")
def command(
    ui: str | None,
    answers: str | None,
    responses: str | None,
    plan: str | None,
    set_: tuple[str, ...],
    write_answers: str | None,
    write_parameters: str | None,
    template: str | None,
    format_: str,
    expression: str | None,
    now: str | None,
    seed: str | None,
) -> int:
    """Run a portal form: print its outputs, its errors and the elements that are shown.

    UI is a createUiDefinition.json, a uiFormDefinition, its source in an offer, an offer.yaml, or a package.
    """
    if expression is not None:
        if ui is not None:
            raise UsageError("--evaluate takes expressions, not a form", hint="leave UI or --evaluate out")
        return _evaluate(expression, milliseconds_of(now), seed)
    if ui is None:
        raise UsageError("simulate needs a form", hint="name a createUiDefinition.json, or write --evaluate EXPRESSION")
    # The engine is loaded only for forms: expressions alone are answered at once.
    from packager.cli.simulating import Request, run

    files = (answers, responses, write_answers, write_parameters)
    request = Request(ui, *files, template, plan, overrides_of(set_), format_, milliseconds_of(now), seed)
    return run(request)


def _evaluate(expression: str, now: int, seed: str | None) -> int:
    if expression == "-":
        _answer_lines(now, seed)
        return 0
    try:
        click.echo(shown(expression, now, seed))
    except ExpressionError as error:
        where = f"column {error.span.start + 1} of the expression" if error.span is not None else "the expression"
        raise RefusedError(error.message, where=where, hint=error.hint) from None
    return 0


def _answer_lines(now: int, seed: str | None) -> None:
    """Each answer leaves at once: who asks may wait for it before asking on."""
    for line in sys.stdin.buffer:
        if line.strip():
            sys.stdout.write(answer(line, now, seed) + "\n")
            sys.stdout.flush()
