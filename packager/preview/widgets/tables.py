"""Elements that are filled in row by row, and the values that rows stand for."""

from collections.abc import Mapping
from typing import Any

from packager.preview.widgets.field import ControlName, Field, Option, Question, field, group, member, options, part

Row = dict[str, Any]


def editable_grid(question: Question) -> Field:
    """EditableGrid and Grid: columns as the form names them."""
    columns = [one for one in question.get("constraints", "columns") or () if isinstance(one, dict)]
    rows = question.value if isinstance(question.value, list) else []
    most = question.get("constraints", "rows", "count", "max")
    cells = [[_cell(question, column, number, row) for column in columns] for number, row in enumerate(rows)]
    return field(
        question,
        "rows",
        columns=[{"header": str(column.get("header") or column.get("id") or "")} for column in columns],
        cells=cells,
        label=question.text("label") or str(member(question.get("label"), "summary") or ""),
        full=isinstance(most, int) and len(rows) >= most,
    )


def _cell(question: Question, column: Mapping[str, Any], number: int, row: Any) -> Field:
    name, element = str(column.get("id", "")), column.get("element")
    kind = str(member(element, "type") or "").rpartition(".")[2]
    control: ControlName = "choice" if kind in {"DropDown", "OptionsGroup"} else "text"
    choices = _choices(member(element, "constraints", "allowedValues"))
    placeholder = member(element, "placeholder")
    return part(
        question,
        control,
        str(column.get("header") or name),
        number,
        name,
        value=member(row, name),
        options=choices,
        placeholder=placeholder if isinstance(placeholder, str) else "",
    )


def _choices(allowed: Any) -> list[Option]:
    items = [one for one in allowed if isinstance(one, dict)] if isinstance(allowed, list) else []
    return [{"label": str(one.get("label", "")), "value": one.get("value"), "description": ""} for one in items]


def tags(question: Question) -> Field:
    """TagsByResource: a row for each tag of each type."""
    rows = question.draft if isinstance(question.draft, list) else rows_of_tags(question.value)
    types = question.get("resources")
    kinds = options(one for one in types if isinstance(one, str)) if isinstance(types, list) else []
    headers: tuple[tuple[str, str, ControlName], ...] = (
        ("Name", "name", "text"),
        ("Value", "value", "text"),
        ("Resource", "resource", "choice"),
    )
    cells = [
        [
            part(question, control, header, number, name, value=member(row, name), options=kinds)
            for header, name, control in headers
        ]
        for number, row in enumerate(rows)
    ]
    columns = [{"header": header} for header, _, _ in headers]
    return field(question, "rows", label=question.text("label") or "Tags", value=rows, columns=columns, cells=cells)


def rows_of_tags(value: Any) -> list[Row]:
    """The rows that show tags by type."""
    kinds = value.items() if isinstance(value, dict) else ()
    return [
        {"name": name, "value": text, "resource": kind}
        for kind, found in kinds
        for name, text in (found.items() if isinstance(found, dict) else ())
    ]


def tags_of_rows(rows: Any) -> dict[str, dict[str, str]]:
    """Tags by type; rows without a name or a type are not complete yet and stand for nothing."""
    found: dict[str, dict[str, str]] = {}
    for row in rows if isinstance(rows, list) else ():
        name, kind = member(row, "name"), member(row, "resource")
        if name and isinstance(name, str) and isinstance(kind, str):
            found.setdefault(kind, {})[name] = str(member(row, "value") or "")
    return found


def identity(question: Question) -> Field:
    """IdentitySelector: the identity of the system, and a list of others by id."""
    shown = question.draft if isinstance(question.draft, dict) else draft_of_identity(question.value)
    asked = question._replace(value=shown)
    children = []
    if not question.flag("options", "hideSystemAssignedIdentity"):
        fixed = question.text("defaultValue", "systemAssignedIdentity").endswith("Only")
        children.append(part(asked, "check", "System-assigned managed identity", "system", enabled=not fixed))
    if not question.flag("options", "hideUserAssignedIdentity"):
        rows = shown["ids"] if isinstance(shown.get("ids"), list) else []
        cells = [[part(asked, "text", "Id", "ids", number, "id")] for number in range(len(rows))]
        label = "User-assigned managed identities"
        columns = [{"header": "Id of the identity"}]
        children.append(part(asked, "rows", label, "ids", value=rows, columns=columns, cells=cells))
    return group(question, children, label=question.text("label"))


def draft_of_identity(value: Any) -> Row:
    """What the page shows of an ARM identity object."""
    kind, assigned = member(value, "type"), member(value, "userAssignedIdentities")
    system = isinstance(kind, str) and "systemassigned" in kind.lower()
    return {"system": system, "ids": [{"id": name} for name in assigned] if isinstance(assigned, dict) else []}


def identity_of_draft(draft: Any) -> Row:
    """The ARM identity object for what was typed; empty ids are not complete yet and stand for nothing."""
    rows = member(draft, "ids")
    found = [member(row, "id") for row in rows] if isinstance(rows, list) else []
    ids = [one for one in found if isinstance(one, str) and one]
    kinds = [*(["SystemAssigned"] if member(draft, "system") is True else []), *(["UserAssigned"] if ids else [])]
    made: Row = {"type": ", ".join(kinds) or "None"}
    return {**made, "userAssignedIdentities": {one: {} for one in ids}} if ids else made
