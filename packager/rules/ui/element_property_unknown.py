"""An element has a property that its type does not have.

The portal ignores it without a word: a limit that does not hold, a text that never shows. In `constraints` it is an
error, because what was meant to be refused is let through.

Correct the name, which is compared exactly, or move the property to where it belongs: the [reference of
elements](../reference/form-elements.md) lists what each type has.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.nearest import did_you_mean
from packager.source.span import Path
from packager.ui.definition import Element, UiDefinition
from packager.ui.elements.model import ElementType, Where
from packager.ui.settings import applies, is_cell, known_elements, properties_of, shape_of, where_of

# The tool tip that certification wants on nearly every type, and the default that published forms give to resources.
TOLERATED = frozenset({"toolTip"})
SECTION = "Microsoft.Common.Section"
RESOURCE_SELECTOR = "Microsoft.Solutions.ResourceSelector"
PASSWORD_BOX = "Microsoft.Common.PasswordBox"  # noqa: S105


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every property that the catalogue does not know at its place."""
    where = where_of(form)
    for element, known in known_elements(form):
        if not known.in_document(where):
            continue
        for path, value, setting in properties_of(element, where):
            inside = path[len(element.path) :]
            if setting is None and not _is_tolerated(known, inside, element, value):
                yield _hit(form, element, known, path, where)
            elif setting is not None and not applies(setting, element.value):
                yield _misplaced(form, element, path, setting.only or ("", ""))


def _is_tolerated(known: ElementType, inside: Path, element: Element, value: object) -> bool:
    name = inside[-1]
    if len(inside) == 1 and name in TOLERATED and known.name != SECTION:
        return True
    # Other rules look at passwords with a default; resources with one do no harm.
    if inside == ("defaultValue",) and known.name in {RESOURCE_SELECTOR, PASSWORD_BOX}:
        return True
    is_note = isinstance(name, str) and name[:1] in {"$", "_"}
    return is_note or (is_cell(element) and inside == ("name",)) or value is None


def _hit(form: UiDefinition, element: Element, known: ElementType, path: Path, where: Where) -> Hit:
    inside = path[len(element.path) :]
    shown = ".".join(map(str, inside))
    name = str(inside[-1])
    severity = Severity.ERROR if inside[0] == "constraints" and len(inside) > 1 else None
    message = f"{known.name} has no '{shown}'"
    other: Where = "form" if where == "view" else "view"
    if _place(known.name, other, inside):
        kind = "the Form view has" if other == "view" else "a createUiDefinition.json has"
        hint = f"; only {kind} it"
    else:
        around = _around(known.name, where, inside)
        hint = did_you_mean(name, around) or _elsewhere(known.name, where, name)
    return Hit(form.spot(path, key=True), f"element '{element.name}': {message}{hint}", severity=severity)


def _place(type_name: str, where: Where, inside: Path) -> bool:
    shape = shape_of(type_name, where)
    for key in inside:
        found = shape.at(key)
        if found is None:
            return False
        shape = found
    return shape.setting is not None


def _around(type_name: str, where: Where, inside: Path) -> list[str]:
    shape = shape_of(type_name, where)
    for key in inside[:-1]:
        shape = shape.at(key) or shape
    return [name for name in shape.below if name not in {"*", "[]"}]


def _elsewhere(type_name: str, where: Where, name: str) -> str:
    """Where the element has a property of that name."""
    for parent in ("constraints", "options", ""):
        shape = shape_of(type_name, where).below.get(parent) if parent else shape_of(type_name, where)
        if shape is not None and name in shape.below:
            return f"; it belongs into '{parent}'" if parent else "; it belongs beside 'type'"
    return ""


def _misplaced(form: UiDefinition, element: Element, path: Path, only: tuple[str, str]) -> Hit:
    shown = ".".join(map(str, path[len(element.path) :]))
    message = f"element '{element.name}': '{shown}' counts only where '{only[0]}' is '{only[1]}'"
    return Hit(form.spot(path, key=True), message, sub="other")
