"""Runs a form for the verb `simulate`: reads its files, writes what is asked for, and tells what went wrong."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import click

from packager.cli.answers import answers_in, parameter_text, responses_in, write_text
from packager.cli.masking import Secrets, secrets_of
from packager.cli.outputs import refuse_inputs
from packager.cli.simulation import as_json, as_text, refused
from packager.cli.terminal import BOLD, RED, print_text
from packager.cli.unused import tell_unused
from packager.dryrun.run import DryRun, dry_run
from packager.errors import RefusedError, UsageError
from packager.pipeline.forms import TEMPLATES, Found, form_at, template_at
from packager.source.spot import Spot, within
from packager.ui.simulation.evaluation import Trouble
from packager.ui.simulation.form import read_form
from packager.ui.simulation.kinds.azure import request_of
from packager.ui.simulation.simulate import SEED, simulate
from packager.ui.simulation.skeleton import skeleton
from packager.ui.simulation.state import Simulation

_CALLS = ("ArmApiControl", "GraphApiControl")
_MOST_NOTES = 20
_MARKS = ((r"^    ! .*", RED), (r"^\S.*", BOLD))
# What holds secrets is for its owner alone.
_PRIVATE, _PUBLIC = 0o600, 0o644


class Request(NamedTuple):
    """What the options say."""

    ui: str
    answers: str | None
    responses: str | None
    write_answers: str | None
    write_parameters: str | None
    template: str | None
    plan: str | None
    overrides: Mapping[str, str]
    format: str
    now: int
    seed: str | None


def run(request: Request) -> int:
    """The exit code: 1 when the portal would not go on, or the template refuses the outputs."""
    _keep_answers(request.write_answers)
    written = {"--write-answers": request.write_answers, "--write-parameters": request.write_parameters}
    refuse_inputs(written, (request.ui, request.answers, request.responses, request.template))
    try:
        return _run(request)
    except (RefusedError, UsageError) as error:
        if request.format == "json":
            # Whoever reads JSON gets some, whatever the files are.
            click.echo(json.dumps(refused(error), indent=2))
        raise


def _keep_answers(path: str | None) -> None:
    if path is not None and Path(path).is_file():
        hint = "name another file, or remove this one"
        raise UsageError(f"--write-answers: '{path}' exists, and may hold somebody's answers", hint=hint)


def _run(request: Request) -> int:
    found = form_at(request.ui, request.plan, request.overrides)
    template = _template(found, request)
    tell_unused([one.bundle for one in (found, template) if one is not None], request.ui, request.overrides)
    simulation = _simulation(found, request)
    dried = dry_run(simulation, template.document, template.bundle.lookup) if template is not None else None
    secrets = secrets_of(simulation, template.document.value if template is not None else _beside(found))
    mode = _PRIVATE if secrets.texts or secrets.outputs else _PUBLIC
    if request.write_answers is not None:
        write_text(request.write_answers, skeleton(simulation), mode)
    if request.write_parameters is not None:
        write_text(request.write_parameters, parameter_text(simulation.parameters()), mode)
    _tell(simulation, found, secrets)
    if dried is not None:
        _tell_template(dried, secrets)
    if request.format == "json":
        click.echo(json.dumps(as_json(simulation, dried), indent=2))
    else:
        print_text(as_text(simulation, dried, secrets), *_MARKS)
    return 0 if simulation.is_accepted and (dried is None or dried.is_accepted) else 1


def _simulation(found: Found, request: Request) -> Simulation:
    if request.plan is None and found.others:
        others = ", ".join(found.others)
        click.echo(f"packager: this is plan '{found.plan}'; --plan chooses another one: {others}", err=True)
    form = read_form(found.document)
    answers, responses = answers_in(request.answers, form), responses_in(request.responses)
    return simulate(form, answers, responses, now=request.now, seed=request.seed or SEED)


def _template(found: Found, request: Request) -> Found | None:
    """The template that is to be expanded."""
    if request.template is None:
        return None
    template = template_at(request.template, None, request.overrides)
    if found.plan in template.others:
        # Both are offers: the template is that of the form's plan.
        template = template_at(request.template, found.plan, request.overrides)
    return template


def _beside(found: Found) -> Any:
    """The content of the template in the form's package; None where there is none."""
    by_name = {name.lower(): name for name in found.bundle.entries}
    name = next((by_name[name] for name in TEMPLATES if name in by_name), None)
    return found.bundle.document(name).value if name is not None else None


def _tell(simulation: Simulation, found: Found, secrets: Secrets) -> None:
    """What stands in for what nobody gave, calls without an answer, expressions that fail, cycles."""
    assumed = simulation.context.assumed
    if "location" in assumed and simulation.form.where == "form":
        region = simulation.context.location
        click.echo(f"packager: '{region}' stands in for the region; name it under scope in the answers", err=True)
    notes = [*_unanswered(simulation), *_cycles(simulation)]
    notes += [_failure(trouble, found) for trouble in simulation.troubles]
    for note in notes[:_MOST_NOTES]:
        click.echo(f"packager: {secrets.hidden_in(note)}", err=True)
    if len(notes) > _MOST_NOTES:
        click.echo(f"packager: and {len(notes) - _MOST_NOTES} more of these", err=True)


def _unanswered(simulation: Simulation) -> list[str]:
    notes = []
    for state in simulation.states:
        if state.is_visible and state.is_open and state.control.kind in _CALLS:
            request = request_of(state.settings)
            if request is not None and simulation.responses.find(*request) is None:
                call = " ".join(request)
                notes.append(f"{state.control.path} waits for the answer to {call}; give one with --responses")
    return notes


def _cycles(simulation: Simulation) -> list[str]:
    """Cycles that settle: those that do not are errors of the form."""
    settled = (cycle for cycle in simulation.cycles if cycle.is_settled and len(cycle.members) > 1)
    return [f"depend on each other: {', '.join(control.path for control in cycle.members)}" for cycle in settled]


def _failure(trouble: Trouble, found: Found) -> str:
    document = found.document
    spot = Spot(document, trouble.at) if trouble.span is None else within(document, trouble.at, trouble.span)
    return _said(spot, trouble.message, trouble.hint)


def _tell_template(dried: DryRun, secrets: Secrets) -> None:
    for one in dried.disagreements:
        click.echo(f"packager: {secrets.hidden_in(one.message)}", err=True)
    for trouble in dried.troubles:
        said = _said(trouble.spot, secrets.hidden_in(trouble.message), trouble.hint)
        click.echo(f"packager: {said}", err=True)


def _said(spot: Spot, message: str, hint: str | None) -> str:
    place = spot.place()
    more = f"\n  hint: {hint}" if hint else ""
    return f"{spot.document.name}:{place.line}:{place.column}: {message}{more}"
