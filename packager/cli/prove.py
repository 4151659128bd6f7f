"""The verb `prove`: looks for answers that a form accepts and the template behind it refuses."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from packager.cli.assignments import overrides_of
from packager.cli.options import form_options
from packager.cli.outputs import refuse_inputs
from packager.cli.refusals import told_in_json
from packager.cli.terminal import BOLD, RED, color_option, format_option, print_result
from packager.errors import UsageError
from packager.source.atomic import write_atomically

if TYPE_CHECKING:
    from packager.prove.report import Proved
    from packager.prove.search import Proof

BUDGET = 500
INTERRUPTED = 130
_MARKS = ((r"^\S.*?:\d+(?=: error )", BOLD), (r"(?<=\d: )error(?= )", RED), (r"^\S.*", BOLD))
PAUSE = 0.25  # seconds between two lines of progress on a terminal


@click.command(epilog="Example: packager prove marketplace/starter/offer.yaml --budget 1000")
@click.argument("path", type=click.Path())
@form_options("Only this plan of an offer; all of them without it.")
@click.option(
    "--budget", type=click.IntRange(1, 1_000_000), default=BUDGET, help=f"Answer sets to try for a plan. [{BUDGET}]"
)
@click.option("--seed", type=int, default=1, help="The same seed gives the same search. [1]")
@format_option("report")
@click.option(
    "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write the report to FILE instead of stdout."
)
@color_option
def command(
    path: str,
    plan: str | None,
    budget: int,
    seed: int,
    answers: str | None,
    responses: str | None,
    set_: tuple[str, ...],
    format_: str,
    output: str | None,
) -> int:
    """Search the answers to a form for any that it accepts and the template refuses.

    PATH is an offer.yaml, or a package with a form and a template. Each problem is reported with the smallest answers
    that show it. Ctrl-C ends the search and reports what was found.
    """
    refuse_inputs({"--output": output}, (path, answers, responses))
    # The engines of forms and templates are loaded only to run.
    from packager.prove.report import as_json, text_of

    done: list[Proved] = []
    with told_in_json(format_, lambda: as_json(done, budget, seed), Path(output) if output is not None else None):
        for one in _proofs(path, plan, budget, seed, answers, responses, overrides_of(set_)):
            done.append(one)
            if one.proof.stopped == "interrupt":
                break
    text = text_of(done, budget, seed, format_)
    if output is not None:
        write_atomically(Path(output), f"{text}\n".encode())
    else:
        print_result(text, format_, *_MARKS)
    if any(one.proof.stopped == "interrupt" for one in done):
        click.echo("packager: interrupted", err=True)
        return INTERRUPTED
    return 1 if any(one.proof.cases or not one.proof.accepted for one in done) else 0


def _proofs(
    path: str,
    plan: str | None,
    budget: int,
    seed: int,
    answers: str | None,
    responses: str | None,
    overrides: Mapping[str, str],
) -> Iterator["Proved"]:
    from packager.cli.answers import answers_in, responses_in  # as above
    from packager.cli.unused import tell_unused
    from packager.pipeline.forms import form_at, template_beside
    from packager.prove.report import Proved
    from packager.prove.search import Subject, prove
    from packager.ui.simulation.form import read_form

    given = responses_in(responses)
    first = form_at(path, plan, overrides)
    later = first.others if plan is None else ()
    plans = (first, *(form_at(path, other, overrides) for other in later))
    tell_unused([found.bundle for found in plans], path, overrides)
    for found in plans:
        template = template_beside(found.bundle)
        if template is None:
            hint = "prove compares a form with the template beside it; name the package, not the form alone"
            raise UsageError(f"there is no template beside the form of '{path}'", hint=hint)
        form = read_form(found.document)
        subject = Subject(form, template, found.bundle.lookup, given, answers_in(answers, form))
        with_plan = f"plan {found.plan}" if found.plan else path
        yield Proved(path, found.plan, prove(subject, budget, seed, _progress(with_plan, budget)))
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False, color=True)


def _progress(what: str, budget: int) -> Callable[["Proof"], None]:
    """Says how far the search is: on a terminal in one line, elsewhere every ten seconds."""
    is_terminal = sys.stderr.isatty()
    pause = PAUSE if is_terminal else 10.0
    last = time.monotonic()

    def progress(proof: "Proof") -> None:
        nonlocal last
        if time.monotonic() - last < pause:
            return
        last = time.monotonic()
        line = f"packager: {what}: {proof.tried} of {budget} answer sets, {len(proof.cases)} problems"
        click.echo(f"\r\033[K{line}" if is_terminal else line, err=True, nl=not is_terminal, color=True)

    return progress
