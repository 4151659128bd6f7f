"""A part of the Form view is missing or says what the portal does not know.

The page does not load, or the deployment has no target.

A Form view has `view.kind` `Form`, `view.properties` with `title` and `steps`, and for a deployment `view.outputs`
with a `kind` and the members that it asks for. A ResourceScope is the first element of the first step.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition
from packager.ui.settings import value_at

SCOPE = "Microsoft.Common.ResourceScope"
MEMBERS = {
    "ResourceGroup": ("resourceGroupId", "location", "parameters"),
    "Subscription": ("subscriptionId", "location", "parameters"),
    "ManagementGroup": ("managementGroupId", "location", "parameters"),
    "Tenant": ("location", "parameters"),
}


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """The frame around the steps of a Form view."""
    if not form.is_form_view:
        return
    view = form.value.get("view")
    if not isinstance(view, dict):
        yield Hit(form.spot(("view",)), "the form has no object 'view'")
        return
    if view.get("kind") not in {None, "Form"}:
        yield Hit(form.spot(("view", "kind")), "'view.kind' must be 'Form'")
    for name, kind in (("title", str), ("steps", list)):
        if not isinstance(value_at(view, "properties", name), kind):
            yield Hit(form.spot(("view", "properties", name)), f"the view has no 'properties.{name}'")
    if isinstance(view.get("outputs"), dict):
        yield from _outputs(form, view["outputs"])
    for element in form.view_elements:
        if element.type == SCOPE and element.path != ("view", "properties", "steps", 0, "elements", 0):
            spot = form.spot(element.path)
            yield Hit(spot, f"element '{element.name}' must be the first of the first step", sub="scope")


def _outputs(form: UiDefinition, outputs: dict[str, Any]) -> Iterator[Hit]:
    kind = outputs.get("kind")
    spot = form.spot(("view", "outputs"), key=True)
    if kind not in MEMBERS:
        shown = "have no 'kind'" if kind is None else f"are of kind '{str(kind)[:40]}'"
        yield Hit(spot, f"the outputs of the view {shown}; it is one of {', '.join(MEMBERS)}", sub="outputs")
        return
    for name in MEMBERS[kind]:
        if name not in outputs:
            yield Hit(spot, f"outputs of kind '{kind}' need '{name}'", sub="outputs")
    for name in outputs:
        if name != "kind" and name not in MEMBERS[kind]:
            place = form.spot(("view", "outputs", name), key=True)
            yield Hit(place, f"outputs of kind '{kind}' have no '{name}'", sub="outputs")
