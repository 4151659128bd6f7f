"""An element has a name that a reference cannot hold.

References lead through dots, so that `[steps('network').my subnet]` is no expression; names that begin with a digit
or hold a hyphen work in some places only.

Use letters, digits and `_`, and begin with a letter.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.lazy import lazy_pattern
from packager.ui.catalogue import element_type
from packager.ui.definition import UiDefinition

PLAIN = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_]*")
# What the portal reads behind a dot.
READABLE = lazy_pattern(r"[\w$-]+")


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Elements whose value somebody may want; of names that can be read with luck those that are referred to."""
    for element in form.every_element:
        known = element_type(element.type)
        if not element.name or PLAIN.fullmatch(element.name) or (element.step is None and not element.sections):
            continue
        spot = form.spot((*element.path, "name"))
        if not READABLE.fullmatch(element.name):
            if known is None or known.is_input or known.output is None:
                yield Hit(spot, f"no reference can hold the name '{element.name}'; use letters, digits and '_'")
        elif form.flow.by_element.get(element.path):
            message = f"the name '{element.name}' may not work in references; use letters, digits and '_'"
            yield Hit(spot, message, sub="odd", severity=Severity.WARNING)
