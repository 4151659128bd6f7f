"""Tables of the pages on the Mojaloop offer, and its Postman collection, made from the data files of the offer.

A page says where a table belongs: `<!-- table: sizes -->` begins it, `<!-- end -->` ends it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from packager.offer.model import Delimiters, SourceFile
from packager.offer.repository import Repository
from packager.render.template import Renderer

COLLECTION = "marketplace/mojaloop/api/mojaloop.postman_collection.json"
BROKERS = {None: "", "eventHubs": " (Event Hubs)", "eventHubsPremium": " (Event Hubs Premium)"}
PLACE = re.compile(r"(<!-- table: ([a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def pages(root: Path) -> dict[str, str]:
    """Every page with its tables as they are to be, by its name below docs/; and the collection."""
    tables = {"sizes": sizes, "topics": topics, "operations": operations, "alerts": alerts}

    def filled(match: re.Match[str]) -> str:
        lines = tables[match[2]](root / "marketplace/mojaloop")
        return f"{match[1]}\n" + "\n".join(lines) + f"\n\n{match[3]}"

    found = {}
    for path in sorted((root / "docs/mojaloop").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        if PLACE.search(text):
            found[f"mojaloop/{path.name}"] = PLACE.sub(filled, text)
    return found | {f"../{COLLECTION}": collection(root)}


def collection(root: Path) -> str:
    """The Postman collection of the table of operations."""
    source = SourceFile(f"{COLLECTION}.j2", Delimiters(), ())
    rendered = Renderer(Repository(root), {}).render(source)
    assert rendered.text is not None, rendered.problem
    return f"{rendered.text.strip()}\n"


def read(offer: Path, name: str) -> Any:
    """One of the data files."""
    return yaml.safe_load((offer / name).read_text(encoding="utf-8"))


def row(*cells: object) -> str:
    """A row of a table."""
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def sizes(offer: Path) -> Iterator[str]:
    """What a size stands for, line by line."""
    table = read(offer, "sizes.yaml")
    yield row("", *table)
    yield row(*["---"] * (len(table) + 1))
    for title, text in {
        "System nodes": lambda one: _nodes(one["cluster"], "systemNodes"),
        "Nodes for Mojaloop": lambda one: _mojaloop_nodes(one["cluster"]),
        "Tier of the cluster": lambda one: one["cluster"]["tier"],
        "Database": lambda one: f"{one['mysql']['sku']['name']} ({one['mysql']['sku']['tier']})",
        "Storage of the database, GB": lambda one: one["mysql"]["storageGb"],
        "Backups, days": lambda one: one["mysql"]["backupDays"],
        "Event Hubs Standard, units a namespace": lambda one: one["eventHubs"]["standardUnits"],
        "Event Hubs Premium, units": lambda one: one["eventHubs"]["premiumUnits"],
        "Partitions of a topic": lambda one: one["eventHubs"]["partitions"],
        "HDInsight, brokers": lambda one: f"{one['hdinsight']['workers']} x {one['hdinsight']['workerMachine']}",
        "API Management": lambda one: f"{one['apim']['sku']} x {one['apim']['capacity']}",
        "Plan of the Function": lambda one: f"{one['function']['sku']} x {one['function']['instances']}",
        "Key Vault": lambda one: one["vault"]["sku"],
        "Logs, days": lambda one: one["logs"]["retentionDays"],
        "Logs, GB a day at most": lambda one: _limit(one["logs"]["dailyCapGb"]),
        "Connections of a pod to the database": lambda one: (
            f"{one['pods']['connectionsMin']} to {one['pods']['connectionsMax']}"
        ),
    }.items():
        yield row(title, *(text(one) for one in table.values()))


def _nodes(cluster: dict[str, Any], key: str) -> str:
    return f"{cluster[key]} x Standard_D4s_v5" if cluster["separateUserPool"] else "shared"


def _mojaloop_nodes(cluster: dict[str, Any]) -> str:
    count = (
        cluster["nodes"] if cluster["nodes"] == cluster["nodesMax"] else f"{cluster['nodes']} to {cluster['nodesMax']}"
    )
    return f"{count} x {cluster['machine']}"


def _limit(number: int) -> object:
    return "no limit" if number < 0 else number


def topics(offer: Path) -> Iterator[str]:
    """Topics by group, and where Event Hubs has them."""
    data = read(offer, "topics.yaml")
    yield row("group", "for", "topics", "Standard", "Premium")
    yield row(*["---"] * 5)
    for name, group in data["groups"].items():
        places = [
            next((f"namespace `{home}`" for home, groups in data["layouts"][tier].items() if name in groups), "no room")
            for tier in ("eventHubsStandard", "eventHubsPremium")
        ]
        yield row(
            f"{name} ({len(group['topics'])})",
            group["purpose"],
            ", ".join(f"`{one}`" for one in group["topics"]),
            *places,
        )


def operations(offer: Path) -> Iterator[str]:
    """Every operation that participants may call."""
    yield row("path", "methods", "service")
    yield row(*["---"] * 3)
    for path, api in read(offer, "api/operations.yaml").items():
        for template, methods in api["operations"].items():
            service = f"`moja-{api['service']}`" + (", with bulk transfers only" if api.get("optional") else "")
            yield row(f"`/{path}{'' if template == '/' else template}`", ", ".join(methods), service)


def alerts(offer: Path) -> Iterator[str]:
    """Every alert, with what it watches."""
    data = read(offer, "alerts.yaml")
    signs = {"GreaterThan": ">"}
    yield row("alert", "watches", "raised when", "severity")
    yield row(*["---"] * 4)
    for kind in data["metrics"].values():
        for name, one in kind["alerts"].items():
            limit = "nine of ten of the server's limit" if one["threshold"] == "connections" else one["threshold"]
            sign, window = signs[one["operator"]], one["window"].removeprefix("PT").lower()
            when = f"{one['aggregation'].lower()} {sign} {limit} in {window}"
            yield row(name, f"`{one['metric']}` of {kind['type']}", when, one["severity"])
    for name, one in data["logs"].items():
        when = f"more than {one['threshold']} rows in {one['window'].removeprefix('PT').lower()}"
        yield row(name, f"logs{BROKERS[one.get('broker')]}: {_small(one['text'])}", when, one["severity"])
    for name, one in data["prometheus"].items():
        when = f"for {one['for'].removeprefix('PT').lower()}"
        yield row(name, f"Prometheus: {_small(one['text'])}", when, one["severity"])
    for name, one in data["activities"].items():
        yield row(name, f"events of the resource group: {_small(one['text'])}", "once", one["severity"])


def _small(text: str) -> str:
    """A sentence that goes on where another stood; names keep their capitals."""
    return text[0].lower() + text[1:]
