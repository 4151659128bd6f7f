"""A form and a template that agree, and ways to make them disagree, one at a time."""

import copy
from collections.abc import Callable
from typing import Any

SCHEMA = "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#"
TEMPLATE_SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"


def element(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": f"Microsoft.Common.{kind}", "label": name, "toolTip": name, **more}


def choices(*values: Any) -> dict[str, Any]:
    return {"required": True, "allowedValues": [{"label": str(one), "value": one} for one in values]}


FORM: dict[str, Any] = {
    "$schema": SCHEMA,
    "handler": "Microsoft.Azure.CreateUIDef",
    "version": "0.1.2-preview",
    "parameters": {
        "basics": [
            element("prefix", "TextBox", defaultValue="acme", constraints={"required": True, "regex": "^[a-z]{3,8}$"}),
            element("size", "OptionsGroup", defaultValue="small", constraints=choices("small", "large")),
        ],
        "steps": [
            {
                "name": "extra",
                "label": "Extra",
                "elements": [
                    element("count", "Slider", min=1, max=5, defaultValue=1),
                    element("backup", "CheckBox", defaultValue=False),
                    element(
                        "vault",
                        "TextBox",
                        visible="[steps('extra').backup]",
                        constraints={"required": True, "regex": "^[a-z]{3,10}$"},
                    ),
                    element(
                        "secret",
                        "PasswordBox",
                        label={"password": "a", "confirmPassword": "b"},
                        constraints={"required": True},
                    ),
                ],
            },
        ],
        "outputs": {
            "location": "[location()]",
            "prefix": "[basics('prefix')]",
            "size": "[basics('size')]",
            "count": "[steps('extra').count]",
            "backup": "[steps('extra').backup]",
            "vault": "[steps('extra').vault]",
            "secret": "[steps('extra').secret]",
        },
    },
}
TEMPLATE: dict[str, Any] = {
    "$schema": TEMPLATE_SCHEMA,
    "contentVersion": "1.0.0.0",
    "parameters": {
        "location": {"type": "string"},
        "prefix": {"type": "string", "maxLength": 8},
        "size": {"type": "string", "allowedValues": ["small", "large"]},
        "count": {"type": "int", "maxValue": 5},
        "backup": {"type": "bool"},
        "vault": {"type": "string", "defaultValue": "none"},
        "secret": {"type": "securestring"},
    },
    "variables": {"skus": {"small": "Standard_LRS", "large": "Standard_ZRS"}},
    "resources": [
        {
            "type": "Microsoft.Storage/storageAccounts",
            "apiVersion": "2024-01-01",
            "name": "[concat(parameters('prefix'), 'store', copyIndex())]",
            "location": "[parameters('location')]",
            "kind": "StorageV2",
            "sku": {"name": "[variables('skus')[parameters('size')]]"},
            "properties": {},
            "copy": {"name": "stores", "count": "[parameters('count')]"},
        },
        {
            "condition": "[parameters('backup')]",
            "type": "Microsoft.RecoveryServices/vaults",
            "apiVersion": "2024-04-01",
            "name": "[parameters('vault')]",
            "location": "[parameters('location')]",
            "sku": {"name": "Standard"},
            "properties": {},
        },
    ],
}


def _basics(form: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = form["parameters"]["basics"][number]
    return found


def _extra(form: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = form["parameters"]["steps"][0]["elements"][number]
    return found


def _outputs(form: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = form["parameters"]["outputs"]
    return found


def too_long_a_text(form: Any, template: Any) -> None:
    _basics(form, 0)["constraints"]["regex"] = "^[a-z]{3,9}$"


def a_choice_more(form: Any, template: Any) -> None:
    _basics(form, 1)["constraints"]["allowedValues"].append({"label": "huge", "value": "huge"})


def a_number_too_high(form: Any, template: Any) -> None:
    _extra(form, 0)["max"] = 6


def a_text_for_a_number(form: Any, template: Any) -> None:
    _outputs(form)["count"] = "[string(steps('extra').count)]"


def a_parameter_that_gets_nothing(form: Any, template: Any) -> None:
    del template["parameters"]["vault"]["defaultValue"]


def an_output_too_many(form: Any, template: Any) -> None:
    _outputs(form)["colour"] = "red"


def a_resource_name_too_long(form: Any, template: Any) -> None:
    template["resources"][0]["name"] = "[concat(parameters('prefix'), parameters('vault'), 'storage', copyIndex())]"
    template["parameters"]["vault"]["defaultValue"] = ""


def two_resources_of_one_name(form: Any, template: Any) -> None:
    template["resources"][0]["name"] = "[if(equals(parameters('size'), 'large'), 'same', concat('one', copyIndex()))]"


def a_missing_member(form: Any, template: Any) -> None:
    del template["variables"]["skus"]["large"]


def a_division_by_zero(form: Any, template: Any) -> None:
    template["resources"][0]["tags"] = {"share": "[string(div(10, sub(parameters('count'), 4)))]"}


def a_text_that_is_cut_too_short(form: Any, template: Any) -> None:
    template["resources"][0]["tags"] = {"start": "[substring(parameters('prefix'), 0, 5)]"}


def a_hidden_element_whose_name_is_needed(form: Any, template: Any) -> None:
    template["parameters"]["vault"]["defaultValue"] = ""
    template["parameters"]["vault"]["minLength"] = 1


def a_value_that_the_type_does_not_have(form: Any, template: Any) -> None:
    template["resources"][0]["properties"] = {"accessTier": "[if(parameters('backup'), 'Warmish', 'Hot')]"}


def only_two_answers_together(form: Any, template: Any) -> None:
    both = "[if(and(equals(parameters('size'), 'large'), parameters('backup')), json('{'), json('{}'))]"
    template["resources"][0]["tags"] = both


def a_dependency_on_what_is_not_there(form: Any, template: Any) -> None:
    template["resources"][1]["dependsOn"] = ["[if(parameters('backup'), 'nothing', 'stores')]"]


PLANTED: dict[Callable[[Any, Any], None], tuple[str, str]] = {
    too_long_a_text: ("parameter-value", "/parameters/prefix"),
    a_choice_more: ("parameter-value", "/parameters/size"),
    a_number_too_high: ("parameter-value", "/parameters/count"),
    a_text_for_a_number: ("parameter-value", "/parameters/count"),
    a_parameter_that_gets_nothing: ("parameter-missing", "/parameters/vault"),
    an_output_too_many: ("output-without-parameter", "/parameters/outputs/colour"),
    a_resource_name_too_long: ("resource-value-range", "/resources/0/name"),
    two_resources_of_one_name: ("duplicate-resource", "/resources/0/name"),
    a_missing_member: ("property-not-found", "/resources/0/sku/name"),
    a_division_by_zero: ("division-by-zero", "/resources/0/tags/share"),
    a_text_that_is_cut_too_short: ("argument-value", "/resources/0/tags/start"),
    a_hidden_element_whose_name_is_needed: ("parameter-value", "/parameters/vault/defaultValue"),
    a_value_that_the_type_does_not_have: ("resource-value-enum", "/resources/0/properties/accessTier"),
    only_two_answers_together: ("invalid-json", "/resources/0/tags"),
    a_dependency_on_what_is_not_there: ("undefined-dependency", "/resources/1/dependsOn"),
}


def planted(change: Callable[[Any, Any], None]) -> tuple[dict[str, Any], dict[str, Any]]:
    form, template = copy.deepcopy(FORM), copy.deepcopy(TEMPLATE)
    change(form, template)
    return form, template
