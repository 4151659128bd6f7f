"""How the outcome of a simulated form is written: as JSON, or for people."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from packager.cli.evaluation import printable
from packager.cli.expansions import written
from packager.cli.masking import MASK, Secrets
from packager.dryrun.run import DryRun
from packager.errors import PackagerError
from packager.ui.simulation.state import Output, Simulation
from packager.ui.values import Value, json_form

_LONGEST = 100


def as_json(simulation: Simulation, dry_run: DryRun | None) -> dict[str, Any]:
    """The whole outcome; `deployment` is that of a Form view, `template` what a template makes of the outputs."""
    found: dict[str, Any] = {
        "outputs": _wrapped(simulation.outputs),
        "application": {name: json_form(output.value) for name, output in simulation.application.items()},
        "errors": [{"element": error.element, "message": error.message} for error in simulation.errors],
        "visible": list(simulation.visible),
    }
    if simulation.form.where == "view":
        found["deployment"] = json_form(simulation.target)
    if dry_run is not None:
        found["template"] = {
            "problems": [{"parameter": one.parameter, "message": one.message} for one in dry_run.disagreements],
            "expansion": json.loads(written(dry_run.expansion, "json")),
        }
    return found


def refused(error: PackagerError) -> dict[str, Any]:
    """The outcome when a file cannot be used: as JSON there is one whatever happens."""
    message = f"{error.where}: {error.message}" if error.where else error.message
    return {"outputs": {}, "application": {}, "errors": [{"element": "", "message": message}], "visible": []}


def _wrapped(outputs: Mapping[str, Output]) -> dict[str, Any]:
    return {name: {"value": json_form(output.value)} for name, output in outputs.items()}


def as_text(simulation: Simulation, dry_run: DryRun | None, secrets: Secrets) -> str:
    """Tabs with their elements and values, the outputs, and what is wrong; secrets stay hidden."""
    return printable("\n".join(_lines(simulation, dry_run, secrets)))


def _lines(simulation: Simulation, dry_run: DryRun | None, secrets: Secrets) -> Iterator[str]:
    for tab in simulation.steps():
        marks = f"  {tab.errors} error{'s' * (tab.errors != 1)}" if tab.errors else ""
        yield f"{tab.step.label}{marks}"
        for control in tab.step.controls:
            state = simulation.states[control.index]
            if not state.is_visible or control.is_section or not control.name:
                continue
            yield f"  {_name(control.path)}  {_shown(state.output, secrets)}"
            yield from (f"    ! {message}" for message in simulation.errors_of(control))
    yield from _section("Outputs", simulation.outputs, secrets)
    yield from _section("Application", simulation.application, secrets)
    others = [one for one in simulation.errors if one.element.startswith(("scope/", "outputs/"))]
    if others:
        yield from ("", "Errors", *(f"  {one.element}: {one.message}" for one in others))
    if dry_run is not None:
        yield from map(secrets.hidden_in, _template(dry_run))


def _name(path: str) -> str:
    """The path within its step."""
    return path.split("/", 1 if path.startswith("basics/") else 2)[-1]


def _section(title: str, outputs: Mapping[str, Output], secrets: Secrets) -> Iterator[str]:
    if outputs:
        width = max(map(len, outputs))
        yield from ("", title)
        for name, output in outputs.items():
            yield f"  {name:{width}}  {MASK if name in secrets.outputs else _shown(output.value, secrets)}"


def _template(dry_run: DryRun) -> Iterator[str]:
    if dry_run.disagreements:
        yield from ("", "Template and form disagree")
        yield from (f"  {one.parameter}: {one.message}" for one in dry_run.disagreements)
    yield from ("", "Would deploy", *(f"  {line}".rstrip() for line in written(dry_run.expansion, "text").splitlines()))


def _shown(value: Value, secrets: Secrets) -> str:
    """A value in a line; a secret is stars without quotes, for no value looks like that."""
    found = secrets.masked(json_form(value))
    text = MASK if found == MASK else json.dumps(found, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
