"""A role assignment does not say what kind of principal it is for.

Azure looks up the principal when it assigns a role. An identity that the same deployment has just made may not be known
everywhere yet, and then the assignment fails with `PrincipalNotFound`, now and then. With `principalType` Azure does
not look. For a principal that exists already (`[given]`, information) it saves the look-up.

Add `"principalType": "ServicePrincipal"` for managed identities and applications, `User` or `Group` for people.
"""

from collections.abc import Iterator

from packager.arm.roles import is_assignment, is_made_here
from packager.arm.template import Template
from packager.checks.deployed import deployed, inside, once, place
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.WARNING)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Report assignments whose properties are known and lack it."""
    yield from once(_hits(template, package))


def _hits(template: Template, package: Package) -> Iterator[Hit]:
    for one in filter(is_assignment, deployed(template, package)):
        if inside(one.properties, "principalType") is not None:
            continue
        spot = place(one, "properties")
        if is_made_here(inside(one.properties, "principalId")):
            message = (
                "the assignment has no 'principalType', and fails when its new identity is not known everywhere yet"
            )
            yield Hit(spot, f'{message}; add "principalType": "ServicePrincipal"')
        else:
            message = "the assignment has no 'principalType'; add it, so that Azure need not look the principal up"
            yield Hit(spot, message, "given", severity=Severity.INFO)
