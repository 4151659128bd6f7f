"""A role is assigned that gives its holder everything: Owner, or User Access Administrator.

Whoever holds one of them can give itself and others any role. Reviewers of an offer want to know why it is needed,
and customers should not have to trust an installer that much.

Assign the least role that does: Contributor where resources are changed, a role for data where data are read. Where
the role is really needed, say why in a suppression and in the notes for certification.
"""

from collections.abc import Iterator

from packager.arm.roles import is_assignment, role_of
from packager.arm.template import Template
from packager.checks.deployed import deployed, inside, once, place
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.data.roles import GIVE_ACCESS

_NAMES = {name.lower(): name for name in GIVE_ACCESS.values()}


@rule(on="template", severity=Severity.WARNING)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Compare the role of each assignment by its id."""
    yield from once(_hits(template, package))


def _hits(template: Template, package: Package) -> Iterator[Hit]:
    for one in filter(is_assignment, deployed(template, package)):
        role = role_of(inside(one.properties, "roleDefinitionId"))
        name = GIVE_ACCESS.get(role or "") or _NAMES.get(role or "")
        if name is not None:
            message = f"the role {name} is assigned, which can give away every role; assign a lesser one"
            yield Hit(place(one, "properties", "roleDefinitionId"), message)
