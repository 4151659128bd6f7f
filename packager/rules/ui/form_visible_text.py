"""`visible` is written as a text.

It works, but a tool or a reader may take any text for true.

Write `true` or `false` without quotes.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.edits import SetValue
from packager.ui.definition import UiDefinition
from packager.ui.settings import every_element


@rule(on="form", severity=Severity.INFO, fixable=True)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """The texts "true" and "false"."""
    for element in every_element(form):
        visible = element.value.get("visible")
        if isinstance(visible, str) and visible.strip().lower() in {"true", "false"}:
            spot = form.spot((*element.path, "visible"))
            value = visible.strip().lower() == "true"
            edits = (SetValue(spot.path, value),)
            yield Hit(spot, f"'visible' of element '{element.name}' is a text; write {str(value).lower()}", edits=edits)
