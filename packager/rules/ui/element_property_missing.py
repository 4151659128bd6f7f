"""An element lacks a property that its type needs.

The portal then fails to show the element, and often the whole page.

Add the property; the [reference of elements](../reference/form-elements.md) says what it holds.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.span import Path
from packager.ui.definition import Element, UiDefinition
from packager.ui.elements.model import ElementType, Setting
from packager.ui.settings import is_cell, known_elements, missing_settings, where_of

SECTION = "Microsoft.Common.Section"
# The schema wants them, and published forms without them work.
SOFT = frozenset({"ariaLabel", "scope"})
# Other rules report these, with what certification says of them.
ELSEWHERE = frozenset({"constraints.validations[].message"})


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every required property whose surroundings are there."""
    where = where_of(form)
    for element, known in known_elements(form):
        if not known.in_document(where):
            continue
        for around, setting in missing_settings(element, where):
            if setting.path not in ELSEWHERE and not _is_free(element, known, setting):
                yield _hit(form, element, known, around, setting)
        yield from _text_block(form, element, known)


def _is_free(element: Element, known: ElementType, setting: Setting) -> bool:
    """Cells have neither name nor label; a missing name or type is reported with the structure of the form."""
    if setting.path in {"name", "type"} or (is_cell(element) and setting.path == "label"):
        return True
    return known.name == SECTION and setting.path == "elements"


def _hit(form: UiDefinition, element: Element, known: ElementType, around: Path, setting: Setting) -> Hit:
    name = setting.path.rpartition(".")[2]
    inside = [str(key) for key in around[len(element.path) :]]
    is_soft = setting.path in SOFT or (known.name == SECTION and name == "label")
    severity = Severity.WARNING if is_soft else None
    message = f"element '{element.name}': {known.name} needs '{'.'.join([*inside, name])}'"
    values = " or ".join(f"'{value}'" for value in setting.allowed)
    hint = (
        f"; it is {values}" if values else f": {setting.about[:1].lower()}{setting.about[1:]}" if setting.about else ""
    )
    return Hit(form.spot(around), message + hint, severity=severity)


def _text_block(form: UiDefinition, element: Element, known: ElementType) -> Iterator[Hit]:
    options = element.value.get("options")
    if (
        known.name == "Microsoft.Common.TextBlock"
        and isinstance(options, dict)
        and not options.keys() & {"text", "link"}
    ):
        yield Hit(form.spot((*element.path, "options")), f"element '{element.name}' has neither 'text' nor 'link'")
