"""An element is of a type that the portal does not show in this kind of form.

The page does not load, or shows nothing where the element should be.

Write the type exactly as the [reference of elements](../reference/form-elements.md) has it, case included. What
exists in the Form view of template specs only has no place in a `createUiDefinition.json`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.nearest import did_you_mean
from packager.ui.catalogue import ELEMENTS, element_type
from packager.ui.definition import Element, UiDefinition
from packager.ui.settings import every_element, where_of

# In the schemas, in no documentation and in no published form; a legacy container.
UNSUPPORTED = {
    "Microsoft.OperationalInsights.WorkspaceSelector": "is documented nowhere; use a ResourceSelector",
    "Microsoft.Common.Selector": "is a container of the legacy handler; use a Section",
}


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """The type of every element, compared with the catalogue."""
    for element in every_element(form):
        if element.type:
            yield from _judged(form, element)


def _judged(form: UiDefinition, element: Element) -> Iterator[Hit]:
    spot = form.spot((*element.path, "type"))
    known = element_type(element.type)
    if known is None:
        message = f"element '{element.name}' is of unknown type '{element.type}'"
        yield Hit(spot, message + did_you_mean(element.type, list(ELEMENTS)))
    elif known.name != element.type:
        yield Hit(spot, f"element '{element.name}' is of type '{element.type}'; write '{known.name}'", sub="case")
    elif not known.in_document(where_of(form)):
        kind = "the Form view" if known.where == "view" else "a createUiDefinition.json"
        yield Hit(spot, f"element '{element.name}' is of type '{known.name}', which exists in {kind} only", sub="other")
    elif known.name in UNSUPPORTED and not form.is_form_view:
        message = f"element '{element.name}' is of type '{known.name}', which {UNSUPPORTED[known.name]}"
        yield Hit(spot, message, sub="unsupported", severity=Severity.WARNING)
