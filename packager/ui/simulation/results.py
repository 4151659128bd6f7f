"""What goes out of a form: parameters of the template, reserved outputs, and what stands in the way."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from packager.source.nearest import did_you_mean
from packager.source.span import Path
from packager.ui.definition import RESERVED_OUTPUTS, text_of
from packager.ui.parser import parse
from packager.ui.references import BASICS, Reference, reference_of
from packager.ui.simulation.context import Context, allowed_regions
from packager.ui.simulation.evaluation import Evaluation, replaced
from packager.ui.simulation.form import Form
from packager.ui.simulation.plan import CHANCE, Names, Site, sites_in
from packager.ui.simulation.state import ElementError, ElementState, Output
from packager.ui.simulation.validations import validation_errors
from packager.ui.values import UNDEFINED, Value, is_number, json_form, number


class Results(NamedTuple):
    """Outputs by name; `open_names` are those that may come to have a value, or another one."""

    outputs: dict[str, Output]
    application: dict[str, Output]
    open_names: frozenset[str]
    errors: tuple[ElementError, ...]


def results_of(form: Form, states: tuple[ElementState, ...], context: Context, evaluation: Evaluation) -> Results:
    """Every output that has a value, those apart that the platform keeps for itself."""
    outputs: dict[str, Output] = {}
    application: dict[str, Output] = {}
    open_names, errors = set(), []
    for name, written in form.outputs.items():
        sites = form.plan.outputs[name]
        value, problems = _value(written, sites, (*form.outputs_at, name), evaluation)
        problems += [_missing(form, site) for site in sites]
        errors += [ElementError(f"outputs/{name}", problem) for problem in problems if problem]
        is_open = any(is_open_site(site, states, context) for site in sites)
        if is_open:
            open_names.add(name)
        if value is not UNDEFINED:
            is_reserved = form.where == "form" and name.lower() in RESERVED_OUTPUTS
            (application if is_reserved else outputs)[name] = Output(value, is_open)
    return Results(outputs, application, frozenset(open_names), tuple(errors))


def _value(written: Any, sites: tuple[Site, ...], at: Path, evaluation: Evaluation) -> tuple[Value, list[str]]:
    """The value of an output with numbers as the portal sends them, and why parts of it have none."""
    before = len(evaluation.troubles)
    changes = [(site.at, evaluation.value(site, at)) for site in sites]
    value = replaced(written, changes) if changes else written
    problems = [trouble.message for trouble in evaluation.troubles[before:]]
    if isinstance(value, (list, Mapping)):
        return json_form(value), problems
    return number(value) if is_number(value) else value, problems


def _missing(form: Form, site: Site) -> str:
    """What is wrong with an output that is nothing but a reference, when it leads nowhere; else ""."""
    reference = reference_of(parse(site.text)) if site.code is not None else None
    if reference is None:
        return ""
    return missing(form.plan.names, reference)


def missing(names: Names, reference: Reference) -> str:
    """Why a reference has no value whatever is answered; "" when it can have one."""
    step = names.step_of(reference)
    if step is None:
        return f"the form has no step '{reference.step}'" if reference.step is not None else "the form has no Basics"
    around: int | None = None
    place = "Basics" if reference.step in {None, BASICS} else f"step '{reference.step}'"
    for name in reference.names:
        control = names.names_in(step, around).get(name)
        if control is None:
            known = names.names_in(step, around)
            return f"{place} has no element '{name}'{did_you_mean(name, known)}"
        if not control.is_section:
            return ""
        around, place = control.index, f"section '{name}'"
    return f"'{reference.names[-1]}' is a section, which has no value of its own" if around is not None else ""


def is_open_site(site: Site, states: tuple[ElementState, ...], context: Context) -> bool:
    """Whether a text depends on what is not decided: open elements, a place that nobody gave, chance."""
    return bool(site.asks & CHANCE or site.asks & context.assumed) or any(states[n].is_open for n in site.needs)


def target_of(form: Form, evaluation: Evaluation) -> Mapping[str, Value]:
    """What a Form view says of the deployment beside its parameters; what is not known is left out."""
    sites = tuple(sites_in(form.target, form.plan.names))
    found: Mapping[str, Value] = json_form(evaluation.settings(form.target, sites, form.outputs_at[:-1]))
    return found


def scope_errors(form: Form, context: Context, evaluation: Evaluation) -> Iterator[ElementError]:
    """What the configuration of Basics has against the place of the deployment; permissions are taken as granted."""
    sites = tuple(sites_in(form.config, form.plan.names))
    config = evaluation.settings(form.config, sites, form.config_at)
    for field in ("subscription", "resourceGroup"):
        inner = config.get(field)
        constraints = inner.get("constraints") if isinstance(inner, Mapping) else None
        entries = constraints.get("validations") if isinstance(constraints, Mapping) else None
        yield from (ElementError(f"scope/{field}", message) for message in validation_errors(entries, ""))
    allowed = allowed_regions(config)
    if "location" not in context.assumed and allowed and context.location.lower() not in map(str.lower, allowed):
        yield ElementError("scope/location", f"'{context.location}' is none of the regions: {', '.join(allowed[:8])}")
    group = config.get("resourceGroup")
    mode = text_of(group, "allowedMode") if isinstance(group, Mapping) else ""
    wanted = {"CreateNew": "New", "UseExisting": "Existing"}.get(mode)
    if wanted is not None and context.resource_group["mode"] != wanted:
        yield ElementError("scope/resourceGroup", f"the form takes a resource group that is {wanted.lower()}")
