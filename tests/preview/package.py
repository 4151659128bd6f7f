"""A small package for the tests of the preview: a form with many kinds of elements, and the template behind it."""

import json
from pathlib import Path
from typing import Any

HOSTILE = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"


def element(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": f"Microsoft.{kind}", "label": name, "toolTip": f"About {name}", **more}


FORM: dict[str, Any] = {
    "$schema": "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#",
    "handler": "Microsoft.Azure.CreateUIDef",
    "version": "0.1.2-preview",
    "parameters": {
        "config": {
            "isWizard": True,
            "basics": {"description": "A **small** form, see [the docs](https://example.org)."},
        },
        "basics": [
            element(
                "prefix",
                "Common.TextBox",
                defaultValue="acme",
                constraints={"required": True, "regex": "^[a-z]{3,8}$", "validationMessage": "Use 3 to 8 letters."},
            )
        ],
        "steps": [
            {
                "name": "machines",
                "label": "Machines",
                "elements": [
                    element("count", "Common.Slider", min=1, max=9, defaultValue=2),
                    element("store", "Common.CheckBox", defaultValue=True),
                    element(
                        "secret",
                        "Common.PasswordBox",
                        label={"password": "Password", "confirmPassword": "Once more"},
                        constraints={"required": True},
                    ),
                    {"name": "note", "type": "Microsoft.Common.InfoBox", "options": {"icon": "Info", "text": HOSTILE}},
                    element("tags", "Common.TagsByResource", resources=["Microsoft.Storage/storageAccounts"]),
                ],
            },
        ],
        "outputs": {
            "location": "[location()]",
            "prefix": "[basics('prefix')]",
            "count": "[steps('machines').count]",
            "store": "[steps('machines').store]",
            "secret": "[steps('machines').secret]",
            "tags": "[steps('machines').tags]",
        },
    },
}

TEMPLATE: dict[str, Any] = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
    "parameters": {
        "location": {"type": "string"},
        "prefix": {"type": "string"},
        "count": {"type": "int"},
        "store": {"type": "bool"},
        "secret": {"type": "securestring"},
        "tags": {"type": "object"},
    },
    "variables": {
        "type": "Microsoft.Storage/storageAccounts",
        "tags": "[coalesce(tryGet(parameters('tags'), variables('type')), json('{}'))]",
    },
    "resources": [
        {
            "type": "Microsoft.Network/publicIPAddresses",
            "apiVersion": "2024-05-01",
            "name": "[format('{0}{1}', parameters('prefix'), copyIndex())]",
            "location": "[parameters('location')]",
            "copy": {"name": "addresses", "count": "[parameters('count')]"},
        },
        {
            "condition": "[parameters('store')]",
            "type": "Microsoft.Storage/storageAccounts",
            "apiVersion": "2024-01-01",
            "name": "[concat(parameters('prefix'), 'store')]",
            "location": "[parameters('location')]",
            "kind": "StorageV2",
            "sku": {"name": "Standard_LRS"},
            "tags": "[variables('tags')]",
            "dependsOn": ["addresses"],
        },
    ],
}


def write_package(folder: Path, form: dict[str, Any] = FORM, template: dict[str, Any] | None = TEMPLATE) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "createUiDefinition.json").write_text(json.dumps(form, indent=2))
    if template is not None:
        (folder / "mainTemplate.json").write_text(json.dumps(template, indent=2))
    return folder
