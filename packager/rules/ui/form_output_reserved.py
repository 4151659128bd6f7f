"""An output that the platform reads itself has the wrong shape.

The managed application is then created without it, or not at all.

`managedIdentity` is an identity, `{"type": "SystemAssigned"}` or the value of an IdentitySelector; `jitAccessPolicy`
the value of a JitConfigurator; `applicationResourceName` and `managedResourceGroupId` are texts.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition
from packager.ui.elements.model import Kind
from packager.ui.flow import read
from packager.ui.kinds import kinds_of, value_kind
from packager.ui.parser import has_brackets

WANTED: dict[str, Kind] = {
    "managedidentity": "object",
    "jitaccesspolicy": "object",
    "applicationresourcename": "string",
    "managedresourcegroupid": "string",
}
IDENTITY = "managedidentity"


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """The kinds of the four outputs as far as they are known, and the members of a written identity."""
    for output, value in form.outputs.items():
        wanted = WANTED.get(output.lower())
        if wanted is None:
            continue
        spot = form.spot(("parameters", "outputs", output))
        wrong = sorted({kind for kind in _kinds(form, value) if kind != wanted})
        article = "an" if wanted == "object" else "a"
        if wrong:
            yield Hit(spot, f"output '{output}' is of type {' or '.join(wrong)}, and must be {article} {wanted}")
        elif output.lower() == IDENTITY and isinstance(value, dict) and not {"type", "Type"} & value.keys():
            yield Hit(spot, f"output '{output}' has no 'type'; write {{\"type\": \"SystemAssigned\"}}")


def _kinds(form: UiDefinition, value: Any) -> list[Kind]:
    if isinstance(value, str) and has_brackets(value):
        tree = read(value)
        return list(kinds_of(form, tree)) if tree is not None else []
    kind = value_kind(value)
    return [kind] if kind is not None else []
