"""The page with the graphs of what the offers of this repository deploy."""

from collections.abc import Iterator
from pathlib import Path

from packager.arm.expand import expand
from packager.arm.expansion import Expansion
from packager.arm.graphform import as_mermaid
from packager.expressions.scope import Facts
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
INTRODUCTION = """\
# What the offers deploy

Made with `packager expand mainTemplate.json --format mermaid` from the rendered sources of each plan, with the default
values of its parameters: an arrow leads from what is deployed first to what waits for it. Resources of nested
deployments hang below their deployment; where there are too many to draw, a deployment stands for what it holds.
"""
MOST_BOXES = 60


def graphs(root: Path) -> str:
    """The page, offer by offer and plan by plan."""
    parts = [INTRODUCTION]
    for offer in sorted((root / "marketplace").glob("*/offer.yaml")):
        parts += _offer(offer)
    return "\n".join(parts)


def _offer(offer: Path) -> Iterator[str]:
    _, rendered = render_offer(offer, (), {})
    for one in rendered:
        bundle = one.bundle
        main = bundle.document("mainTemplate.json")
        found = expand(main, _values(main), FACTS, bundle.lookup)
        _keep_what_can_be_drawn(found)
        yield f"## {offer.parent.name}, plan {bundle.plan}\n"
        yield f"```mermaid\n{as_mermaid(found)}\n```\n"


def _keep_what_can_be_drawn(found: Expansion) -> None:
    """All of an expansion when it fits into a picture, else its outermost resources."""
    if len(found.resources) > MOST_BOXES:
        found.resources = [one for one in found.resources if one.deployment is None]


def _values(main: Document) -> dict[str, str]:
    declared = main.value["parameters"]
    return {name: value for name, value in VALUES.items() if name in declared}
