"""What Azure would say of a deployment that a form lets through: refused, inconsistent, or fine."""

from collections.abc import Iterator
from typing import NamedTuple

from packager.arm.bodies.judge import judge
from packager.arm.bodies.problem import ERROR, VALUE_RANGE
from packager.arm.expansion import Expansion
from packager.arm.links import Lookup
from packager.data.resource_exceptions import shipped_exceptions
from packager.data.resource_types import shipped_types
from packager.dryrun.compare import parameters_of
from packager.dryrun.run import DryRun, dry_run, facts_at
from packager.source.document import Document
from packager.source.spot import Spot
from packager.ui.simulation.state import Simulation

PARAMETER_CODES = {"unknown": "output-without-parameter", "missing": "parameter-missing", "value": "parameter-value"}
FORM_EXPRESSION = "form-expression"


class Problem(NamedTuple):
    """Why a deployment would be refused. Problems of one `code` at one place about one `name` count as the same."""

    code: str
    name: str
    spot: Spot
    message: str

    @property
    def identity(self) -> tuple[str, str, int, tuple[str | int, ...]]:
        """What tells it from other problems, whatever the values in the message are."""
        return self.code, self.name, id(self.spot.document), self.spot.path


class Outcome(NamedTuple):
    """What became of the answers: the problems, and the expansion that has them."""

    problems: tuple[Problem, ...]
    expansion: Expansion | None


def outcome_of(simulation: Simulation, template: Document, lookup: Lookup | None) -> Outcome:
    """Deploy what the form puts out, as far as that can be done here."""
    done = dry_run(simulation, template, lookup, facts=facts_at(simulation.context))
    refused = list(_of_parameters(simulation, template, done))
    # Azure looks at no resource while a parameter is wrong; what fails behind it only follows from that.
    found = [*_of_form(simulation), *(refused or _of_template(done))]
    return Outcome(tuple({one.identity: one for one in reversed(found)}.values())[::-1], done.expansion)


def _of_form(simulation: Simulation) -> Iterator[Problem]:
    """Expressions that fail with these answers, which the portal does not tell its user."""
    for trouble in simulation.troubles:
        yield Problem(FORM_EXPRESSION, "", Spot(simulation.form.document, trouble.at), trouble.message)


def _of_parameters(simulation: Simulation, template: Document, done: DryRun) -> Iterator[Problem]:
    form = simulation.form
    for one in done.disagreements:
        if not one.is_refused:
            continue
        is_output = one.code == "unknown"
        spot = (
            Spot(form.document, (*form.outputs_at, one.parameter)) if is_output else _declared(template, one.parameter)
        )
        yield Problem(PARAMETER_CODES[one.code], one.parameter, spot, one.message)


def _declared(template: Document, name: str) -> Spot:
    declared = parameters_of(template.value) if isinstance(template.value, dict) else {}
    names = {key.lower(): key for key in declared}
    return Spot(template, ("parameters", names.get(name.lower(), name)))


def _of_template(done: DryRun) -> Iterator[Problem]:
    for trouble in done.troubles:
        message = f"{trouble.message}; {trouble.hint}" if trouble.hint else trouble.message
        yield Problem(trouble.code, "", trouble.spot, message)
    types, exceptions = shipped_types(), shipped_exceptions()
    for resource in done.expansion.resources:
        for one in judge(resource, types, exceptions):
            if one.weight == ERROR or (one.kind == VALUE_RANGE and one.path == ("name",)):
                place = resource.spot
                inside = Spot(place.document, (*place.path, *one.path), one.key)
                yield Problem(one.kind, one.name, inside, one.message)
