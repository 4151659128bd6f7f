"""A package whose resources are of three namespaces, two of them large: what judging their bodies costs a check."""

import json
from pathlib import Path
from typing import Any

from packager.checks.registry import all_rules

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
KINDS = ("resource-property-", "resource-value-", "resource-scope")


def named(type_: str, version: str, name: str, **body: Any) -> dict[str, Any]:
    """A resource."""
    return {"type": type_, "apiVersion": version, "name": name, "location": "[parameters('location')]", **body}


def resources() -> list[dict[str, Any]]:
    """A machine in a network, and an account."""
    nic = "[resourceId('Microsoft.Network/networkInterfaces', 'nic')]"
    subnet = "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'network', 'one')]"
    network = {
        "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
        "subnets": [{"name": "one", "properties": {"addressPrefix": "10.0.0.0/24"}}],
    }
    address = {"name": "ip", "properties": {"privateIPAllocationMethod": "Dynamic", "subnet": {"id": subnet}}}
    keys = [{"path": "/home/hub/.ssh/authorized_keys", "keyData": "[parameters('key')]"}]
    machine = {
        "hardwareProfile": {"vmSize": "[parameters('size')]"},
        "storageProfile": {
            "imageReference": {
                "publisher": "Canonical",
                "offer": "ubuntu-24_04-lts",
                "sku": "server",
                "version": "latest",
            },
            "osDisk": {"createOption": "FromImage", "managedDisk": {"storageAccountType": "Premium_LRS"}},
        },
        "osProfile": {
            "computerName": "machine",
            "adminUsername": "[parameters('user')]",
            "linuxConfiguration": {"disablePasswordAuthentication": True, "ssh": {"publicKeys": keys}},
        },
        "networkProfile": {"networkInterfaces": [{"id": nic}]},
    }
    account = {"kind": "StorageV2", "sku": {"name": "Standard_LRS"}, "properties": {"minimumTlsVersion": "TLS1_2"}}
    return [
        named("Microsoft.Network/virtualNetworks", "2025-09-01", "network", properties=network),
        named(
            "Microsoft.Network/networkInterfaces",
            "2025-09-01",
            "nic",
            dependsOn=["[resourceId('Microsoft.Network/virtualNetworks', 'network')]"],
            properties={"ipConfigurations": [address]},
        ),
        named("Microsoft.Compute/virtualMachines", "2026-04-01", "machine", dependsOn=[nic], properties=machine),
        named("Microsoft.Storage/storageAccounts", "2026-04-01", "[uniqueString(resourceGroup().id)]", **account),
    ]


def package(folder: Path) -> Path:
    """A folder with that template."""
    kinds = {"location": "string", "size": "string", "user": "string", "key": "securestring"}
    template = {
        "$schema": SCHEMA,
        "contentVersion": "1.0.0.0",
        "parameters": {name: {"type": kind} for name, kind in kinds.items()},
        "resources": resources(),
    }
    place = folder / "three"
    place.mkdir()
    (place / "mainTemplate.json").write_text(json.dumps(template, indent=2), encoding="utf-8")
    return place


def without() -> list[str]:
    """The options of a check that leave the rules on bodies out."""
    return ["--ignore", ",".join(rule.id for rule in all_rules() if rule.id.startswith(KINDS))]
