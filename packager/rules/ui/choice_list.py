"""The choices of an element do not tell apart what the customer can choose.

The portal finds a choice by its label: of two with the same label the second can never be the default, and two with
the same value give the template the same answer. Values of several types fit no parameter.

Give every choice a label and a value of its own. A group of options with one option asks nothing.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.spot import Spot
from packager.ui.definition import Element, UiDefinition
from packager.ui.kinds import value_kind
from packager.ui.parser import has_brackets
from packager.ui.settings import elements_of, value_at
from packager.ui.texts import json_text

CHOOSING = ("Microsoft.Common.DropDown", "Microsoft.Common.OptionsGroup")


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """The written choices of every drop-down and options group."""
    for element in elements_of(form, *CHOOSING):
        entries = value_at(element.value, "constraints", "allowedValues")
        if isinstance(entries, list):
            yield from _twice(form, element, entries, "label")
            yield from _twice(form, element, entries, "value")
            yield from _mixed(form, element, entries)
            if element.type == CHOOSING[1] and len(entries) == 1:
                message = f"element '{element.name}' offers one option only; leave the question out"
                yield Hit(_spot(form, element), message, sub="single")


def _spot(form: UiDefinition, element: Element, *path: str | int) -> Spot:
    return form.spot((*element.path, "constraints", "allowedValues", *path), key=not path)


def _twice(form: UiDefinition, element: Element, entries: list[Any], name: str) -> Iterator[Hit]:
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        value = entry.get(name) if isinstance(entry, dict) else None
        if value is None or (isinstance(value, str) and has_brackets(value)):
            continue
        key = json_text(value)
        if key in seen:
            message = f"element '{element.name}' has two choices with the {name} '{str(value)[:40]}'"
            yield Hit(_spot(form, element, number, name), message, sub=name)
        seen.add(key)


def _mixed(form: UiDefinition, element: Element, entries: list[Any]) -> Iterator[Hit]:
    values = [entry.get("value") for entry in entries if isinstance(entry, dict)]
    known = [one for one in values if one is not None and not (isinstance(one, str) and has_brackets(one))]
    kinds = sorted({value_kind(one) or "number" for one in known})
    if len(kinds) > 1:
        message = f"element '{element.name}' has values of several types: {', '.join(kinds)}"
        yield Hit(_spot(form, element), message, sub="mixed")
