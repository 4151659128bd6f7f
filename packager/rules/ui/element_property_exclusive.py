"""An element has two properties of which only one may stand.

A list of what is allowed and one of what is not contradict each other; of a validation with a pattern and an expression
the portal looks at one.

Keep one of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.span import Path
from packager.ui.definition import Element, UiDefinition
from packager.ui.settings import known_elements

# It works in the portal, and the published schema refuses it.
WORKING = ("constraints.regex", "constraints.validations")


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """The pairs of the catalogue, and the entries of validations."""
    for element, known in known_elements(form):
        for pair in known.exclusive:
            paths = [path for path in (tuple(one.split(".")) for one in pair) if _value(element.value, path)]
            if len(paths) > 1:
                severity = Severity.INFO if pair == WORKING else None
                names = " and ".join(f"'{path[-1]}'" for path in paths)
                spot = form.spot((*element.path, *paths[-1]), key=True)
                yield Hit(spot, f"element '{element.name}' has {names}; keep one of them", severity=severity)
        yield from _validations(form, element)


def _validations(form: UiDefinition, element: Element) -> Iterator[Hit]:
    entries = _value(element.value, ("constraints", "validations"))
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict) and entry.get("regex") and entry.get("isValid"):
            spot = form.spot((*element.path, "constraints", "validations", number))
            message = f"a validation of element '{element.name}' has 'regex' and 'isValid'; make two of it"
            yield Hit(spot, message, sub="validation")


def _value(value: Any, path: Path) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
