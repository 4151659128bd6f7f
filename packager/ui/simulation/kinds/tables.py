"""Tables of rows, and tags."""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.source.reading import ABSENT
from packager.ui.simulation.ask import Ask, Found, setting, whole
from packager.ui.simulation.kinds.choices import drop_down
from packager.ui.values import UNDEFINED, Value


def grid(ask: Ask) -> Found:
    """The rows; cells that a row leaves out have the default of their column."""
    default = ask.get("defaultValue")
    start = default if isinstance(default, list) else []
    if not ask.is_answered:
        # What a table puts out before anybody touches it is not documented: a published sample knows one empty row.
        return Found(start, is_open=True)
    if not isinstance(ask.answer, list) or not all(isinstance(row, dict) for row in ask.answer):
        return Found(start, (ask.refused("a list with an object for each row"),))
    return Found([_row(ask, row) for row in ask.answer])


def _row(ask: Ask, row: Mapping[str, Any]) -> dict[str, Value]:
    cells = {name: _default(ask, element) for name, element in columns_of(ask).items() if name not in row}
    return {**row, **{name: value for name, value in cells.items() if value is not UNDEFINED}}


def columns_of(ask: Ask) -> dict[str, Mapping[str, Any]]:
    """The elements of the columns by id."""
    columns = ask.get("constraints", "columns")
    found = {}
    for column in columns if isinstance(columns, list) else ():
        name, element = setting(column, "id"), setting(column, "element")
        if isinstance(name, str):
            found[name] = element if isinstance(element, Mapping) else {}
    return found


def _default(ask: Ask, element: Mapping[str, Any]) -> Value:
    kind = str(element.get("type", "")).lower().rpartition(".")[2]
    if kind in {"dropdown", "optionsgroup"}:
        return drop_down(ask._replace(settings=element, answer=ABSENT)).output
    default = element.get("defaultValue", "")
    return default if isinstance(default, str) and default[:1] != "[" else UNDEFINED


def _least(ask: Ask) -> int | None:
    return whole(ask.get("constraints", "rows", "count", "min"))


def check_rows(ask: Ask, output: Value) -> Iterator[str]:
    """How many rows there may be."""
    least, most = _least(ask), whole(ask.get("constraints", "rows", "count", "max"))
    count = len(output) if isinstance(output, list) else 0
    if least is not None and count < least:
        yield f"the table has {count} rows, less than the {least} that it needs"
    if most is not None and count > most:
        yield f"the table has {count} rows, more than the {most} that it may have"


def tags(ask: Ask) -> Found:
    """Tags by type of resource, for the types that have any."""
    if not ask.is_answered:
        return Found({})
    if not isinstance(ask.answer, dict) or not all(isinstance(one, dict) for one in ask.answer.values()):
        return Found({}, (ask.refused("an object with tags for each type of resource"),))
    return Found({kind: found for kind, found in ask.answer.items() if found})


def check_tags(ask: Ask, output: Value) -> Iterator[str]:
    """Whether the types are those of the element, and tags are texts."""
    known = {one.lower() for one in ask.texts("resources")}
    for kind, found in output.items() if isinstance(output, Mapping) else ():
        if kind.lower() not in known:
            yield f"the element offers no tags for '{kind[:60]}'"
        yield from (f"the tag '{name[:40]}' is no text" for name, value in found.items() if not isinstance(value, str))
