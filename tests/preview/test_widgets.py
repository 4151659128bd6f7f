"""Every element of the catalogue becomes something that can be used."""

import json
from typing import Any

import pytest

from packager.preview.widgets.field import Question
from packager.preview.widgets.table import FROM_DRAFT, TO_DRAFT, UNSEEN, WIDGETS, widget
from packager.ui.catalogue import ELEMENTS

KINDS = sorted({name.rpartition(".")[2] for name in ELEMENTS} - UNSEEN - {"Section"})
VALUES: list[Any] = [
    None,
    "",
    "text",
    3,
    True,
    [],
    [{}],
    {},
    {"type": 1, "subnets": 3, "name": None},
    [[]],
    {"subnets": {"a": 1}},
]


def test_there_is_a_widget_for_each() -> None:
    assert set(WIDGETS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_the_settings_and_the_value_are(kind: str) -> None:
    settings: list[dict[str, Any]] = [
        {},
        {"label": "L", "toolTip": "T", "options": [], "constraints": "x", "subnets": [], "resources": 3},
        {
            "label": {"password": 1},
            "toolTip": {"password": "T"},
            "options": {"text": {}, "uri": {}},
            "subnets": {"a": {}},
        },
        {"constraints": {"columns": [{"id": "a", "element": {"type": "Microsoft.Common.DropDown"}}, 3], "rows": 1}},
        {
            "osPlatform": "Linux",
            "constraints": {"allowedTypes": [1, "Standard_LRS"], "excludedTypes": ["Standard_LRS"]},
        },
    ]
    for properties in settings:
        for value in VALUES:
            made = widget(kind)(Question("steps/a/b", kind, properties, value, ("wrong",)))
            assert made["path"] == "steps/a/b"
            assert json.dumps(made)


def test_credentials_ask_for_what_was_chosen() -> None:
    def labels(**value: Any) -> list[str]:
        made = widget("CredentialsCombo")(Question("p", "CredentialsCombo", {"osPlatform": "Linux"}, value))
        return [one["label"] for one in made["children"]]

    assert labels(authenticationType="password") == ["Authentication type", "Password", "Confirm password"]
    assert labels(authenticationType="sshPublicKey") == ["Authentication type", "Key source", "SSH public key"]
    assert labels(authenticationType="sshPublicKey", generateNewSshKey=True)[-1] == "Key pair name"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("TagsByResource", {"A/b": {"x": "1", "y": "2"}, "A/c": {"z": ""}}),
        ("IdentitySelector", {"type": "SystemAssigned, UserAssigned", "userAssignedIdentities": {"/id": {}}}),
        ("IdentitySelector", {"type": "None"}),
    ],
)
def test_drafts_and_values_are_the_same_thing(kind: str, value: Any) -> None:
    assert FROM_DRAFT[kind](TO_DRAFT[kind](value)) == value
