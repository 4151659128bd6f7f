"""Two steps or elements of the form have the same name.

A reference leads to one of them, and the page may not load at all.

Give each a name of its own. A step of a `createUiDefinition.json` cannot be called `basics`: that is the name of the
portal's own first step.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import Element, UiDefinition, text_of


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Names of steps, and of elements in the same step and section; a section may repeat a name of its step."""
    steps = form.document.at(form.steps_path)
    seen: set[str] = set()
    for number, step in enumerate(steps if isinstance(steps, list) else ()):
        name = text_of(step, "name") if isinstance(step, dict) else ""
        spot = form.spot((*form.steps_path, number, "name"))
        if name and name in seen:
            yield Hit(spot, f"two steps are called '{name}'", sub="step")
        if name.lower() == "basics" and not form.is_form_view:
            yield Hit(
                spot, f"a step cannot be called '{name}': steps('basics') is the portal's own first step", sub="basics"
            )
        seen.add(name)
    yield from _elements(form)


def _elements(form: UiDefinition) -> Iterator[Hit]:
    places: dict[tuple[str | None, tuple[str, ...], str], Element] = {}
    for element in form.every_element:
        if not element.name:
            continue
        spot = form.spot((*element.path, "name"))
        first = places.setdefault((element.step, element.sections, element.name), element)
        if first is not element:
            related = (form.spot((*first.path, "name")),)
            yield Hit(spot, f"two elements beside each other are called '{element.name}'", related=related)
        elif element.sections and (element.step, (), element.name) in places:
            message = f"element '{element.name}' has the name of another one outside of its section"
            yield Hit(spot, message, sub="section", severity=Severity.WARNING)
