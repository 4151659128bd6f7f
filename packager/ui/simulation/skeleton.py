"""An answers file to start from: every question with its default and what is allowed, in commented YAML."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packager.source.lazy import lazy_pattern
from packager.source.reading import ABSENT
from packager.ui.definition import text_of
from packager.ui.simulation.ask import Ask, setting
from packager.ui.simulation.context import allowed_regions
from packager.ui.simulation.form import Control, Step
from packager.ui.simulation.kinds.choices import choices_of
from packager.ui.simulation.kinds.table import behaviour_of
from packager.ui.simulation.state import Simulation
from packager.ui.values import UNDEFINED, Value, json_form

# Words that YAML reads as something else than a text.
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"])
_PLAIN = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_.-]*")
_BREAKS = lazy_pattern(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]+")
_WIDTH = 110
_MOST_CHOICES = 40


def skeleton(simulation: Simulation) -> str:
    """The text of an answers file that gives every element the value that it has in the simulation, or its default.

    What has none is left empty, which counts as not answered.
    """
    return "\n".join(_lines(simulation)) + "\n"


def _lines(simulation: Simulation) -> Iterator[str]:
    form, context = simulation.form, simulation.context
    yield f"# Answers to {_shown(form.document.name)}. An empty value counts as none; so does a line that is missing."
    yield ""
    yield "scope:"
    if form.where == "form":
        regions = allowed_regions(form.config)
        yield from _comment(f"The region: one of {', '.join(regions)}" if regions else "The region", 1)
    yield f"  location: {scalar(context.location)}"
    yield f"  subscriptionId: {scalar(context.subscription['subscriptionId'])}"
    yield f"  tenantId: {scalar(context.subscription['tenantId'])}"
    yield "  resourceGroup:"
    yield f"    name: {scalar(context.resource_group['name'])}"
    yield f"    mode: {context.resource_group['mode']} # New or Existing"
    yield f"    location: {scalar(context.resource_group['location'])}"
    in_steps = False
    for step in form.steps:
        if not step.is_basics and not in_steps:
            in_steps = True
            yield from ("", "steps:")
        yield from _step(simulation, step)


def _step(simulation: Simulation, step: Step) -> Iterator[str]:
    level = 0 if step.is_basics else 1
    lines = list(_elements(simulation, step.controls, level + 1))
    yield ""
    if not step.is_basics:
        yield from _comment(step.label, level)
    yield "  " * level + key(step.name) + (":" if lines else ": {}")
    yield from lines


def _elements(simulation: Simulation, controls: Sequence[Control], level: int) -> Iterator[str]:
    """The elements that take an answer; a section only where it holds some."""
    asked = {control.index for control in controls if _is_asked(control)}
    for control in controls:
        around = control.parent
        while control.index in asked and around is not None:
            asked.add(around.index)
            around = around.parent
    for control in controls:
        if control.index in asked:
            depth = level + len(control.section_names)
            yield from _comment(_question(simulation, control), depth)
            yield from block(control.name, ABSENT if control.is_section else _value(simulation, control), depth)


def _is_asked(control: Control) -> bool:
    if control.is_section or not control.name:
        return False
    return control.type is None or control.type.is_input


def _value(simulation: Simulation, control: Control) -> Value:
    """The value in the simulation; of a hidden element, that which it would have."""
    state = simulation.states[control.index]
    if state.is_visible:
        return None if state.is_open and not state.is_answered and not state.output else state.output
    found = behaviour_of(control.kind).value(_ask(simulation, control))
    return None if found.is_open else found.output


def _ask(simulation: Simulation, control: Control) -> Ask:
    work = simulation.form.plan.work[control.index]
    settings = simulation.display.settings(control.value, work.early, control.at)
    answer = simulation.answers.of(control)
    return Ask(control, settings, answer, simulation.context, simulation.responses, simulation.form.where)


def _question(simulation: Simulation, control: Control) -> str:
    """Label, type, whether it is required, what is allowed and when it is shown."""
    shown = simulation.shown(control)
    parts = [f"{_label(shown) or control.name} ({control.kind})"]
    if control.is_section:
        parts = [_label(shown) or control.name]
    required = setting(control.value, "constraints", "required")
    if required is True or (isinstance(required, str) and required.startswith("[")):
        parts.append("required" if required is True else f"required when {required}")
    parts += _allowed(simulation, control, shown)
    visible = control.value.get("visible")
    if isinstance(visible, str) and visible.startswith("["):
        parts.append(f"shown when {visible}")
    return "; ".join(parts)


def _label(shown: Mapping[str, Any]) -> str:
    label = shown.get("label")
    if isinstance(label, Mapping):
        return next((one for one in label.values() if isinstance(one, str) and one), "")
    return label if isinstance(label, str) else ""


def _allowed(simulation: Simulation, control: Control, shown: Mapping[str, Any]) -> Iterator[str]:
    choices = choices_of(_ask(simulation, control)) if control.kind in {"DropDown", "OptionsGroup"} else ()
    if choices:
        several = "any of" if shown.get("multiselect") is True else "one of"
        named = [_choice(one.label, one.value) for one in choices[:_MOST_CHOICES]]
        yield f"{several} {', '.join(named)}" + (", ..." if len(choices) > _MOST_CHOICES else "")
    if control.kind == "Slider":
        yield f"{_number(shown, 'min')} to {_number(shown, 'max')}"
    for name in ("recommendedSizes", "resources"):
        found = shown.get(name)
        if isinstance(found, list):
            yield f"{'such as' if name == 'recommendedSizes' else 'for'} {', '.join(map(_shown, map(str, found)))}"
    sizes = setting(shown, "constraints", "allowedSizes")
    if isinstance(sizes, list):
        yield f"one of {', '.join(map(str, sizes))}"
    pattern = setting(shown, "constraints", "regex")
    if isinstance(pattern, str) and pattern:
        yield f"matches {pattern}"
    if text_of(shown, "resourceType"):
        yield f"the id of a {shown['resourceType']}"


def _choice(label: str, value: Value) -> str:
    written = json.dumps(json_form(value), ensure_ascii=False)
    return written if value == label else f"{written} ({label})"


def _number(shown: Mapping[str, Any], name: str) -> str:
    found = shown.get(name, UNDEFINED)
    return "?" if found is UNDEFINED else str(found)


def block(name: str, value: Any, level: int) -> Iterator[str]:
    """A member of a YAML mapping and all that is in it; ABSENT has nothing behind its colon."""
    start = "  " * level + key(name) + ":"
    if value is ABSENT or value is None or value is UNDEFINED:
        yield start
    elif isinstance(value, Mapping) and any(one is not UNDEFINED for one in value.values()):
        yield start
        for inner, one in value.items():
            if one is not UNDEFINED:
                yield from block(inner, one, level + 1)
    else:
        yield f"{start} {scalar(value)}"


def scalar(value: Value) -> str:
    """A value in one line: JSON is YAML, too; plain words stand without quotes."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return _shown(json.dumps(json_form(value), ensure_ascii=False))


def key(name: str) -> str:
    """A name as the key of a YAML mapping."""
    return scalar(name)


def _comment(text: str, level: int) -> Iterator[str]:
    """Lines of a comment, broken at blanks."""
    import textwrap  # only a skeleton is wrapped

    indent = "  " * level + "# "
    text = _shown(text)
    yield from textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ) or [indent.rstrip()]


def _shown(text: str) -> str:
    """A text without characters that end a line or that YAML does not take."""
    return _BREAKS.sub(" ", text)
