"""An expansion for people: a table of resources, what was skipped, outputs, and totals."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from packager.arm.expansion import Expansion
from packager.arm.identity import text
from packager.expressions.output import unmeasured
from packager.expressions.residual import unknown_text
from packager.expressions.values import Unknown, Value

_HEAD = ("TYPE", "NAME", "LOCATION", "CONDITION")
_WIDEST = 70


def as_text(expansion: Expansion) -> str:
    """The table and what belongs to it, line by line."""
    lines = list(_table(expansion))
    if expansion.skipped:
        lines += ["", "Not deployed:"]
        lines += [f"  {text(one.id)}  ({one.reason})" for one in expansion.skipped]
    if expansion.outputs:
        lines += ["", "Outputs:"]
        lines += [f"  {name} ({one.type}) = {_shown(one.value)}" for name, one in expansion.outputs.items()]
    lines += ["", _totals(expansion)]
    return "\n".join(lines)


def _table(expansion: Expansion) -> Iterator[str]:
    rows: list[Sequence[str]] = [
        (text(one.type), text(one.name), _place(one.location), _decided(one.condition)) for one in expansion.resources
    ]
    if not rows:
        yield "Nothing would be deployed."
        return
    if not any(row[3] for row in rows):
        rows = [row[:3] for row in rows]
    head = _HEAD[: len(rows[0])]
    widths = [min(max(len(row[column]) for row in (head, *rows)), _WIDEST) for column in range(len(head))]
    for row in (head, *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _place(location: Value) -> str:
    return text(location)


def _decided(condition: Value) -> str:
    return unknown_text(condition) if type(condition) is Unknown else ""


def _shown(value: Value) -> str:
    return text(value) if type(value) is Unknown or isinstance(value, str) else json.dumps(unmeasured(value))


def _totals(expansion: Expansion) -> str:
    types = Counter(text(one.type).lower() for one in expansion.resources)
    count = len(expansion.resources)
    parts = [f"{count} resource{'' if count == 1 else 's'} of {len(types)} type{'' if len(types) == 1 else 's'}"]
    if expansion.skipped:
        parts.append(f"{len(expansion.skipped)} not deployed")
    undecided = sum(type(one.condition) is Unknown for one in expansion.resources)
    if undecided:
        parts.append(f"{undecided} undecided")
    return ", ".join(parts)
