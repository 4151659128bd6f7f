"""The name of a role assignment is not `guid(...)` of its scope, its principal and its role.

The name of an assignment is a GUID that has to be unique in the customer's tenant, and the same again when the template
is deployed again. The sub-id tells what is wrong:

- `[random]`: `newGuid()` gives another name at every deployment, and the second one fails, as the assignment exists;
- `[fixed]`: the name is the same in every deployment, so the second one in a tenant fails;
- `[no-guid]`: the name is no GUID;
- `[parts]` (information): the name does not tell scope, principal or role. When that changes, Azure is asked to change
  an assignment, which it refuses.

Good:

    "name": "[guid(resourceGroup().id, variables('identityId'), variables('roleId'))]"
"""

from collections.abc import Iterator

from packager.arm.expansion import ExpandedResource
from packager.arm.follow import followed, parsed
from packager.arm.ids import ID_FUNCTIONS
from packager.arm.roles import is_assignment, leaves_of
from packager.arm.template import Template, member
from packager.checks.deployed import deployed, inside, once, place, template_around
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.nodes import Call, calls
from packager.expressions.printing import print_expression
from packager.expressions.residual import unknown_text
from packager.expressions.values import Unknown, Value

_ADVICE = "name it [guid(<scope id>, <principal or identity id>, <role id>)]"
_SCOPES = ("resourceGroup", "subscription", "managementGroup", "tenant", "deployment", *ID_FUNCTIONS)


@rule(on="template", severity=Severity.WARNING)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Judge the name as evaluated; where that is a text, the expression that it comes from."""
    yield from once(_hits(template, package))


def _hits(template: Template, package: Package) -> Iterator[Hit]:
    for one in filter(is_assignment, deployed(template, package)):
        found = _random_or_parts(one, one.name) if type(one.name) is Unknown else _fixed(one, template)
        if found is not None:
            sub, message = found
            severity = Severity.INFO if sub == "parts" else None
            yield Hit(place(one, "name"), f"{message}; {_ADVICE}", sub, severity=severity)


def _fixed(one: ExpandedResource, template: Template) -> tuple[str, str] | None:
    """A name that is known whatever the deployment: written out, or made of constants."""
    written = one.spot.value()
    text = member(written, "name") if isinstance(written, dict) else None
    around = template_around(one.spot, template)
    if not isinstance(text, str) or not around.flow.sources(text).is_constant:
        return None
    node = parsed(text if (value := followed(text, around)) is None else str(value))
    how = "is made of constants" if node is not None and any(calls(node, "guid")) else "is written out"
    return "fixed", f"the name of the role assignment {how}, so it is the same at every deployment"


def _random_or_parts(one: ExpandedResource, name: Unknown) -> tuple[str, str] | None:
    if any(calls(name.node, "newGuid")):
        return "random", "the name of the role assignment is another one at every deployment"
    made = next(calls(name.node, "guid"), None)
    if made is None:
        unique = any(calls(name.node, "uniqueString"))
        return ("no-guid", "the name of the role assignment is no GUID") if unique else None
    missing = [part for part, is_there in _parts(one, made) if not is_there]
    return ("parts", f"the name of the role assignment does not tell its {' and '.join(missing)}") if missing else None


def _parts(one: ExpandedResource, made: Call) -> Iterator[tuple[str, bool]]:
    """Scope, principal and role, and whether the arguments of guid() tell them."""
    shown = print_expression(made).lower()
    yield "scope", "'/" in shown or any(calls(made, *_SCOPES)) or "reference(" in shown
    for what, name in (("principal", "principalId"), ("role", "roleDefinitionId")):
        yield what, _is_told(inside(one.properties, name), shown)


def _is_told(value: Value, shown: str) -> bool:
    """Whether the arguments mention the value, or a name in it."""
    if value is None or (type(value) is Unknown and unknown_text(value).lower()[1:-1] in shown):
        return True
    leaves = leaves_of(value)
    return not leaves or any(leaf in shown for leaf in leaves)
