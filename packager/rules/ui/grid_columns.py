"""A column of a grid cannot be shown, or two cannot be told apart.

Cells are text boxes, drop-downs or groups of options; each column puts its value out under its `id`.

Use one of these three types, give every column an `id` of its own, and let `min` rows be no more than `max`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import Element, UiDefinition
from packager.ui.settings import elements_of, value_at

CELLS = frozenset({"Microsoft.Common.TextBox", "Microsoft.Common.DropDown", "Microsoft.Common.OptionsGroup"})


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """The columns of every EditableGrid, and the number of its rows."""
    for element in elements_of(form, "Microsoft.Common.EditableGrid"):
        columns = value_at(element.value, "constraints", "columns")
        seen: set[str] = set()
        for number, column in enumerate(columns if isinstance(columns, list) else ()):
            path = (*element.path, "constraints", "columns", number)
            kind, name = value_at(column, "element", "type"), value_at(column, "id")
            if isinstance(kind, str) and kind not in CELLS:
                message = f"grid '{element.name}' has a cell of type '{kind}'; use a TextBox, DropDown or OptionsGroup"
                yield Hit(form.spot((*path, "element", "type")), message, sub="type")
            if isinstance(name, str) and name in seen:
                yield Hit(form.spot((*path, "id")), f"grid '{element.name}' has two columns '{name}'", sub="id")
            seen.add(name if isinstance(name, str) else "")
        yield from _rows(form, element)


def _rows(form: UiDefinition, element: Element) -> Iterator[Hit]:
    count = value_at(element.value, "constraints", "rows", "count")
    least, most = value_at(count, "min"), value_at(count, "max")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        spot = form.spot((*element.path, "constraints", "rows", "count"))
        yield Hit(spot, f"grid '{element.name}' wants at least {least} rows and at most {most}", sub="rows")
