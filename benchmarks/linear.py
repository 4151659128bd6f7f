"""What a byte costs as templates grow: `python benchmarks/linear.py [--small N] [--large N] [SHAPE ...]`.

Each shape of template is checked in this process at 16 KB and at 2.4 MB. Printed is the cost of a byte of the large
one, as a multiple of that of the small one, measured in one run: 1.3 is the most it should be.
"""

import argparse
import datetime
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.package import Package
from packager.checks.registry import all_rules
from packager.pipeline.opening import open_bundle

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
DAY = datetime.date(2026, 11, 24)
ROUNDS = 5
Part = dict[str, Any]


def template(**sections: Any) -> Part:
    """A template with these sections."""
    return {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": [], **sections}


def machines(count: int) -> Part:
    """What people write: a parameter, a variable, a network interface and a machine, again and again."""
    resources: list[Part] = []
    for number in range(count):
        interface = f"[resourceId('Microsoft.Network/networkInterfaces', variables('nic{number}'))]"
        common = {"location": "[parameters('location')]", "tags": {"part": "compute"}}
        subnet = f"[resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet', 'subnet{number}')]"
        resources += [
            {
                "type": "Microsoft.Network/networkInterfaces",
                "apiVersion": "2025-09-01",
                "name": f"[variables('nic{number}')]",
                **common,
                "properties": {"ipConfigurations": [{"name": "ip", "properties": {"subnet": {"id": subnet}}}]},
            },
            {
                "type": "Microsoft.Compute/virtualMachines",
                "apiVersion": "2025-04-01",
                "name": f"vm{number}",
                **common,
                "dependsOn": [interface],
                "properties": {
                    "hardwareProfile": {"vmSize": f"[parameters('size{number}')]"},
                    "networkProfile": {"networkInterfaces": [{"id": interface}]},
                },
            },
        ]
    sizes = {f"size{number}": {"type": "string", "defaultValue": "Standard_D2s_v5"} for number in range(count)}
    names = {f"nic{number}": f"[concat('nic-', parameters('location'), '{number}')]" for number in range(count)}
    location = {"location": {"type": "string", "defaultValue": "[resourceGroup().location]"}}
    return template(parameters={**location, **sizes}, variables=names, resources=resources)


def nested(count: int) -> Part:
    """Nested deployments of inner scope side by side."""
    properties = {
        "mode": "Incremental",
        "expressionEvaluationOptions": {"scope": "inner"},
        "parameters": {"name": {"value": "x"}},
        "template": template(
            parameters={"name": {"type": "string"}},
            resources=[
                {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2020-01-01", "name": "x", "sku": ""}
            ],
        ),
    }
    type_, version = "Microsoft.Resources/deployments", "2025-04-01"
    return template(
        resources=[
            {"type": type_, "apiVersion": version, "name": f"nested{number}", "properties": properties}
            for number in range(count)
        ]
    )


def findings(count: int) -> Part:
    """Something wrong on every other line."""
    return template(
        parameters={f"unused{number}": {"type": "string", "metadata": {"description": ""}} for number in range(count)},
        variables={f"unused{number}": {"homeUri": "[concat('a', '/b')]", "blank": ""} for number in range(count)},
        resources=[
            {
                "type": "Microsoft.Web/sites/config",
                "apiVersion": "2015-06-15",
                "name": f"site{number}/config",
                "location": "westeurope",
                "properties": {"url": "https://x.blob.core.windows.net", "adminPassword": "x", "id": "x", "none": None},
            }
            for number in range(count)
        ],
        outputs={
            f"out{number}": {"type": "string", "value": "[listKeys('a', '2015-06-15').x]"} for number in range(count)
        },
    )


def texts(count: int) -> Part:
    """Texts that patterns could get lost in."""
    pieces = ("::::[]", "listlist", "providers(", "concat(", "[[", "parameters('", "((((", "'' ", 'x"')
    return template(variables={f"text{number}": piece * count for number, piece in enumerate(pieces)})


SHAPES: dict[str, Callable[[int], Part]] = {one.__name__: one for one in (machines, nested, findings, texts)}


def of_size(shape: Callable[[int], Part], size: int) -> str:
    """A template of a shape of about that many bytes."""
    few, more = (len(json.dumps(shape(count), indent=2)) for count in (10, 20))
    return json.dumps(shape(max(1, (size - few) * 10 // (more - few) + 10)), indent=2)


def cost(text: str, profile: str) -> float:
    """Seconds of processor time a byte that checking the text takes."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "mainTemplate.json").write_text(text, encoding="utf-8")
        began = time.process_time()
        run(Package(open_bundle(folder), DAY), all_rules(), Config(profile=profile))  # type: ignore[arg-type]
        return (time.process_time() - began) / len(text)


def rows(names: list[str], small: int, large: int) -> Iterator[str]:
    """A line a shape and profile."""
    for name in names:
        texts_ = of_size(SHAPES[name], small), of_size(SHAPES[name], large)
        for profile in ("arm-ttk", "marketplace"):
            cost(texts_[0], profile)  # loads what is loaded once
            base = min(cost(texts_[0], profile) for _ in range(ROUNDS))
            yield f"{name:10} {profile:12} {cost(texts_[1], profile) / base:5.2f} x a byte"


def main() -> int:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=f"of {', '.join(SHAPES)} (all)")
    parser.add_argument("--small", type=int, default=16_000, help="bytes of the small template")
    parser.add_argument("--large", type=int, default=2_400_000, help="bytes of the large template")
    options = parser.parse_args()
    gc.disable()  # as the command line does for one PATH
    unknown = set(options.shapes) - set(SHAPES)
    if unknown:
        parser.error(f"no such shape: {', '.join(sorted(unknown))}")
    for row in rows(options.shapes or list(SHAPES), options.small, options.large):
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
