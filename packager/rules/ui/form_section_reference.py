"""A reference stops at a section of the form.

A section has no value of its own; the reference is undefined for ever.

Go on to an element in it: `[steps('network').addresses.range]`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.spot import within
from packager.ui.definition import UiDefinition

SECTION = "microsoft.common.section"


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every reference that leads to a section and no further."""
    for use in form.flow.uses:
        element = use.target.element
        if element is not None and element.type.lower() == SECTION:
            message = f"'{element.name}' is a section and has no value; go on to an element in it"
            yield Hit(within(form.document, use.path, use.reference.span), message)
