"""A setting of the form stands in the wrong place or says what the portal does not know.

The portal ignores it without a word: an existing resource group stays closed, a region stays open.

Settings stand in `parameters.config`, those of subscription, resource group and region in `parameters.config.basics`.
Regions are written with their short names, types of resources in full. An entry of `validations` has `message` and
either `isValid` or `permission`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.lazy import lazy_pattern
from packager.source.nearest import did_you_mean
from packager.source.span import Path
from packager.ui.definition import UiDefinition
from packager.ui.parser import has_brackets
from packager.ui.settings import value_at

ROOT: Path = ("parameters", "config")
REGION = lazy_pattern(r"[a-z0-9]+")
TYPE = lazy_pattern(r"[A-Za-z0-9-]+\.[A-Za-z0-9.-]+(?:/[A-Za-z0-9._-]+)+")
# Published forms keep notes to themselves there.
NOTE = "metadata"
LEAF: dict[str, Any] = {}
VALIDATED = {"constraints": {"validations": LEAF}}
KNOWN: dict[str, Any] = {
    "isWizard": LEAF,
    "basics": {
        "description": LEAF,
        "subscription": {**VALIDATED, "resourceProviders": LEAF},
        "resourceGroup": {**VALIDATED, "allowExisting": LEAF, "allowedMode": LEAF},
        "location": {"label": LEAF, "toolTip": LEAF, "resourceTypes": LEAF, "allowedValues": LEAF, "visible": LEAF},
    },
}
PARAMETERS = frozenset({"config", "basics", "steps", "outputs", "resourceTypes"})


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """The settings beside Basics and steps, against what is known of them."""
    if form.is_form_view:
        return
    if "config" in form.value:
        yield Hit(form.spot(("config",), key=True), "'config' belongs into 'parameters'", sub="misplaced")
    for name in form.parameters:
        if name not in PARAMETERS and name[:1] not in "_$":
            hint = did_you_mean(name, sorted(PARAMETERS))
            spot = form.spot(("parameters", name), key=True)
            yield Hit(spot, f"'parameters' has no '{name}'{hint}", sub="unknown", severity=Severity.WARNING)
    yield from _known(form, form.parameters.get("config"), KNOWN, ROOT)
    location = value_at(form.parameters, "config", "basics", "location")
    at = (*ROOT, "basics", "location")
    yield from _texts(
        form, value_at(location, "allowedValues"), (*at, "allowedValues"), REGION, "region such as 'westus'"
    )
    for value, path in (
        (form.parameters.get("resourceTypes"), ("parameters", "resourceTypes")),
        (value_at(location, "resourceTypes"), (*at, "resourceTypes")),
    ):
        yield from _texts(form, value, path, TYPE, "type such as 'Microsoft.Storage/storageAccounts'")
    for name in ("subscription", "resourceGroup"):
        yield from _validations(form, name)


def _known(form: UiDefinition, value: Any, known: Mapping[str, Any], path: Path) -> Iterator[Hit]:
    for name, item in value.items() if isinstance(value, dict) else ():
        spot = form.spot((*path, name), key=True)
        if name in known or name == NOTE:
            if known.get(name):
                yield from _known(form, item, known[name], (*path, name))
        elif path == ROOT and name in KNOWN["basics"]:
            yield Hit(spot, f"'{name}' belongs into 'config.basics'", sub="misplaced")
        else:
            message = f"'{'.'.join(map(str, path[1:]))}' has no '{name}'{did_you_mean(name, list(known))}"
            yield Hit(spot, message, sub="unknown", severity=Severity.WARNING)


def _texts(form: UiDefinition, value: Any, path: Path, pattern: re.Pattern[str], words: str) -> Iterator[Hit]:
    if value == []:
        yield Hit(form.spot(path), "the list is empty; leave it out", sub="list", severity=Severity.WARNING)
    for number, item in enumerate(value if isinstance(value, list) else ()):
        if not isinstance(item, str) or not (pattern.fullmatch(item) or has_brackets(item)):
            message = f"'{str(item)[:60]}' is no {words}"
            yield Hit(form.spot((*path, number)), message, sub="list", severity=Severity.WARNING)


def _validations(form: UiDefinition, name: str) -> Iterator[Hit]:
    path = ("config", "basics", name, "constraints", "validations")
    entries = value_at(form.parameters, *path)
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict) and len(entry.keys() & {"isValid", "permission"}) != 1:
            spot = form.spot(("parameters", *path, number))
            yield Hit(spot, f"a validation of {name} has either 'isValid' or 'permission'", sub="validation")
