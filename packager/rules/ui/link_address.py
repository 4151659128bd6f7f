"""A link of the form is no address of a secure page.

The portal opens links in a new tab; what does not begin with `https://` leads nowhere, or over an open line.

Write the whole address.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition
from packager.ui.parser import has_brackets
from packager.ui.settings import known_elements, properties_of, where_of


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every address that is written out."""
    where = where_of(form)
    for element, known in known_elements(form):
        for path, value, setting in properties_of(element, where) if known.in_document(where) else ():
            if setting is None or setting.format != "uri" or not isinstance(value, str) or not value:
                continue
            if not has_brackets(value) and not value.lower().startswith(("https://", "mailto:")):
                message = f"the link '{value[:60]}' of element '{element.name}' does not begin with https://"
                yield Hit(form.spot(path), message)
