"""A section of the form is empty, or stands in another one.

The portal shows no section without elements and none inside another.

Put elements into it, and put the inner section beside the outer one.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition, text_of
from packager.ui.settings import elements_of

SECTION = "Microsoft.Common.Section"


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """The elements of every section."""
    for element in elements_of(form, SECTION):
        inner = element.value.get("elements")
        if not isinstance(inner, list) or not any(inner):
            yield Hit(form.spot(element.path), f"section '{element.name}' has no elements", sub="empty")
            continue
        for number, one in enumerate(inner):
            if isinstance(one, dict) and one.get("type") == SECTION:
                spot = form.spot((*element.path, "elements", number))
                yield Hit(spot, f"section '{text_of(one, 'name')}' stands in section '{element.name}'", sub="nested")
