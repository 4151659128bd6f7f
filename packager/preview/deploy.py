"""What the answers would deploy: the template's resources beside those of the answer before, as a table and a graph."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from packager.arm.expansion import ExpandedResource, Expansion
from packager.arm.identity import text
from packager.expressions.output import unmeasured
from packager.preview.layout import BOX_HEIGHT, BOX_WIDTH, layered

MOST_DRAWN = 400  # boxes; a graph of more is no picture any more

Bodies = Mapping[str, Any]


def deploy_model(expansion: Expansion, problems: list[str], bodies: Bodies, before: Bodies | None) -> dict[str, Any]:
    """The panel's content; `bodies` are those of this expansion by id, `before` those of the answers before these."""
    resources = [_row(one, _change(text(one.id), bodies, before)) for one in expansion.resources]
    gone = [] if before is None else [id_ for id_ in before if id_ not in bodies]
    resources += [_gone(id_) for id_ in gone]
    return {
        "resources": resources,
        "skipped": len(expansion.skipped),
        "problems": problems,
        "graph": _graph(expansion, {row["id"]: row["change"] for row in resources}),
    }


def bodies_of(expansion: Expansion) -> dict[str, Any]:
    """What would be deployed, by id."""
    return {text(one.id): unmeasured({**one.body, "condition": one.condition}) for one in expansion.resources}


def _change(id_: str, bodies: Bodies, before: Bodies | None) -> str | None:
    if before is None:
        return None
    if id_ not in before:
        return "added"
    return "changed" if before[id_] != bodies[id_] else None


def _row(one: ExpandedResource, change: str | None) -> dict[str, Any]:
    return {
        "id": text(one.id),
        "name": text(one.name),
        "type": text(one.type),
        "location": None if one.location is None else text(one.location),
        "condition": unmeasured(one.condition) if isinstance(unmeasured(one.condition), dict) else None,
        "change": change,
    }


def _gone(id_: str) -> dict[str, Any]:
    """A row for what would not be deployed any more, told from its id."""
    parts = id_.rpartition("/providers/")[2].split("/")
    kind, name = "/".join([parts[0], *parts[1::2]]), "/".join(parts[2::2])
    return {"id": id_, "name": name, "type": kind, "location": None, "condition": None, "change": "removed"}


def _graph(expansion: Expansion, changes: Mapping[str, str | None]) -> dict[str, Any]:
    shown = {text(one.id): one for one in expansion.resources[:MOST_DRAWN]}
    by_lower = {id_.lower(): id_ for id_ in shown}

    @cache
    def shown_id(written: str) -> str | None:
        return by_lower.get(written.lower())

    needs = {}
    for id_, one in shown.items():
        around = () if one.deployment is None else (one.deployment,)
        found = (
            shown_id(other) if isinstance(other, str) else by_lower.get(text(other).lower())
            for other in (*one.depends_on, *around)
        )
        needs[id_] = [other for other in dict.fromkeys(found) if other is not None and other != id_]
    layout = layered(list(shown), needs)
    return {
        "boxes": [
            {
                "id": box.name,
                "name": text(shown[box.name].name),
                "type": text(shown[box.name].type),
                "x": box.x,
                "y": box.y,
                "change": changes[box.name],
            }
            for box in layout.boxes
        ],
        "arrows": [[other, id_] for id_, others in needs.items() for other in others],
        "width": layout.width,
        "height": layout.height,
        "box": {"width": BOX_WIDTH, "height": BOX_HEIGHT},
    }
