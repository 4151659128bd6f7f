"""The tabs of the page: what every step shows for the answers so far."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from packager.preview.richtext import rich_text
from packager.preview.widgets.field import Field, Question, field, group, labelled, options, part
from packager.preview.widgets.table import UNSEEN, widget
from packager.ui.simulation.ask import as_flag
from packager.ui.simulation.context import Context
from packager.ui.simulation.form import Control
from packager.ui.simulation.kinds.table import behaviour_of
from packager.ui.simulation.state import ElementState, Simulation, StepState
from packager.ui.values import UNDEFINED, Value, is_true, json_form

REVIEW = "review + create"  # the last tab, which no form names
SECRET_KINDS = frozenset({"PasswordBox", "SecureString"})
SECRET_NAMES = frozenset({"password", "sshpublickey", "sasuri"})
MASK = "••••••••"
MODES = (("Create new", "New"), ("Use existing", "Existing"))


class Typing(NamedTuple):
    """What was typed beside the answers: what is no value yet, second passwords, and which steps were left."""

    drafts: Mapping[str, Any]
    confirmed: Mapping[str, str]
    left: frozenset[str]


def tabs(simulation: Simulation, typing: Typing) -> list[dict[str, Any]]:
    """Every step with its fields, errors and part of the review. A wizard locks what comes too early."""
    made = [_tab(simulation, state, typing) for state in simulation.steps()]
    is_reached = True
    for tab in made:
        tab["locked"] = not is_reached
        is_reached = is_reached and (not simulation.form.is_wizard or not tab["errors"])
    return made


def _tab(simulation: Simulation, state: StepState, typing: Typing) -> dict[str, Any]:
    step = state.step
    is_left = step.name in typing.left
    fields = list(_fields(simulation, step.controls, None, typing, is_left=is_left))
    description = step.value.get("description")
    if step.is_basics:
        fields = [*_place(simulation), *fields]
        description = simulation.form.config.get("description")
    return {
        "name": step.name,
        "label": step.label,
        "description": rich_text(description),
        "errors": state.errors + sum(map(_mismatches, fields)),
        "seen": is_left,
        "fields": fields,
        "review": list(_review(simulation, step.controls, is_basics=step.is_basics)),
    }


def _mismatches(found: Field) -> int:
    """How many second passwords in a field differ from the first, which no element knows of."""
    own = len(found["errors"]) if found.get("confirm") else 0
    return own + sum(map(_mismatches, found.get("children", ())))


def _fields(
    simulation: Simulation, controls: tuple[Control, ...], around: Control | None, typing: Typing, *, is_left: bool
) -> Iterator[Field]:
    """The visible fields directly in a step or section, sections with their own inside them."""
    for control in controls:
        state = simulation.states[control.index]
        if control.parent is not around or not state.is_visible or control.kind in UNSEEN:
            continue
        question = _question(simulation, state, typing, is_left=is_left)
        if control.is_section:
            inner = list(_fields(simulation, controls, control, typing, is_left=is_left))
            yield field(question, "section", children=inner, value=None)
        else:
            yield widget(control.kind)(question)


def _question(simulation: Simulation, state: ElementState, typing: Typing, *, is_left: bool) -> Question:
    control = state.control
    settings = json_form(simulation.shown(control))
    # As in the portal, a field complains when it was touched or its tab was left, not before.
    errors = simulation.errors_of(control)[:1] if state.is_answered or is_left else ()
    kind = str(settings.get("resourceType", ""))
    known = simulation.responses.resources(kind) if kind else ()
    return Question(
        control.path,
        control.kind,
        settings,
        _json(state.output),
        errors,
        _is_required(control, settings),
        tuple((one.label, _json(one.value), one.description) for one in state.choices or ()),
        typing.drafts.get(control.path),
        typing.confirmed.get(control.path),
        tuple((str(one["id"]), str(one.get("name", one["id"]))) for one in known),
    )


def _is_required(control: Control, settings: Mapping[str, Any]) -> bool:
    constraints = settings.get("constraints")
    written = constraints.get("required") if isinstance(constraints, dict) else None
    if written is None or isinstance(written, dict):
        return behaviour_of(control.kind).needed is True or control.kind == "CredentialsCombo"
    return as_flag(written, is_true(written))


def _place(simulation: Simulation) -> Iterator[Field]:
    """Subscription, resource group and region, which the portal itself puts before the fields of the author."""
    if simulation.form.where != "form":
        return
    context, config = simulation.context, json_form(simulation.form.config)
    place = _place_question(context)
    errors = {error.element: error.message for error in reversed(simulation.errors)}
    yield part(place, "text", "Subscription", "subscriptionId", **_of("subscription", errors))
    children = [
        part(place, "text", "Resource group", "resourceGroup", "name", **_of("resourceGroup", errors)),
        part(place, "radio", "", "resourceGroup", "mode", options=labelled(MODES)),
    ]
    yield group(place, children)
    location = config.get("location")
    location = location if isinstance(location, dict) else {}
    if as_flag(location.get("visible", True), default=True):
        allowed = location.get("allowedValues")
        regions = options(one for one in allowed if isinstance(one, str)) if isinstance(allowed, list) else []
        label = location.get("label")
        more = {**_of("location", errors), "options": regions, "toolTip": rich_text(location.get("toolTip"))}
        yield part(place, "combo", label if isinstance(label, str) and label else "Region", "location", **more)


def _of(name: str, errors: Mapping[str, str]) -> dict[str, Any]:
    message = errors.get(f"scope/{name}")
    return {"required": True, "errors": [message] if message else []}


def _place_question(context: Context) -> Question:
    value = {
        "subscriptionId": context.subscription["subscriptionId"],
        "location": context.location,
        "resourceGroup": {name: context.resource_group[name] for name in ("name", "mode")},
    }
    return Question("scope", "", {}, value)


def _review(simulation: Simulation, controls: tuple[Control, ...], *, is_basics: bool) -> Iterator[dict[str, str]]:
    """Label and value of every field that asks something, as the portal's last tab lists them."""
    if is_basics and simulation.form.where == "form":
        context = simulation.context
        yield {"label": "Subscription", "value": str(context.subscription["subscriptionId"])}
        yield {"label": "Resource group", "value": str(context.resource_group["name"])}
        yield {"label": "Region", "value": context.location}
    for control in controls:
        state = simulation.states[control.index]
        if state.is_visible and control.type is not None and control.type.is_input:
            yield {"label": _label(simulation, control), "value": _told(state)}


def _label(simulation: Simulation, control: Control) -> str:
    label = json_form(simulation.shown(control)).get("label")
    if isinstance(label, dict):
        label = next((one for one in label.values() if isinstance(one, str)), None)
    return label if isinstance(label, str) and label else control.name


def _told(state: ElementState) -> str:
    """A value in words: the label of a choice, yes and no, secrets masked."""
    value = _json(state.output)
    if state.control.kind in SECRET_KINDS:
        return MASK if value else ""
    chosen = value if isinstance(value, list) else [value]
    if state.choices:
        labels = [one.label for one in state.choices if _json(one.value) in chosen]
        if labels:
            return ", ".join(labels)
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dict):
        lines = (
            f"{name}: {MASK if name.lower() in SECRET_NAMES and one else _plain(one)}" for name, one in value.items()
        )
        return "\n".join(lines)
    return "\n".join(map(_plain, value)) if isinstance(value, list) else str(value)


def _json(value: Value) -> Any:
    return None if value is UNDEFINED else json_form(value)
