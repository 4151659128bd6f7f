"""The form asks for the name of the application and does not give it to the managed application.

The portal names a managed application by its own field, or with a random id where it has none; what the form asks for
counts only as the output `applicationResourceName`.

Put the name out, `"applicationResourceName": "[basics('applicationName')]"`, or leave the question to the portal.
"""

import re
from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.lazy import lazy_pattern
from packager.ui.definition import UiDefinition, text_of

OUTPUT = "applicationResourceName"
ASKING = lazy_pattern(r"(?:managed)?app(?:lication)?(?:resource)?name", re.IGNORECASE)


@rule(on="form", severity=Severity.INFO)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Text boxes of plans that are managed applications, where that is known."""
    if package.kind != "managed-application" or form is not package.form:
        return
    if any(name.lower() == OUTPUT.lower() for name in form.outputs):
        return
    for element in form.elements:
        label = text_of(element.value, "label")
        if element.type == "Microsoft.Common.TextBox" and any(map(_asks, (element.name, label))):
            spot = form.spot(element.path)
            yield Hit(spot, f"element '{element.name}' asks for a name, and the outputs have no '{OUTPUT}'")


def _asks(text: str) -> bool:
    return bool(ASKING.fullmatch(re.sub(r"[\s_-]", "", text)))
