"""An expression of the form refers to an element that the form does not have.

The portal says nothing but for the outputs of a `createUiDefinition.json`: the reference is undefined for ever, so that
an element never shows, a validation never fails or a text stays empty.

Correct the name. It is compared exactly, case included, and an element in a section is reached through the section:
`[steps('network').addresses.range]`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.spot import within
from packager.ui.definition import UiDefinition
from packager.ui.flow import MOST_HINTS, is_elsewhere, is_misspelt, missing_text


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every reference outside the outputs, followed through steps and sections."""
    missing = (use for use in form.flow.uses if use.output is None and use.target.missing is not None)
    for count, use in enumerate(missing):
        spot = within(form.document, use.path, use.reference.span)
        message = missing_text(form, use, with_hint=count < MOST_HINTS)
        # What exists under a name that is nearly right was meant to work.
        sub = "case" if is_misspelt(use) else "elsewhere" if is_elsewhere(form, use) else None
        yield Hit(spot, message, sub=sub, severity=Severity.ERROR if sub else None)
