"""A part of the form is missing or of the wrong shape.

The portal then shows an endless load instead of the page, and says nothing.

A form has the lists `basics` and `steps` and the object `outputs` under `parameters`; a step has `name`, `label` and
`elements`; an element has `name` and `type`. An empty object in a list is taken for no element.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.nearest import did_you_mean
from packager.source.span import Path
from packager.ui.definition import UiDefinition, text_of

STEP_TEXTS = ("name", "label")
# What published forms give a step without effect.
IGNORED = ("type", "visible")
# The last three are of the legacy handler.
KNOWN = frozenset({*STEP_TEXTS, "elements", *IGNORED, "subLabel", "bladeTitle", "bladeSubtitle"})


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """From `parameters` down to the name of every element."""
    if form.is_form_view or not form.value:
        return
    parameters = form.value.get("parameters")
    if not isinstance(parameters, dict):
        yield Hit(form.spot(("parameters",)), "the form has no object 'parameters'")
        return
    for name, kind, words in (("basics", list, "a list"), ("steps", list, "a list"), ("outputs", dict, "an object")):
        found = parameters.get(name)
        if not isinstance(found, kind) and (name != "outputs" or found is not None):
            yield Hit(form.spot(("parameters", name)), f"'parameters.{name}' must be {words}")
    yield from _elements(form, parameters.get("basics"), ("parameters", "basics"))
    steps = parameters.get("steps")
    for number, step in enumerate(steps if isinstance(steps, list) else ()):
        yield from _step(form, step, ("parameters", "steps", number))


def _step(form: UiDefinition, step: Any, path: Path) -> Iterator[Hit]:
    if not isinstance(step, dict):
        yield Hit(form.spot(path), "a step is an object with 'name', 'label' and 'elements'", sub="step")
        return
    name = text_of(step, "name")
    for key in STEP_TEXTS:
        if not text_of(step, key):
            yield Hit(form.spot((*path, key)), f"step '{name}' has no '{key}'", sub="step")
    if not isinstance(step.get("elements"), list):
        yield Hit(form.spot((*path, "elements")), f"step '{name}' has no list 'elements'", sub="step")
    for key in IGNORED:
        if key in step and step[key] is not True:
            message = f"the portal does not look at '{key}' of a step; nothing hides a whole step"
            yield Hit(form.spot((*path, key), key=True), message, sub="ignored", severity=Severity.INFO)
    for key in step:
        if key not in KNOWN and key[:1] not in "_$":
            message = f"a step has no '{key}'{did_you_mean(key, sorted(KNOWN))}"
            yield Hit(form.spot((*path, key), key=True), message, sub="unknown", severity=Severity.WARNING)
    yield from _elements(form, step.get("elements"), (*path, "elements"))


def _elements(form: UiDefinition, elements: Any, path: Path) -> Iterator[Hit]:
    todo: list[tuple[Path, Any]] = [(path, elements)]
    while todo:
        path, found = todo.pop()
        for number, element in enumerate(found if isinstance(found, list) else ()):
            at = (*path, number)
            if not isinstance(element, dict):
                yield Hit(form.spot(at), "an element is an object with 'name' and 'type'", sub="element")
                continue
            for key in ("name", "type") if element else ():
                if not text_of(element, key):
                    name = text_of(element, "name") or text_of(element, "type")
                    yield Hit(form.spot((*at, key)), f"element '{name}' has no '{key}'", sub="element")
            todo.append(((*at, "elements"), element.get("elements")))
