"""The default of a choice is none of its labels.

The portal looks for the **label** that equals `defaultValue`. A default that is a value selects nothing, so that the
template gets no answer, or the first one. With `multiselect` the default is a list of labels: a text is put out as a
text until the customer touches the list, and an `array` parameter refuses it.

Write the label of the choice.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.nearest import did_you_mean
from packager.ui.definition import Element, UiDefinition
from packager.ui.parser import has_brackets
from packager.ui.settings import elements_of, value_at
from packager.ui.values import same

CHOOSING = ("Microsoft.Common.DropDown", "Microsoft.Common.OptionsGroup")


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Defaults and choices that are written out; the Form view takes values and empty defaults, too."""
    if form.is_form_view:
        return
    for element in elements_of(form, *CHOOSING):
        default = element.value.get("defaultValue")
        if default is None or (isinstance(default, str) and has_brackets(default)):
            continue
        is_several = element.value.get("multiselect") is True
        if isinstance(default, list) != is_several:
            yield _shape(form, element, is_several)
            continue
        entries = value_at(element.value, "constraints", "allowedValues")
        if isinstance(entries, list) and entries:
            for one in default if isinstance(default, list) else [default]:
                yield from _compared(form, element, entries, one)


def _shape(form: UiDefinition, element: Element, is_several: bool) -> Hit:
    wanted = "a list of labels, as several can be chosen" if is_several else "one label"
    spot = form.spot((*element.path, "defaultValue"))
    message = f"the default of element '{element.name}' must be {wanted}"
    return Hit(spot, message, sub="shape", severity=Severity.ERROR)


def _compared(form: UiDefinition, element: Element, entries: list[Any], default: Any) -> Iterator[Hit]:
    written = [entry for entry in entries if isinstance(entry, dict)]
    labels = [entry.get("label") for entry in written]
    if default in labels or any(isinstance(label, str) and has_brackets(label) for label in labels):
        return
    spot = form.spot((*element.path, "defaultValue"))
    meant = next((entry.get("label") for entry in written if same(entry.get("value"), default)), None)
    if meant is not None and str(meant) != str(default):
        message = f"'{default}' is a value of element '{element.name}'; its default is the label, '{meant}'"
        yield Hit(spot, message, sub="value", severity=Severity.ERROR)
    elif meant is None and default != "":
        texts = [label for label in labels if isinstance(label, str)]
        hint = did_you_mean(str(default), texts)
        yield Hit(spot, f"element '{element.name}' has no choice with the label '{str(default)[:40]}'{hint}")
