"""The page with the graphs of what the offers of this repository deploy, and the pictures on it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from layers import Box, svg

from packager.arm.expand import expand
from packager.arm.expansion import ExpandedResource, Expansion
from packager.arm.identity import text
from packager.expressions.scope import Facts
from packager.expressions.values import Unknown
from packager.render.whole import render_offer
from packager.source.document import Document

FACTS = Facts(
    subscription_id="00000000-0000-0000-0000-000000000000",
    tenant_id="00000000-0000-0000-0000-000000000000",
    resource_group="example",
    location="westeurope",
)
VALUES = {
    "namePrefix": "demo",
    "mysqlAdminLogin": "demo",
    "mysqlAdminPassword": "not a secret 1",
    "publisherName": "demo",
    "publisherEmail": "demo@example.org",
    "alertEmail": "demo@example.org",
    "dfspCaCertificate": "MII" * 50,
    "dfspCaThumbprint": "A" * 40,
}
PAGE = "explanation/offer-graphs.md"
INTRODUCTION = """\
# What the offers deploy

Made from the expansion of each plan with the default values of its parameters: an arrow leads from what is deployed
first to what waits for it; an edge that follows from others is left out, and a dashed box may not be deployed. A nested
deployment is one box; the table below it tells what is in it. `packager expand OFFER --plan PLAN --format mermaid` (or
`dot`) draws every single resource.
"""


def graphs(root: Path) -> dict[str, str]:
    """The page and its pictures by their names below docs/, offer by offer and plan by plan."""
    files, parts = {}, [INTRODUCTION]
    for offer in sorted((root / "marketplace").glob("*/offer.yaml")):
        _, rendered = render_offer(offer, (), {})
        for one in rendered:
            main = one.bundle.document("mainTemplate.json")
            found = expand(main, _values(main), FACTS, one.bundle.lookup)
            name = f"images/graph-{offer.parent.name}-{one.bundle.plan}.svg"
            files[name] = _picture(found)
            title = f"{offer.parent.name}, plan {one.bundle.plan}"
            parts += [f"## {title}\n", f"![What {title} deploys](../{name})\n", *_table(found)]
    return {**files, PAGE: "\n".join(parts)}


def _values(main: Document) -> dict[str, str]:
    declared = main.value["parameters"]
    return {name: value for name, value in VALUES.items() if name in declared}


def _picture(found: Expansion) -> str:
    own = [one for one in found.resources if one.deployment is None]
    places = {text(one.id).lower(): number for number, one in enumerate(own)}
    waits = {
        number: {places[text(id_).lower()] for id_ in one.depends_on if text(id_).lower() in places}
        for number, one in enumerate(own)
    }
    return svg([_box(one, found) for one in own], waits)


def _box(one: ExpandedResource, found: Expansion) -> Box:
    inside = len(_inside(one, found))
    kind = text(one.type).partition("/")[2]
    return Box(
        text(one.name), f"{inside} resource{'s' * (inside > 1)}" if inside else kind, type(one.condition) is not Unknown
    )


def _inside(one: ExpandedResource, found: Expansion) -> list[ExpandedResource]:
    """The resources of a nested deployment, those of deployments in it too."""
    every: list[ExpandedResource] = []
    open_ = [text(one.id).lower()]
    while open_:
        id_ = open_.pop()
        own = [other for other in found.resources if other.deployment and text(other.deployment).lower() == id_]
        every += own
        open_ += [text(other.id).lower() for other in own]
    return every


def _table(found: Expansion) -> Iterator[str]:
    rows = [
        (text(one.name), Counter(text(other.type) for other in inside))
        for one in found.resources
        if one.deployment is None and (inside := _inside(one, found))
    ]
    if rows:
        yield "| deployment | what it deploys |\n|---|---|"
        for name, types in rows:
            yield f"| {name} | {', '.join(_counted(type_, count) for type_, count in sorted(types.items()))} |"
        yield ""


def _counted(type_: str, count: int) -> str:
    return f"{type_} × {count}" if count > 1 else type_
